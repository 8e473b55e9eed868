"""The device's identity: an Ed25519 key whose secret half lies in the encrypted settings and never
leaves this computer, and beside it the key for papers and the key for parcels.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from app.domain.ids import new_id
from app.security.paper_key import (
    PAPER_CERTIFICATE_SETTING,
    PAPER_SECRET_SETTING,
    load_paper_key,
)
from app.services.ports import BoxKey, DeviceKey, PaperKey, Settings
from app.wire.box import X25519Box, new_secret

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import (
        Ed25519PrivateKey,
        Ed25519PublicKey,
    )

SECRET_SETTING = "device.secret"
ID_SETTING = "device.id"
BOX_SECRET_SETTING = "box.secret"
_KEYS = (SECRET_SETTING, ID_SETTING, BOX_SECRET_SETTING, PAPER_SECRET_SETTING)


class Ed25519Device:
    """Satisfies `DeviceKey`. Without a `box` it gets a new one, which nobody keeps."""

    __slots__ = ("_box", "_device_id", "_paper", "_private", "_public_key")

    def __init__(
        self,
        device_id: str,
        private: Ed25519PrivateKey,
        paper: PaperKey | None = None,
        box: BoxKey | None = None,
    ) -> None:
        self._device_id = device_id
        self._private = private
        self._paper = paper
        self._box = box or X25519Box(new_secret())
        self._public_key = private.public_key().public_bytes_raw().hex()

    @property
    def device_id(self) -> str:
        return self._device_id

    @property
    def public_key(self) -> str:
        return self._public_key

    @property
    def paper(self) -> PaperKey | None:
        return self._paper

    @property
    def box(self) -> BoxKey:
        return self._box

    def sign(self, message: bytes) -> bytes:
        return self._private.sign(message)


def load_device(settings: Settings) -> DeviceKey:
    """This computer's keys; each is made and put into the settings when there is none yet.

    The caller commits.

    Raises ValueError where only half of an identity is there: going on would start a second journal
    under one name.
    """
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    secret, device_id = settings.get(SECRET_SETTING), settings.get(ID_SETTING)
    if (secret is None) != (device_id is None):
        raise ValueError("half an identity")
    if secret is None or device_id is None:
        private, device_id = Ed25519PrivateKey.generate(), str(new_id())
        settings.put(SECRET_SETTING, private.private_bytes_raw().hex())
        settings.put(ID_SETTING, device_id)
    else:
        private = Ed25519PrivateKey.from_private_bytes(bytes.fromhex(secret))
    return Ed25519Device(device_id, private, load_paper_key(settings), load_box(settings))


class OwnIdentities:
    """Satisfies `Identities` with keys in the encrypted settings."""

    def upcoming(self, settings: Settings) -> DeviceKey:
        # The key for papers stays: what it sealed before is this folder's own paper still.
        coming, paper = _Named(settings, "upcoming"), settings.get(PAPER_SECRET_SETTING)
        if paper is not None and coming.get(PAPER_SECRET_SETTING) is None:
            coming.put(PAPER_SECRET_SETTING, paper)
        return load_device(coming)

    def current(self, settings: Settings) -> DeviceKey:
        return load_device(settings)

    def former(self, settings: Settings) -> DeviceKey | None:
        before = _Named(settings, "former")
        return load_device(before) if before.get(ID_SETTING) else None

    def adopt(self, settings: Settings) -> DeviceKey:
        upcoming, before = _Named(settings, "upcoming"), _Named(settings, "former")
        if upcoming.get(ID_SETTING) is None:
            raise LookupError("no upcoming identity")
        for name in _KEYS:
            before.put(name, settings.get(name))
            settings.put(name, upcoming.get(name))
        self.drop(settings)
        # The county certifies the new key for papers at the next contact.
        settings.put(PAPER_CERTIFICATE_SETTING, None)
        return load_device(settings)

    def drop(self, settings: Settings) -> None:
        for name in _KEYS:
            _Named(settings, "upcoming").put(name, None)


class _Named:
    """Settings of the same names that do not count yet, or any more."""

    def __init__(self, settings: Settings, prefix: str) -> None:
        self._settings = settings
        self._prefix = prefix

    def get(self, key: str) -> str | None:
        return self._settings.get(f"{self._prefix}.{key}")

    def put(self, key: str, value: str | None) -> None:
        self._settings.put(f"{self._prefix}.{key}", value)


def load_box(settings: Settings) -> X25519Box:
    """This computer's key for parcels; made and put into the settings when there is none yet.

    The caller commits.
    """
    secret = settings.get(BOX_SECRET_SETTING)
    if secret is None:
        secret = new_secret()
        settings.put(BOX_SECRET_SETTING, secret)
    return X25519Box(secret)


def verify(public_key: str, message: bytes, signature: str) -> bool:
    """Whether `signature` (hex) over `message` was made with the private half of `public_key`
    (hex). Satisfies `SignatureCheck`.
    """
    from cryptography.exceptions import InvalidSignature

    try:
        _public(public_key).verify(bytes.fromhex(signature), message)
    except (InvalidSignature, ValueError):
        return False
    return True


@lru_cache(maxsize=256)
def _public(public_key: str) -> Ed25519PublicKey:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    return Ed25519PublicKey.from_public_bytes(bytes.fromhex(public_key))
