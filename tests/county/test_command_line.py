"""``heshi-county`` from the first command to an enrolled laptop, as an administrator types it."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from app.county import accounts
from app.county.__main__ import main
from app.county.accounts import Laptop
from app.county.keys import load_key
from app.sync.http_line import HttpLine
from tests.county.laptop import RawLaptop

ROOT = Path(__file__).parents[2]
MOMENT = datetime(2026, 3, 5, 1, 2, 3, 456789, UTC)


def ask(capsys: pytest.CaptureFixture[str], folder: Path, *words: str) -> dict[str, str]:
    """What a command prints as JSON."""
    assert main(["--data", str(folder), "--json", *words]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert isinstance(answer, dict)
    return answer


@pytest.fixture
def folder(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    ask(capsys, tmp_path / "county", "init", "--name", "示例县司法局")
    return tmp_path / "county"


def test_from_nothing_to_an_enrolled_laptop(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    committee = ask(
        capsys, folder, "committee", "add", "--name", "某村调委会", "--region", "330108001002"
    )["committee"]
    account = ask(capsys, folder, "mediator", "add", "--committee", committee, "--name", "王调解")[
        "account"
    ]
    ask(capsys, folder, "supervisor", "add", "--name", "李司法", "--region", "330108")
    code = ask(capsys, folder, "enrol", account)["code"]
    assert len(code) == 11 and code[5] == "-"
    running = subprocess.Popen(
        [sys.executable, "-m", "app.county", "serve", "--data", str(folder), "--port", "0"],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={**os.environ},
        text=True,
    )
    assert running.stdout
    address = running.stdout.readline().removeprefix("listening on ").strip()
    line = HttpLine(address)
    laptop = RawLaptop(line, load_key(folder).public)
    assert laptop.enrol(code).county_name == "示例县司法局"
    laptop.new_case()
    laptop.exchange()
    line.close()
    assert main(["--data", str(folder), "--json", "status"]) == 0
    [row] = json.loads(capsys.readouterr().out)
    assert (row["person"], row["entries"], row["refused"], row["state"]) == (
        "王调解",
        1,
        0,
        "active",
    )
    ask(capsys, folder, "revoke", laptop.id)
    main(["--data", str(folder), "devices"])
    assert "revoked" in capsys.readouterr().out
    running.send_signal(signal.SIGTERM)
    assert running.wait(20) in (0, -signal.SIGTERM)
    running.stdout.close()


def test_init_may_be_repeated(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    key = load_key(folder).public
    again = ask(capsys, folder, "init", "--name", "新名字")
    assert again["name"] == "新名字"
    assert load_key(folder).public == key
    epoch = ask(capsys, folder, "new-epoch")["epoch"]
    assert epoch != again["epoch"]


def test_ca_prints_what_sealed_papers_are_checked_with(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    certificate = load_key(folder).papers.certificate
    assert main(["--data", str(folder), "ca"]) == 0
    assert capsys.readouterr().out == certificate
    assert ask(capsys, folder, "ca") == {"county_ca": certificate}


def test_nothing_is_readable_by_others(folder: Path) -> None:
    assert [path.name for path in folder.iterdir() if path.stat().st_mode & 0o077] == []


@pytest.mark.parametrize(
    "words",
    [
        ["enrol", "nobody"],
        ["revoke", "nothing"],
        ["committee", "add", "--name", " ", "--region", "330108001002"],
        ["committee", "add", "--name", "x", "--region", "33"],
        ["committee", "add", "--name", "x", "--region", "000000000000"],
        ["committee", "add", "--name", "x", "--region", "33010"],
        ["mediator", "add", "--committee", "none", "--name", "x"],
        ["supervisor", "add", "--name", "x", "--region", "0"],
        ["--database", "postgresql://nobody:secret@127.0.0.1:1/none", "status"],
        ["init", "--name", " "],
        ["packs", "set", "/not/there"],
        ["inbox", "/not/there", "--once"],
        ["inbox", "/not/there", "--once", "--answers", "/not/there/either"],
        ["serve", "--certificate", "/not/there.pem"],
        ["serve", "--certificate", __file__],
        ["serve", "--certificate-key", __file__],
        ["serve", "--port", "99999"],
        ["serve", "--port", "-1"],
        ["serve", "--port", "0", "--host", "203.0.113.1"],
    ],
)
def test_what_cannot_be_done_is_said_in_one_line(
    folder: Path, capsys: pytest.CaptureFixture[str], words: list[str]
) -> None:
    assert main(["--data", str(folder), *words]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert len(said.err.strip().splitlines()) == 1
    assert "secret" not in said.err
    assert "Errno" not in said.err
    assert "Error" not in said.err.replace("OperationalError", "")


def test_a_county_without_a_name_is_not_begun(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    new = tmp_path / "new"
    assert main(["--data", str(new), "init", "--name", ""]) == 2
    assert capsys.readouterr().err == "a county needs a name\n"
    assert not new.exists()


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["packs", "set", "/not/there"], "no such folder: /not/there"),
        (["packs", "set", __file__], f"no such folder: {__file__}"),
        (["inbox", "/not/there", "--once"], "no such folder: /not/there"),
        (["serve", "--certificate", "/not/there.pem"], "no such file: /not/there.pem"),
        (["serve", "--certificate", __file__], f"no certificate with its key: {__file__}"),
        (["serve", "--certificate-key", __file__], "--certificate-key needs --certificate"),
        (["serve", "--port", "99999"], "a port is a number from 0 to 65535"),
        (["serve", "--port", "0", "--host", "203.0.113.1"], "cannot listen on 203.0.113.1:0: "),
    ],
)
def test_what_is_not_there_is_named(
    folder: Path, capsys: pytest.CaptureFixture[str], words: list[str], sentence: str
) -> None:
    assert main(["--data", str(folder), *words]) == 2
    assert capsys.readouterr().err.startswith(sentence)


def test_a_place_that_cannot_be_used_is_said_without_a_number(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    below = folder / "key.json" / "below"
    below.parent.touch()
    assert main(["--data", str(below), "init", "--name", "示例县司法局"]) == 2
    assert capsys.readouterr().err == f"{below}: Not a directory\n"


def test_a_folder_without_a_county_is_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--data", str(tmp_path), "status"]) == 2
    assert "init" in capsys.readouterr().err


def test_a_committee_needs_a_whole_region_code(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["--data", str(folder), "committee", "add", "--name", "x", "--region"]
    for code in ("45", "4503", "450327", "450327101"):
        assert main([*words, code]) == 2
        assert "12 digits" in capsys.readouterr().err
    assert main([*words, "450327101220"]) == 0


def test_a_person_reads_what_a_program_reads(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["--data", str(folder)]
    for verb, sentence in (
        (["status"], "no laptop yet"),
        (["committee", "list"], "no committee yet"),
        (["people", "list"], "nobody yet"),
    ):
        assert main([*words, *verb]) == 0
        assert capsys.readouterr().out.strip() == sentence
        assert main([*words, "--json", *verb]) == 0
        assert json.loads(capsys.readouterr().out) == []
    account = ask(capsys, folder, "supervisor", "add", "--name", "李司法", "--region", "330108")
    assert main([*words, "enrol", account["account"]]) == 0
    assert "valid for 72 hours" in capsys.readouterr().out
    device = Laptop("d", "李司法", "supervisor", "", "330108", MOMENT, None, 1, 0, "active")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(accounts, "laptops", lambda _: [device])
        assert main([*words, "status"]) == 0
        header, row = capsys.readouterr().out.splitlines()
        assert header.startswith("device  person  role")
        assert "2026-03-05 01:02:03  -  1" in row
        assert main([*words, "--json", "status"]) == 0
        assert "2026-03-05T01:02:03.456789+00:00" in capsys.readouterr().out


def test_a_fault_of_the_program_is_no_refusal(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_: object) -> None:
        raise KeyError("李司法")

    monkeypatch.setattr(accounts, "laptops", broken)
    assert main(["--data", str(folder), "status"]) == 1
    said = capsys.readouterr().err
    assert "KeyError" in said
    assert "李司法" not in said
    assert len(said.splitlines()) == 1


def test_numbers_from_the_administrators_desk(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["committee", "add", "--name", "某村调委会", "--region", "330108001002"]
    committee = ask(capsys, folder, *words)["committee"]
    book: dict[str, object] = {
        **ask(capsys, folder, "numbers", "show", committee, "--year", "2026")
    }
    assert (book["year"], book["blocks"], book["gaps"]) == (2026, [], "")
    assert main(["--data", str(folder), "numbers", "show", committee, "--year", "2026"]) == 0
    assert capsys.readouterr().out.splitlines()[-1] == "unexplained  nothing"
    said: dict[str, object] = {**ask(capsys, folder, "numbers", "blocks", "--size", "300")}
    assert (said["size"], said["refill"]) == (300, 150)
    for refused in (["blocks", "--size", "1"], ["show", "none"], ["reclaim", "none"]):
        assert main(["--data", str(folder), "numbers", *refused]) == 2
        assert len(capsys.readouterr().err.splitlines()) == 1
