"""The county's data pack: set by an administrator, carried by contacts and sticks, used from the
next start; nothing that a laptop could not start with ever takes its place.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from datetime import timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from app.cli.house import practice
from app.county.__main__ import main
from app.county.database import writing
from app.county.packs import drop_pack, read_folder, set_pack
from app.county.tables import CountyPackRow
from app.main import House
from app.services.county_pack import PackNews, is_pack_refused, pack_name, take_pack
from app.services.outgoing import ROOM_SETTING
from app.storage.packs import load_practice, practice_in_use
from app.wire.canonical import canonical
from app.wire.exchange2 import NO_PACK, Answer, Hello
from app.wire.parts import PackPiece, pack_text
from tests.county.conftest import NewLaptop
from tests.county.server import RunningCounty
from tests.county.streaming import Stream
from tests.county.village import KEY, Village

ROOT = Path(__file__).resolve().parents[2]
JIUXI = ROOT / "tests" / "storage" / "packs" / "jiuxi"
RESOURCES = ROOT / "resources"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A county's folder with a name of its own."""
    made = tmp_path / "jiuxi"
    shutil.copytree(JIUXI, made)
    about = {"title_zh": "九溪县数据包", "title_en": "Jiuxi pack", "issued_on": "2026-03-01"}
    (made / "pack.json").write_text(json.dumps(about), encoding="utf-8")
    return made


@pytest.fixture
def village(tmp_path: Path, county: RunningCounty) -> Iterator[Village]:
    made = Village(tmp_path / "village", county.address)
    made.enrol(county.code(county.mediator(county.committee())))
    yield made
    made.close()


def hand_out(county: RunningCounty, document: bytes) -> str:
    """The pack, without the check that an administrator's verb makes."""
    with writing(county.engine) as session:
        return set_pack(session, document, county.now()).mark


def in_use(village: Village) -> bytes:
    with village.store.unit() as uow:
        return uow.packs.document()


def refused(village: Village) -> bool:
    with village.store.unit() as uow:
        return is_pack_refused(uow)


def test_a_pack_reaches_the_laptop_and_counts_like_a_folder(
    county: RunningCounty, village: Village, folder: Path, tmp_path: Path
) -> None:
    village.sync()
    assert in_use(village) == b""
    hand_out(county, read_folder(folder))
    village.sync()
    received = load_practice(RESOURCES, in_use(village))
    shutil.copytree(RESOURCES / "packs", tmp_path / "r" / "packs")
    shutil.copytree(folder, tmp_path / "r" / "packs" / "jiuxi")
    beside = load_practice(tmp_path / "r")
    assert dict(received.texts) == dict(beside.texts)
    assert received.codes.tables == beside.codes.tables
    assert (received.clocks, received.number_pattern) == (beside.clocks, beside.number_pattern)
    assert received.number_pattern != load_practice(RESOURCES).number_pattern
    assert pack_name(in_use(village)).zh == "九溪县数据包"
    with writing(county.engine) as session:
        drop_pack(session)
    village.sync()
    assert in_use(village) == b""


