"""The second face on a real store: what an administrator types, and what comes back."""

from __future__ import annotations

import json
import os
import shutil
from argparse import Namespace
from pathlib import Path
from typing import Any

import pytest

from app.cli import VERBS, main
from app.cli.house import open_house
from app.cli.words import LANGUAGES, WORDS, Say
from app.domain.committees import Committee
from app.domain.problems import ProblemCode, Refused
from tests.fakes import PACKS

DEMO = PACKS.parent / "demo"
PASSWORD = "eine lange Probe"
PRACTICE, ROOF = DEMO / "practice-fence.json", DEMO / "story-01-roof-tiles.json"


class Laptop:
    """Runs verbs on one data folder and keeps what they said."""

    def __init__(self, data: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.data = data
        self._capsys = capsys
        self.said = ""
        self.refused = ""

    def run(self, *words: str, lang: str = "zh_CN") -> int:
        self._capsys.readouterr()
        code = main([*words, "--data", str(self.data), "--lang", lang])
        self.said, self.refused = self._capsys.readouterr()
        return code


@pytest.fixture(scope="module")
def furnished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with the practice case and one story in it."""
    data = tmp_path_factory.mktemp("data") / "heshi"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HESHI_PASSWORD", PASSWORD)
        words = ("set-up", "--committee", "某村人民调解委员会", "--short", "某村")
        assert main([*words, "--mediator", "王五", "--data", str(data)]) == 0
        for file in (PRACTICE, ROOF):
            assert main(["case", "import", str(file), "--data", str(data)]) == 0
    return data


@pytest.fixture
def laptop(
    furnished: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> Laptop:
    """A copy of the furnished folder, with its password in the environment."""
    monkeypatch.setenv("HESHI_PASSWORD", PASSWORD)
    shutil.copytree(furnished, tmp_path / "data")
    return Laptop(tmp_path / "data", capsys)


def test_a_case_is_taken_in_found_and_printed(laptop: Laptop, tmp_path: Path) -> None:
    assert laptop.run("case", "list", "--json") == 0
    lines = json.loads(laptop.said)
    assert [line["number"] for line in lines] == ["", "〔2024〕演练人调字第001号"]
    assert laptop.run("case", "show", "〔2024〕演练人调字第001号") == 0
    assert "张三、李四" in laptop.said
    assert laptop.run("print", lines[1]["id"], "--out", str(tmp_path / "out")) == 0
    made = sorted((tmp_path / "out").iterdir())
    assert [path.name[:3] for path in made] == ["01-", "02-", "03-", "04-", "05-"]
    if os.name == "posix":  # names and numbers of people: for nobody else on the computer
        assert {path.stat().st_mode & 0o777 for path in made} == {0o600}
    assert all(path.read_bytes().startswith(b"%PDF-") for path in made)


def test_one_paper_goes_into_one_file(laptop: Laptop, tmp_path: Path) -> None:
    target = tmp_path / "paper.pdf"
    words = ("--document", "oral_register", "--out", str(target))
    assert laptop.run("print", "唐某", *words) == 0
    assert target.read_bytes().startswith(b"%PDF-")
    assert list(tmp_path.glob("*.part")) == []


def test_a_paper_that_finds_no_place_leaves_no_half(laptop: Laptop, tmp_path: Path) -> None:
    words = ("print", "唐某", "--document", "oral_register", "--out", str(tmp_path / "out"))
    assert laptop.run(*words) == 0
    (paper,) = (tmp_path / "out").iterdir()
    paper.unlink()
    paper.mkdir()
    assert laptop.run(*words) == 2
    assert [path.name for path in (tmp_path / "out").iterdir()] == [paper.name]


def test_the_same_file_twice_is_no_second_case(laptop: Laptop) -> None:
    assert laptop.run("case", "import", str(ROOF)) == 0
    assert "没有重复导入" in laptop.said
    assert laptop.run("case", "list", "--json") == 0
    assert len(json.loads(laptop.said)) == 2


def test_an_exported_case_goes_into_another_laptop(laptop: Laptop, tmp_path: Path) -> None:
    assert laptop.run("case", "show", "围墙", "--json") == 0
    (tmp_path / "case.json").write_text(laptop.said, encoding="utf-8")
    other = Laptop(tmp_path / "other", laptop._capsys)
    words = ("--committee", "别村人民调解委员会", "--mediator", "钱八")
    assert other.run("set-up", *words) == 0
    assert other.run("case", "import", str(tmp_path / "case.json")) == 0
    assert other.run("case", "show", "围墙") == 0
    assert "〔2024〕演练人调字第001号" in other.said


@pytest.mark.parametrize(
    ("code", "name"), [("450327101220", "广西壮族自治区桂林市灌阳县"), ("459999000000", "")]
)
def test_set_up_knows_the_county_of_a_region_code(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: str, name: str
) -> None:
    monkeypatch.setenv("HESHI_PASSWORD", PASSWORD)
    words = ("--committee", "某村人民调解委员会", "--mediator", "王五", "--region", code)
    assert main(["set-up", *words, "--data", str(tmp_path)]) == 0
    arguments = Namespace(data=str(tmp_path), password_file=None)
    with open_house(arguments) as house, house.unit() as unit:
        committee = unit.records.all(Committee)[0]
    assert (committee.region_code, committee.region_name) == (code, name)


def test_bad_cases_are_told_by_place_and_good_ones_go_in(laptop: Laptop, tmp_path: Path) -> None:
    cases = [{"matter": 5}, {"matter": "新的一件"}, {"matter": "x", "accepted_on": "2026-02-30"}]
    file = tmp_path / "cases.json"
    file.write_text(json.dumps({"format": "heshi-cases/1", "cases": cases}), encoding="utf-8")
    assert laptop.run("case", "import", str(file), "--json") == 2
    report = json.loads(laptop.said)
    assert [item["case"] is None for item in report] == [True, False, True]
    assert report[0]["problems"][0]["place"] == "cases[0].matter"
    assert "2026-02-30" in report[2]["problems"][0]["sentence"]
    assert laptop.run("case", "import", str(file)) == 2
    assert "cases[0].matter" in laptop.said


@pytest.mark.parametrize(
    "raw", [b"", b"PK\x03\x04", b"[" * 100_000, '{"format":"和"}'.encode("gbk")]
)
def test_a_file_that_is_none_is_refused_in_words(
    laptop: Laptop, tmp_path: Path, raw: bytes
) -> None:
    file = tmp_path / "cases.json"
    file.write_bytes(raw)
    assert laptop.run("case", "import", str(file)) == 2
    assert laptop.refused
    assert "Traceback" not in laptop.refused
    assert not (laptop.data / "logs").exists()


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("case", "show", "没有这个人"), 2),
        (("case", "show", ""), 2),
        (("case", "show", "00000000-0000-7000-8000-000000000000"), 2),
        (("case", "import", "nowhere.json"), 2),
        (("print", "围墙", "--document", "poem", "--out", "x"), 2),
        (("print", "围墙", "--document", "oral_register", "--out", "x.pdf"), 2),
        (("sync",), 2),
        (("enrol", "not a url", "AAAAA-AAAAA"), 2),
        (("enrol", "http://127.0.0.1:9", "short"), 2),
        (("set-up", "--committee", "第二个", "--mediator", "钱八"), 2),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else "",
)
def test_what_cannot_be_is_refused_in_words(
    laptop: Laptop, words: tuple[str, ...], code: int
) -> None:
    assert laptop.run(*words) == code
    assert laptop.refused.strip()
    assert "Traceback" not in laptop.refused
    assert not (laptop.data / "logs").exists()


def test_words_that_fit_several_name_them(laptop: Laptop) -> None:
    for number in ("一", "二"):
        case = {"matter": f"水渠{number}", "facts": "水渠"}
        file = laptop.data / "more.json"
        file.write_text(json.dumps({"format": "heshi-cases/1", "cases": [case]}), encoding="utf-8")
        assert laptop.run("case", "import", str(file)) == 0
    assert laptop.run("case", "show", "水渠") == 2
    assert len(laptop.said.splitlines()) == 2


def test_the_journal_is_walked(laptop: Laptop) -> None:
    assert laptop.run("journal", "verify") == 0
    assert "3" in laptop.said


def test_before_enrolment_it_is_told_how_much_is_kept(laptop: Laptop) -> None:
    assert laptop.run("waiting") == 0
    assert "还没有登记" in laptop.said
    assert "3 条" in laptop.said  # the set-up and two cases
    assert laptop.run("waiting", "--json") == 0
    assert json.loads(laptop.said) == []
    assert "3 条" in laptop.refused
    assert laptop.run("waiting", lang="en") == 0
    assert "enrolment (heshi enrol URL CODE): 3" in laptop.said


def test_a_second_set_up_is_refused_in_one_language(laptop: Laptop) -> None:
    assert laptop.run("set-up", "--committee", "第二个", "--mediator", "钱八") == 2
    assert "调委会 已经有了" in laptop.refused
    assert "committee" not in laptop.refused


def test_what_is_missing_has_an_owner(laptop: Laptop, tmp_path: Path) -> None:
    people = [{"ref": "a", "name": "赵六", "sex": "女"}, {"ref": "b", "name": "钱八"}]
    parties = [{"ref": "a", "role": "applicant"}, {"ref": "b", "role": "respondent"}]
    case = {"matter": "水渠", "people": people, "parties": parties}
    import_file(laptop, tmp_path, case)
    assert laptop.run("case", "show", "水渠") == 0
    [first] = [line for line in laptop.said.splitlines() if line.startswith("还缺 (赵六)")]
    [second] = [line for line in laptop.said.splitlines() if line.startswith("还缺 (钱八)")]
    assert "民族" in first
    assert "性别" not in first
    assert "性别" in second


def test_english_divides_names_in_its_own_way(laptop: Laptop, tmp_path: Path) -> None:
    assert laptop.run("case", "show", "围墙", lang="en") == 0
    assert "张三, 李四" in laptop.said
    words = ("print", "唐某", "--document", "oral_register", "--out", str(tmp_path / "one.pdf"))
    assert laptop.run(*words, lang="en") == 0
    assert "(1 page)" in laptop.said


def test_amounts_for_programs_say_their_unit(laptop: Laptop) -> None:
    assert laptop.run("case", "list", "--json") == 0
    lines = json.loads(laptop.said)
    assert all("amount" not in line for line in lines)
    assert [line["amount_fen"] for line in lines if line["number"]] == [80000]


def test_all_faults_of_a_case_are_told_at_once(laptop: Laptop, tmp_path: Path) -> None:
    case = {
        "matter": "水渠",
        "foo": 1,
        "dispute_typ": "NEIGHBOUR",
        "dispute_type": "QUARREL",
        "accepted_on": "2026-01-05",
        "people": [{"ref": "a", "name": "赵六", "phone": "12", "sex": "x"}],
        "sessions": [{"attendance": [{"party": "z"}, {"party": "y"}]}],
    }
    assert import_file(laptop, tmp_path, case) == 2
    problems = {one["place"]: one for one in json.loads(laptop.said)[0]["problems"]}
    assert "不认识“foo”" in problems["cases[0].foo"]["sentence"]
    assert "matter" in problems["cases[0].foo"]["sentence"]
    assert "dispute_type" in problems["cases[0].dispute_typ"]["sentence"]
    assert "男, 女。" in problems["cases[0].people[0].sex"]["sentence"]
    assert problems["cases[0].people[0].phone"]["code"] == "not_a_phone"
    assert problems["cases[0].dispute_type"]["code"] == "unknown_code"
    assert problems["cases[0].parties"]["code"] == "two_sides_needed"
    assert problems["cases[0].sessions[0].attendance[0].party"]["code"] == "person_unknown"
    assert problems["cases[0].sessions[0].attendance[1].party"]["code"] == "person_unknown"


def import_file(laptop: Laptop, folder: Path, *cases: dict[str, Any]) -> int:
    file = folder / "cases.json"
    file.write_text(json.dumps({"format": "heshi-cases/1", "cases": cases}), encoding="utf-8")
    return laptop.run("case", "import", str(file), "--json")


def test_a_wrong_password_and_none_at_all(
    laptop: Laptop, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("HESHI_PASSWORD", "ein falsches Wort")
    assert laptop.run("case", "list") == 2
    monkeypatch.delenv("HESHI_PASSWORD")
    assert laptop.run("case", "list") == 2
    assert "HESHI_PASSWORD" in laptop.refused
    assert "--password-file" in laptop.refused
    note = tmp_path / "password"
    note.write_text(PASSWORD + "\n", encoding="utf-8")
    assert laptop.run("case", "list", "--password-file", str(note)) == 0
    assert laptop.run("case", "list", "--password-file", str(tmp_path / "none")) == 2


def test_an_empty_folder_is_told_how_to_begin(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    laptop = Laptop(tmp_path / "empty", capsys)
    assert laptop.run("case", "list") == 2
    assert "heshi set-up" in laptop.refused
    assert not (tmp_path / "empty").exists()


def test_the_program_looks_itself_over(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["self-check", "--lang", "en"]) == 0
    said = capsys.readouterr().out
    assert "sqlite, sqlcipher" in said
    assert "\n- " not in said


def test_a_self_check_tells_what_is_not_well(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    from app import paths

    monkeypatch.setattr(paths, "resources", lambda: tmp_path)
    assert main(["self-check", "--lang", "en"]) == 1
    assert "- resources: fonts" in capsys.readouterr().out


def test_our_own_bug_leaves_a_report_without_words_of_anybody(
    laptop: Laptop, monkeypatch: pytest.MonkeyPatch
) -> None:
    from app.services import importing

    def broken(*_: object) -> None:
        raise KeyError("张三")

    monkeypatch.setattr(importing, "import_cases", broken)
    assert laptop.run("case", "import", str(ROOF)) == 1
    report = next((laptop.data / "logs").glob("report-*.txt")).read_text(encoding="utf-8")
    assert "KeyError" in report
    assert "张三" not in report + laptop.refused
    assert "Traceback" not in laptop.refused


def test_the_schema_is_json(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["case", "schema"]) == 0
    assert json.loads(capsys.readouterr().out)["title"] == "heshi-cases/1"


def test_everything_is_said_in_both_languages() -> None:
    assert set(WORDS) == set(Say)
    assert all(len(words) == len(LANGUAGES) for words in WORDS.values())
    for chinese, english in WORDS.values():
        assert sorted(_blanks(chinese)) == sorted(_blanks(english))


def _blanks(text: str) -> list[str]:
    return [part.split("}")[0] for part in text.split("{")[1:]]


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_explains_itself(verb: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main([verb, "--help"])
    assert ended.value.code == 0
    assert "usage: heshi" in capsys.readouterr().out


def test_a_refusal_is_never_a_bug(laptop: Laptop, monkeypatch: pytest.MonkeyPatch) -> None:
    from app.domain.problems import Problem
    from app.services import importing

    def full(*_: object) -> None:
        raise Refused(Problem(ProblemCode.DISK_FULL))

    monkeypatch.setattr(importing, "import_cases", full)
    assert laptop.run("case", "import", str(ROOF)) == 2
    assert not (laptop.data / "logs").exists()


def test_the_whole_file_goes_into_one_sealed_pdf(laptop: Laptop, tmp_path: Path) -> None:
    target = tmp_path / "file.pdf"
    assert laptop.run("print", "围墙", "--document", "file", "--out", str(target)) == 0
    assert laptop.run("verify", str(target)) == 2  # nobody but this laptop vouches for it yet
    assert "〔2024〕演练人调字第001号" in laptop.said
    missing = tmp_path / "missing.pdf"
    assert laptop.run("print", "围墙", "--document", "missing", "--out", str(missing)) == 0
    assert laptop.run("print", "围墙", "--document", "changed", "--out", str(missing)) == 2


def test_the_register_tells_every_number(laptop: Laptop) -> None:
    assert laptop.run("register", "--year", "2024", "--json") == 0
    (line,) = json.loads(laptop.said)
    assert (line["text"], line["state"]) == ("〔2024〕演练人调字第001号", "used")
    assert laptop.run("register", "--year", "2024", lang="en") == 0
    assert "used" in laptop.said
    assert laptop.run("register", "--year", "1999") == 0
    assert laptop.said == ""


def test_a_blank_form_is_made_for_the_field(laptop: Laptop, tmp_path: Path) -> None:
    target = tmp_path / "blank.pdf"
    assert laptop.run("blank", "mediation_record", "--out", str(target)) == 0
    assert target.read_bytes().startswith(b"%PDF-")
    assert laptop.run("blank", "ghost", "--out", str(target)) == 2
    words = ("--case", "没有这样的案件", "--out", str(target))
    assert laptop.run("blank", "mediation_record", *words) == 2
