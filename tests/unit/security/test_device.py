"""The device's identity is made once, found again, and signs what others can check."""

from __future__ import annotations

import pytest

from app.domain.ids import is_id
from app.security.device import load_device, verify


class DictSettings:
    """Settings in a dictionary."""

    def __init__(self) -> None:
        self.kept: dict[str, str] = {}

    def get(self, key: str) -> str | None:
        return self.kept.get(key)

    def put(self, key: str, value: str | None) -> None:
        if value is None:
            self.kept.pop(key, None)
        else:
            self.kept[key] = value


def test_an_identity_is_made_once() -> None:
    settings = DictSettings()
    first, second = load_device(settings), load_device(settings)
    assert is_id(first.device_id)
    assert (first.device_id, first.public_key) == (second.device_id, second.public_key)
    assert load_device(DictSettings()).device_id != first.device_id


@pytest.mark.parametrize("missing", ["device.secret", "device.id"])
def test_half_an_identity_is_not_guessed(missing: str) -> None:
    settings = DictSettings()
    load_device(settings)
    settings.put(missing, None)
    with pytest.raises(ValueError, match="half"):
        load_device(settings)


def test_a_signature_fits_its_message_and_key_only() -> None:
    device, other = load_device(DictSettings()), load_device(DictSettings())
    signature = device.sign(b"message").hex()
    assert verify(device.public_key, b"message", signature)
    assert not verify(device.public_key, b"massage", signature)
    assert not verify(other.public_key, b"message", signature)


@pytest.mark.parametrize(
    ("key", "signature"), [("", ""), ("zz" * 32, "00" * 64), ("00" * 32, "00"), ("00" * 31, "x")]
)
def test_nonsense_is_no_signature(key: str, signature: str) -> None:
    assert not verify(key, b"message", signature)


def test_the_key_for_parcels_is_made_once_and_beside_the_others() -> None:
    settings = DictSettings()
    load_device(settings)
    settings.put("box.secret", None)  # a laptop of a version that knew no parcels
    first, second = load_device(settings), load_device(settings)
    assert first.box.public_key == second.box.public_key
    other = load_device(DictSettings()).box
    assert first.box.open(bytes.fromhex(other.public_key)) == other.open(
        bytes.fromhex(second.box.public_key)
    )
    with pytest.raises(ValueError):
        other.open(bytes(32))