def test_both_faces_start_with_it(
    county: RunningCounty, village: Village, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hand_out(county, read_folder(folder))
    village.sync()
    with village.store.unit() as uow:
        pattern = practice(uow).number_pattern
    house = House(village.folder)
    monkeypatch.setattr(house, "_key", KEY)
    first = house.first_look().practice
    house.close_quick()
    assert pattern == first.number_pattern != load_practice(RESOURCES).number_pattern


def test_a_bad_line_brings_it_in_pieces(
    county: RunningCounty, village: Village, folder: Path
) -> None:
    noise = [sha256(str(one).encode()).hexdigest() for one in range(1500)]
    (folder / "vague_words.json").write_text(json.dumps({"words": noise}), encoding="utf-8")
    document = read_folder(folder)
    hand_out(county, document)
    with village.store.unit() as uow:
        uow.settings.put(ROOM_SETTING, "8192")
        uow.commit()
    assert not village.sync().more
    assert in_use(village) == document


def test_texts_go_first(county: RunningCounty, enrolled: NewLaptop, folder: Path) -> None:
    laptop = enrolled(county.mediator(county.committee()))
    stream = Stream(laptop, county.address)
    mark = hand_out(county, read_folder(folder))
    laptop.new_case()

    def kinds(**hello: Any) -> tuple[bool, str]:
        heard, nonce = stream.say(stream.body(**hello))
        answer, _ = stream.read(heard, nonce)
        return b"P\x00" in heard.body, answer.pack_mark

    waiting = {"entries": 1}
    assert kinds(waiting=waiting) == (False, mark)
    assert kinds(rest=True) == (False, mark)
    assert kinds(pack=mark) == (False, mark)
    assert kinds(entries=laptop.journal, waiting=waiting) == (True, mark)


def test_a_pack_that_no_laptop_could_start_with_is_refused_once_and_told(
    county: RunningCounty, village: Village, folder: Path
) -> None:
    good = read_folder(folder)
    hand_out(county, good)
    village.sync()
    for bad in (
        b'{"letters.json":{"letters":[{"title":"x"}]}}',
        b'{"clocks.json":[]}',
        canonical({"number_format.json": {"formats": [{"kind": "agreement", "pattern": "{no}"}]}}),
    ):
        mark = hand_out(county, bad)
        village.sync()
        assert in_use(village) == good
        assert refused(village)
        with village.store.unit() as uow:
            assert uow.packs.coming() == ("", 0)
            assert (uow.settings.get("county.pack_refused") or "").startswith(mark)
    hand_out(county, good)
    village.sync()
    assert not refused(village)
    assert in_use(village) == good


def test_a_pack_with_another_sum_is_not_used(county: RunningCounty, village: Village) -> None:
    row = CountyPackRow(
        mark="11" * 32, document=b"{}", packed=pack_text(b'{"vague_words.json":{}}'),
        set_at=county.now(),
    )  # fmt: skip
    with writing(county.engine) as session:
        session.add(row)
    village.sync()
    assert in_use(village) == b""
    assert refused(village)


def test_an_older_answer_from_a_stick_changes_nothing(village: Village, folder: Path) -> None:
    document = read_folder(folder)
    mark, packed = sha256(document).hexdigest(), pack_text(document)
    half = len(packed) // 2
    pieces = [
        PackPiece(mark, 0, len(packed), packed[:half]),
        PackPiece(mark, half, len(packed), packed[half:]),
    ]
    now = village.clock.now()

    def take(
        piece: PackPiece | None, told: str = mark, later: int = 0, *, on_line: bool = False
    ) -> PackNews:
        answer = Answer(
            epoch="e", county_time=now + timedelta(hours=later), head_hash="0" * 64, cursor=0,
            pack_mark=told,
        )  # fmt: skip
        with village.store.unit() as uow:
            news = take_pack(uow, answer, piece, on_line=on_line)
            uow.commit()
        return news

    assert take(pieces[1], later=1) is PackNews.NOTHING
    assert take(pieces[0], later=2) is PackNews.COMES
    assert take(pieces[0], later=3) is PackNews.NOTHING
    assert take(pieces[1], told="22" * 32, later=4) is PackNews.NOTHING
    assert take(pieces[1], later=5) is PackNews.CHANGED
    assert take(None, told=NO_PACK, later=4) is PackNews.NOTHING
    assert in_use(village) == document
    assert take(None, told="", later=6) is PackNews.NOTHING
    assert take(None, told=NO_PACK, later=6) is PackNews.CHANGED
    assert in_use(village) == b""
    ahead = 73 * 366 * 24
    assert take(pieces[0], later=ahead, on_line=True) is PackNews.COMES
    assert take(pieces[1], later=7) is PackNews.NOTHING
    assert take(pieces[1], later=7, on_line=True) is PackNews.CHANGED
    assert take(None, told=NO_PACK, later=8) is PackNews.CHANGED


def test_a_pack_that_does_not_fit_any_more_does_not_keep_heshi_from_starting() -> None:
    for bad in (b'{"letters.json":{"letters":[7]}}', b"[]", b"{"):
        assert practice_in_use(RESOURCES, bad).texts["letters"]


def test_the_hello_tells_what_has_come() -> None:
    assert (Hello().pack, Hello().pack_coming, Hello().pack_have) == ("", "", 0)


def ask(capsys: pytest.CaptureFixture[str], data: Path, *words: str) -> tuple[int, str]:
    code = main(["--data", str(data), *words])
    said = capsys.readouterr()
    return code, said.out + said.err


def test_what_an_administrator_types(
    tmp_path: Path, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data = tmp_path / "county"
    ask(capsys, data, "init", "--name", "示例县司法局")
    assert ask(capsys, data, "packs", "show")[1].startswith("no pack of this county")
    code, said = ask(capsys, data, "packs", "set", str(folder))
    assert code == 0 and "九溪县数据包" in said and "2026-03-01" in said
    code, said = ask(capsys, data, "packs", "show")
    assert sha256(read_folder(folder)).hexdigest() in said
    for name, text, sentence in (
        ("letters.json", "{", "letters.json: Expecting property name"),
        ("leters.json", "{}", "leters.json: no table, and no text of this name is known"),
        ("regions.json", "{}", "regions.json: this table stays the national one"),
        ("clocks.json", '{"clocks": [{"value": 3}]}', "clocks.json: clocks: a line without id"),
        ("sex.json", '{"table": "sex", "codes": []}', "sex.json: 'title_zh' is missing"),
        ("checker.json", '{"a": 1, "a": 2}', "checker.json: a name stands twice in one object"),
        ("checker.json", '{"a": 1.5}', "float cannot be signed"),
        ("checker.json", "[]", "checker.json: not a file of a pack"),
        ("letters.json", '{"letters": [7]}', "letters.json: not as a pack has it"),
    ):
        bad = tmp_path / "bad"
        shutil.copytree(folder, bad, dirs_exist_ok=True)
        (bad / name).write_text(text, encoding="utf-8")
        code, said = ask(capsys, data, "packs", "set", str(bad))
        assert (code, sentence in said) == (2, True), said
        shutil.rmtree(bad)
    (tmp_path / "empty").mkdir()
    assert ask(capsys, data, "packs", "set", str(tmp_path / "empty"))[1] == "no file of a pack\n"
    assert ask(capsys, data, "packs", "show")[1] == ask(capsys, data, "packs", "show")[1]
    assert "九溪县数据包" in ask(capsys, data, "packs", "show")[1]
    assert ask(capsys, data, "packs", "none")[0] == 0
    assert ask(capsys, data, "packs", "show")[1].startswith("no pack of this county")


def test_a_pack_beyond_a_mebibyte_is_refused(county: RunningCounty) -> None:
    noise = "".join(sha256(str(one).encode()).hexdigest() for one in range(40_000))
    with (
        pytest.raises(ValueError, match="1 MiB"),
        writing(county.engine) as session,
    ):
        set_pack(session, canonical({"vague_words.json": {"words": [noise]}}), county.now())
