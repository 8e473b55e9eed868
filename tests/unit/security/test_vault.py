"""The vault opens by keyring or password, survives a spoiled copy, and never loses a key
silently.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from app.domain.problems import ProblemCode, Refused
from app.security import slots
from app.security.slot_files import NAMES
from app.security.vault import KEY_LENGTH, Vault
from tests.fakes import MemorySecrets

PASSWORD = "村口老槐树下有三棵桃"
NO_KEYRING = MemorySecrets(broken=True)


@pytest.fixture(autouse=True)
def quick_argon(monkeypatch: pytest.MonkeyPatch) -> None:
    """The floor of what Argon2id allows: these tests are not about its cost."""
    monkeypatch.setattr(slots, "ARGON2_MEMORY_KIB", 64)
    monkeypatch.setattr(slots, "ARGON2_PASSES", 1)


def refused(act: Callable[[], object]) -> ProblemCode:
    with pytest.raises(Refused) as caught:
        act()
    return caught.value.first.code


def test_a_key_in_the_keyring_opens_without_a_word(tmp_path: Path) -> None:
    secrets = MemorySecrets()
    vault = Vault(tmp_path / "keys", secrets)
    assert not vault.exists()
    key = vault.create(None)
    assert len(key) == KEY_LENGTH
    again = Vault(tmp_path / "keys", secrets)
    assert again.exists()
    assert again.open() == key
    assert (vault.way(), again.way()) == ("keyring", "keyring")


def test_without_a_keyring_a_password_opens(tmp_path: Path) -> None:
    vault = Vault(tmp_path, NO_KEYRING)
    key = vault.create(PASSWORD)
    assert vault.way() == "password"
    again = Vault(tmp_path, NO_KEYRING)
    assert refused(again.open) is ProblemCode.PASSWORD_NEEDED
    assert refused(lambda: again.open("村口老槐树下有三棵李")) is ProblemCode.WRONG_PASSWORD
    assert again.open(PASSWORD) == key
    assert again.way() == "password"


def test_a_keyring_that_forgot_is_replaced_by_the_password(tmp_path: Path) -> None:
    secrets = MemorySecrets()
    key = Vault(tmp_path, secrets).create(PASSWORD)
    secrets.kept.clear()
    vault = Vault(tmp_path, secrets)
    assert refused(vault.open) is ProblemCode.PASSWORD_NEEDED
    assert vault.open(PASSWORD) == key
    assert vault.mend_keyring(key)
    assert Vault(tmp_path, secrets).open() == key


def test_a_keyring_that_forgot_everything_is_said_plainly(tmp_path: Path) -> None:
    secrets = MemorySecrets()
    Vault(tmp_path, secrets).create(None)
    secrets.kept.clear()
    assert refused(Vault(tmp_path, secrets).open) is ProblemCode.KEY_LOST


@pytest.mark.parametrize("value", ["", "zz", "00" * 32, "村"])
def test_a_changed_keyring_value_is_no_key(tmp_path: Path, value: str) -> None:
    secrets = MemorySecrets()
    key = Vault(tmp_path, secrets).create(PASSWORD)
    [account] = secrets.kept
    secrets.kept[account] = value
    assert Vault(tmp_path, secrets).open(PASSWORD) == key


def test_neither_keyring_nor_password_is_no_vault(tmp_path: Path) -> None:
    assert refused(lambda: Vault(tmp_path, NO_KEYRING).create(None)) is ProblemCode.KEYRING_MISSING
    assert list(tmp_path.iterdir()) == []


def test_a_short_password_is_refused_with_its_limit(tmp_path: Path) -> None:
    with pytest.raises(Refused) as caught:
        Vault(tmp_path, MemorySecrets()).create("123456789")
    assert caught.value.first.code is ProblemCode.PASSWORD_TOO_SHORT
    assert caught.value.first.facts == {"limit": 10}
    assert not (tmp_path / NAMES[0]).exists()


def test_a_vault_is_never_made_twice(tmp_path: Path) -> None:
    vault = Vault(tmp_path, MemorySecrets())
    vault.create(None)
    assert refused(lambda: vault.create(None)) is ProblemCode.ALREADY_THERE


@pytest.mark.parametrize("spoiled", NAMES)
@pytest.mark.parametrize("damage", [b"", b"{}", b"\0" * 700, None])
def test_one_spoiled_copy_is_mended_from_the_other(
    tmp_path: Path, spoiled: str, damage: bytes | None
) -> None:
    secrets = MemorySecrets()
    key = Vault(tmp_path, secrets).create(PASSWORD)
    good = (tmp_path / NAMES[0]).read_bytes()
    if damage is None:
        (tmp_path / spoiled).unlink()
    else:
        (tmp_path / spoiled).write_bytes(damage)
    assert Vault(tmp_path, secrets).open() == key
    assert (tmp_path / spoiled).read_bytes() == good


def test_every_flipped_byte_is_noticed(tmp_path: Path) -> None:
    secrets = MemorySecrets()
    key = Vault(tmp_path, secrets).create(PASSWORD)
    path = tmp_path / NAMES[0]
    good = path.read_bytes()
    for place in range(0, len(good), 7):
        path.write_bytes(good[:place] + bytes([good[place] ^ 1]) + good[place + 1 :])
        assert Vault(tmp_path, secrets).open() == key
        assert path.read_bytes() == good


def test_two_spoiled_copies_are_said_plainly(tmp_path: Path) -> None:
    Vault(tmp_path, MemorySecrets()).create(None)
    for name in NAMES:
        (tmp_path / name).write_bytes(b"{")
    vault = Vault(tmp_path, MemorySecrets())
    assert vault.exists()
    assert refused(vault.open) is ProblemCode.KEY_FILES_DAMAGED
    assert refused(lambda: vault.create(PASSWORD)) is ProblemCode.ALREADY_THERE


def test_the_newer_copy_wins(tmp_path: Path) -> None:
    secrets = MemorySecrets()
    vault = Vault(tmp_path, secrets)
    key = vault.create(None)
    old = (tmp_path / NAMES[0]).read_bytes()
    vault.set_password(key, PASSWORD)
    new = (tmp_path / NAMES[1]).read_bytes()
    # The power failed between the two copies.
    (tmp_path / NAMES[0]).write_bytes(old)
    assert Vault(tmp_path, NO_KEYRING).open(PASSWORD) == key
    assert (tmp_path / NAMES[0]).read_bytes() == new


def test_another_password_replaces_the_first(tmp_path: Path) -> None:
    vault = Vault(tmp_path, NO_KEYRING)
    key = vault.create(PASSWORD)
    vault.set_password(key, "一二三四五六七八九十")
    assert vault.has_password()
    assert refused(lambda: vault.open(PASSWORD)) is ProblemCode.WRONG_PASSWORD
    assert vault.open("一二三四五六七八九十") == key


def test_only_the_own_key_is_wrapped(tmp_path: Path) -> None:
    vault = Vault(tmp_path, MemorySecrets())
    vault.create(None)
    assert refused(lambda: vault.set_password(bytes(48), PASSWORD)) is ProblemCode.WRONG_PASSWORD


def test_the_same_words_from_another_input_method_open(tmp_path: Path) -> None:
    key = Vault(tmp_path, NO_KEYRING).create("Heshi2026!ok")
    assert Vault(tmp_path, NO_KEYRING).open("Ｈｅｓｈｉ２０２６！ｏｋ") == key


def test_the_key_is_nowhere_in_the_files(tmp_path: Path) -> None:
    secrets = MemorySecrets()
    key = Vault(tmp_path, secrets).create(PASSWORD)
    text = (tmp_path / NAMES[0]).read_text("utf-8")
    assert key[:32].hex() not in text
    assert not any(value in text for value in secrets.kept.values())
    assert (tmp_path / NAMES[0]).stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize(
    "params",
    [
        {"m": 2 * 1024 * 1024},
        {"m": -1},
        {"t": 10**6},
        {"p": 10**6},
        {"kdf": "none"},
        {"salt": "zz"},
        {"m": "64"},
    ],
)
def test_a_planted_slot_cannot_exhaust_the_memory(
    tmp_path: Path, params: dict[str, int | str]
) -> None:
    good = slots.wrap_password(bytes(48), PASSWORD)
    planted = slots.Slot(
        good.id,
        good.kind,
        {**good.params, **params},
        good.nonce,
        good.wrapped,
    )
    assert slots.unwrap_password(good, PASSWORD) == bytes(48)
    assert slots.unwrap_password(planted, PASSWORD) is None


def test_a_slot_is_bound_to_its_header() -> None:
    good = slots.wrap_keyring(bytes(48), bytes(32))
    moved = slots.Slot("other", good.kind, good.params, good.nonce, good.wrapped)
    assert slots.unwrap_keyring(good, bytes(32).hex()) == bytes(48)
    assert slots.unwrap_keyring(moved, bytes(32).hex()) is None


def test_a_folder_that_cannot_be_made_is_said_plainly(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    vault = Vault(tmp_path / "file" / "keys", MemorySecrets())
    assert refused(lambda: vault.create(None)) is ProblemCode.STORE_FOLDER_UNUSABLE


def test_the_parameters_are_those_of_rfc_9106(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    slot = slots.wrap_password(bytes(48), PASSWORD)
    assert {name: slot.params[name] for name in "mtp"} == {"m": 65536, "t": 3, "p": 4}
    assert json.loads(slot.header())["kind"] == "password"
