"""The courier as people type it: `heshi usb` on the laptop, `heshi-county inbox` in the office."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from app.cli import main as heshi
from app.county.__main__ import main as heshi_county
from app.services.usb import BOX_SETTING
from tests.county.server import POSTGRES, RunningCounty

ROOT = Path(__file__).parents[2]
PASSWORD = "correct horse battery"

pytestmark = pytest.mark.skipif(bool(POSTGRES), reason="the verbs are given a folder")


class Desk:
    """Both command lines, and what they said."""

    def __init__(
        self, county: RunningCounty, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        self.county, self.data, self.stick = county, tmp_path / "laptop", tmp_path / "stick"
        self.stick.mkdir()
        self._capsys = capsys
        self.said = self.warned = ""

    def laptop(self, *words: str, lang: str = "en") -> int:
        code = heshi([*words, "--data", str(self.data), "--lang", lang])
        self.said, self.warned = self._capsys.readouterr()
        return code

    def office(self, *words: str) -> int:
        code = heshi_county(["--data", str(self.county.folder), *words])
        self.said, self.warned = self._capsys.readouterr()
        return code


@pytest.fixture
def desk(
    county: RunningCounty,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> Desk:
    """A laptop that is enrolled and knows the county's key for parcels."""
    monkeypatch.setenv("HESHI_PASSWORD", PASSWORD)
    desk = Desk(county, tmp_path, capsys)
    code = county.code(county.mediator(county.committee()))
    assert desk.laptop("enrol", county.address, code) == 0
    _tell_box(desk)
    return desk


def _tell_box(desk: Desk) -> None:
    """As the first contact over the network does."""
    from app.cli.house import open_with, vault_of

    vault = vault_of(desk.data)
    with open_with(desk.data, vault.open(PASSWORD), vault.way()) as house, house.unit() as uow:
        uow.settings.put(BOX_SETTING, desk.county.key.box.public_key)
        uow.commit()


def test_a_round_on_a_stick(desk: Desk) -> None:
    assert desk.laptop("usb", "export", str(desk.stick)) == 0
    first, file = desk.said.splitlines()
    assert "Entries: 2, files: 0" in first
    assert Path(file).is_file()
    assert "still wait" in desk.warned
    assert desk.laptop("usb", "read", str(desk.stick)) == 2
    assert "no answer for this computer" in desk.warned
    assert desk.office("inbox", str(desk.stick), "--once") == 0
    assert desk.said.splitlines()[0] == "parcel  device  state"
    assert desk.said.splitlines()[1].endswith("  taken")
    assert desk.laptop("usb", "read", str(desk.stick)) == 0
    assert "2 newly received" in desk.said
    assert desk.office("inbox", str(desk.stick), "--once") == 0
    assert desk.said.rstrip().endswith("taken before, its answer is here")
    assert desk.laptop("usb", "read", file, lang="zh_CN") == 2
    assert "这个包不是给这里的" in desk.warned


def test_an_empty_folder_and_one_that_is_not_there(desk: Desk) -> None:
    assert desk.office("inbox", str(desk.stick), "--once") == 0
    assert desk.said == "nothing for this county here\n"
    assert desk.office("inbox", str(desk.stick / "gone"), "--once") == 2
    assert desk.laptop("usb", "export", str(desk.stick / "gone")) == 2
    assert "There is no such folder" in desk.warned
    assert desk.laptop("usb", "export", str(desk.stick / "gone"), lang="zh_CN") == 2
    assert "没有这个文件夹" in desk.warned
    assert "断开" not in desk.warned


def test_what_to_do_about_a_damaged_parcel_is_said_beside_it(desk: Desk) -> None:
    desk.laptop("usb", "export", str(desk.stick))
    file = Path(desk.said.splitlines()[1])
    whole = file.read_bytes()
    file.write_bytes(whole[:-200] + bytes(100) + whole[-100:])
    for more in ([], ["--json"]):
        assert desk.office("inbox", str(desk.stick), "--once", *more) == 0
        assert "damaged" in desk.said
        (line,) = desk.warned.splitlines()
        assert "export it again" in line
        assert "left where it is" in line
    assert file.exists()
    file.write_bytes(whole)
    assert desk.office("inbox", str(desk.stick), "--once") == 0
    assert desk.warned == ""


def test_what_a_struck_off_laptop_sent_is_taken_by_a_person(desk: Desk) -> None:
    desk.laptop("usb", "export", str(desk.stick))
    desk.office("--json", "status")
    device = json.loads(desk.said)[0]["device"]
    desk.office("revoke", device)
    desk.office("inbox", str(desk.stick), "--once")
    assert desk.said.rstrip().endswith("  set aside")
    assert desk.office("quarantine", "--json") == 0
    (waits,) = json.loads(desk.said)
    assert (waits["device"], waits["reason"]) == (device, "revoked")
    assert desk.office("quarantine", "--accept", waits["parcel"]) == 0
    assert desk.said.rstrip().endswith("  taken")
    assert len(desk.county.held(device)) == 2
    assert desk.office("quarantine") == 0
    assert desk.said == "nothing waits for a person\n"
    assert desk.office("quarantine", "--accept", waits["parcel"]) == 2


def test_the_office_watches_a_folder_until_it_is_stopped(desk: Desk) -> None:
    words = ["inbox", str(desk.stick), "--data", str(desk.county.folder), "--json"]
    running = subprocess.Popen(
        [sys.executable, "-m", "app.county", *words],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        env={**os.environ},
        text=True,
    )
    try:
        assert desk.laptop("usb", "export", str(desk.stick)) == 0
        assert running.stdout
        told = json.loads(running.stdout.readline())
        assert told["state"] == "taken"
        assert len(desk.county.held(told["device"])) == 2
    finally:
        running.send_signal(signal.SIGTERM)
        assert running.wait(20) == 0
        if running.stdout:
            running.stdout.close()
    assert desk.laptop("usb", "read", str(desk.stick)) == 0
