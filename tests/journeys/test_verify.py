"""`heshi verify`: with records, with a county's file, with neither, in both languages."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable
from pathlib import Path

import pytest

from app.cli import main
from app.cli.house import open_house
from app.county.papers import PaperAuthority
from app.security.paper_seal import load_paper_seal
from tests.sealed_papers import AT, COUNTY, PERSON, REASON, printed, sealed

Ask = Callable[..., tuple[int, str, str]]


@pytest.fixture
def ask(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Ask:
    """Runs the verb on bytes: exit code, what was said, what was refused."""

    def run(
        pdf: bytes, *words: str, data: str = "nothing", lang: str = "en"
    ) -> tuple[int, str, str]:
        file = tmp_path / "paper.pdf"
        file.write_bytes(pdf)
        folder = str(tmp_path / data)
        capsys.readouterr()
        code = main(["verify", str(file), *words, "--data", folder, "--lang", lang])
        return code, *capsys.readouterr()

    return run


@pytest.fixture
def county_file(tmp_path: Path) -> Path:
    """Two counties in one file, as somebody may have put them together."""
    file = tmp_path / "county.pem"
    other = PaperAuthority("33" * 32).certificate
    file.write_text(other + COUNTY.certificate, encoding="ascii")
    return file


def test_a_county_file_is_enough(ask: Ask, county_file: Path) -> None:
    code, said, _ = ask(sealed(), "--ca", str(county_file))
    assert code == 0
    for words in ("Unchanged", PERSON, "012号", "cannot prove", "were not opened"):
        assert words in said


def test_without_anything_the_key_is_unknown(ask: Ask) -> None:
    code, said, _ = ask(sealed(), lang="zh_CN")
    assert code == 2
    assert "不认识" in said
    assert PERSON not in said


def test_changed_unsigned_and_foreign_files_have_their_codes(ask: Ask, county_file: Path) -> None:
    ca = ("--ca", str(county_file))
    pdf = bytearray(sealed())
    pdf[len(printed()) // 2] ^= 1
    code, said, _ = ask(bytes(pdf), *ca, lang="zh_CN")
    assert (code, said.split("\n")[:2]) == (
        1,
        ["有改动：这份文件封存以后被动过。", "动过的是封存住的内容。"],
    )
    assert ask(printed(), *ca)[0] == 1
    assert ask(b"hello", *ca)[0] == 3


def test_what_cannot_be_read_is_told(ask: Ask, tmp_path: Path) -> None:
    assert main(["verify", str(tmp_path / "none.pdf"), "--data", str(tmp_path / "x")]) == 3
    (tmp_path / "bad.pem").write_text("-----END CERTIFICATE-----", encoding="ascii")
    for name in ("none.pem", "bad.pem"):
        code, said, refused = ask(sealed(), "--ca", str(tmp_path / name))
        assert (code, said) == (3, "")
        assert refused


def test_nothing_is_made_where_nothing_was(ask: Ask, tmp_path: Path) -> None:
    ask(sealed())
    assert not (tmp_path / "nothing").exists()


def test_the_own_records_know_their_own_key(
    ask: Ask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HESHI_PASSWORD", "eine lange Probe")
    data = tmp_path / "data"
    words = ("--committee", "某村人民调解委员会", "--mediator", "王五", "--data", str(data))
    assert main(["set-up", *words]) == 0
    pdf = _sealed_in(data)
    code, said, _ = ask(pdf, data="data")
    assert code == 2
    assert "only this computer" in said
    assert "do not hold this paper" in said
    # Without the password the paper can still be looked at.
    monkeypatch.delenv("HESHI_PASSWORD")
    code, said, _ = ask(pdf, data="data")
    assert (code, "nobody here knows" in said) == (2, True)


def _sealed_in(data: Path) -> bytes:
    arguments = Namespace(data=data, password_file=None)
    with open_house(arguments) as house, house.unit() as uow:
        seal = load_paper_seal(uow.settings, house.device.device_id)
    return seal.sign(printed(), at=AT, reason=REASON)
