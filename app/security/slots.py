"""One key slot: the store's key wrapped with AES-256-GCM under a key made from a keyring secret or
a password.

Parameters stand in the slot, so that old slots open for ever; a planted slot must not be able to
exhaust the memory. The cryptography library is imported where it is used: it costs a start too much
otherwise.
"""

from __future__ import annotations

import hashlib
import secrets as randomness
import unicodedata
from dataclasses import dataclass
from typing import Any

from app.wire.canonical import canonical

# RFC 9106, section 4, second recommendation.
ARGON2_MEMORY_KIB = 64 * 1024
ARGON2_PASSES = 3
ARGON2_LANES = 4
LARGEST_MEMORY_KIB = 1024 * 1024
MOST_PASSES = 64
MOST_LANES = 64
_KEYRING_PURPOSE = b"heshi/slot/keyring/1"
_PASSWORD_PURPOSE = b"heshi/slot/password/1"


@dataclass(frozen=True, slots=True)
class Slot:
    """A way in.

    `params` holds what makes the wrapping key besides the secret; `nonce` and `wrapped` are hex.
    """

    id: str
    kind: str
    params: dict[str, int | str]
    nonce: str
    wrapped: str

    def header(self) -> bytes:
        """What the wrapping is bound to, so that no part of one slot can serve in another."""
        return canonical({"id": self.id, "kind": self.kind, "params": self.params})


def check_value(key: bytes) -> str:
    """Tells whether a key is this vault's; tells nothing about the key, which is random."""
    return hashlib.sha256(b"heshi/key-check/1\n" + key).hexdigest()[:32]


def wrap_keyring(key: bytes, secret: bytes) -> Slot:
    """A slot that opens with 32 random bytes kept by the OS keyring."""
    draft = Slot(randomness.token_hex(8), "keyring", {}, "", "")
    return _wrap(draft, key, _derive(secret, _KEYRING_PURPOSE))


def unwrap_keyring(slot: Slot, kept: str) -> bytes | None:
    """The key, or None where what the keyring gave is not the secret any more."""
    try:
        secret = bytes.fromhex(kept)
    except ValueError:
        return None
    return _unwrap(slot, _derive(secret, _KEYRING_PURPOSE))


def wrap_password(key: bytes, password: str) -> Slot:
    """A slot that opens with a password (Argon2id)."""
    params: dict[str, int | str] = {
        "kdf": "argon2id",
        "salt": randomness.token_hex(16),
        "m": ARGON2_MEMORY_KIB,
        "t": ARGON2_PASSES,
        "p": ARGON2_LANES,
    }
    draft = Slot(randomness.token_hex(8), "password", params, "", "")
    return _wrap(draft, key, _derive(_stretch(params, password), _PASSWORD_PURPOSE))


def unwrap_password(slot: Slot, password: str) -> bytes | None:
    """The key, or None for another password or for parameters that nobody of us wrote."""
    try:
        stretched = _stretch(slot.params, password)
    except (KeyError, ValueError, TypeError):
        return None
    return _unwrap(slot, _derive(stretched, _PASSWORD_PURPOSE))


def _stretch(params: dict[str, Any], password: str) -> bytes:
    from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

    memory, passes, lanes = params["m"], params["t"], params["p"]
    if not (
        params["kdf"] == "argon2id"
        and 8 * lanes <= memory <= LARGEST_MEMORY_KIB
        and 1 <= passes <= MOST_PASSES
        and 1 <= lanes <= MOST_LANES
    ):
        raise ValueError("parameters")
    kdf = Argon2id(
        salt=bytes.fromhex(params["salt"]),
        length=32,
        iterations=passes,
        lanes=lanes,
        memory_cost=memory,
    )
    # The same words typed through another input method must open the same vault.
    return kdf.derive(unicodedata.normalize("NFKC", password).encode())


def _derive(secret: bytes, purpose: bytes) -> bytes:
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    return HKDF(algorithm=SHA256(), length=32, salt=None, info=purpose).derive(secret)


def _wrap(draft: Slot, key: bytes, wrapping: bytes) -> Slot:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    nonce = randomness.token_bytes(12)
    wrapped = AESGCM(wrapping).encrypt(nonce, key, draft.header())
    return Slot(draft.id, draft.kind, draft.params, nonce.hex(), wrapped.hex())


def _unwrap(slot: Slot, wrapping: bytes) -> bytes | None:
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    try:
        nonce, wrapped = bytes.fromhex(slot.nonce), bytes.fromhex(slot.wrapped)
        return AESGCM(wrapping).decrypt(nonce, wrapped, slot.header())
    except (InvalidTag, ValueError):
        return None
