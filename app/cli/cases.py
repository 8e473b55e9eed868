"""`heshi case ...` and `heshi print ...`."""

from __future__ import annotations

import argparse
import json
import os
from dataclasses import fields
from pathlib import Path
from typing import Any

from app.cli.finding import find_case
from app.cli.house import House, in_house, practice, printshop
from app.cli.words import Say, Speaker
from app.domain.agreements import total_fen
from app.domain.casefile import CaseFile, file_title
from app.domain.completeness import DocumentKind, documents, missing
from app.domain.ids import RecordId
from app.domain.money import figures
from app.domain.problems import ProblemCode, refuse
from app.services import importing
from app.services.file_light import document_rules
from app.services.lines import CaseLine, CaseQuery
from app.services.paper_values import Printed
from app.services.papers import FileChoice, WhichPapers, make_all, make_file, make_paper
from app.services.ports import PaperSigner, Practice, UnitOfWork

PAGE = 500
# Words that ask for several papers in one PDF.
TOGETHER = {
    "file": WhichPapers.WHOLE,
    "missing": WhichPapers.MISSING,
    "changed": WhichPapers.CHANGED,
}


def schema(arguments: argparse.Namespace, speaker: Speaker) -> int:
    """The JSON Schema of a file of cases."""
    speaker.out(json.dumps(importing.case_schema(), ensure_ascii=False, indent=2))
    return 0


def take_in(arguments: argparse.Namespace, speaker: Speaker) -> int:
    """Takes in a file of cases; 2 when some of them did not go in."""
    try:
        with arguments.file.open("rb") as file:
            raw = file.read(51 * 1024 * 1024)
    except OSError:
        raise refuse(ProblemCode.FILE_UNREADABLE) from None

    def work(house: House) -> int:
        with house.unit() as uow:
            rules = practice(uow)
        report = importing.import_cases(house.unit, raw, rules)
        if arguments.json:
            speaker.out(
                json.dumps(
                    [_item(one, speaker) for one in report.items], ensure_ascii=False, indent=2
                )
            )
        else:
            _tell(report, speaker)
        return 2 if report.refused else 0

    return in_house(arguments, speaker, work)


def _item(one: importing.ImportItem, speaker: Speaker) -> dict[str, Any]:
    problems = [
        {"place": it.field, "code": it.code.value, "sentence": speaker.sentence(it)}
        for it in one.problems
    ]
    return {"place": one.place, "title": one.title, "case": one.case_id, "problems": problems}


def _tell(report: importing.ImportReport, speaker: Speaker) -> None:
    for one in report.items:
        there = Say.KNOWN if one.problems else Say.TAKEN
        fate = there if one.case_id else Say.REFUSED
        name = f"{one.place} {one.title}".strip()
        speaker.out(f"{name}  {speaker.words(fate)}  {one.case_id or ''}".rstrip())
        for problem in one.problems if one.case_id is None else ():
            speaker.out(f"    {speaker.placed(problem)}")
    speaker.say(Say.IMPORT_SUM, taken=report.taken, known=report.known, refused=report.refused)


def list_cases(arguments: argparse.Namespace, speaker: Speaker) -> int:
    """All cases, or those that fit the words, newest first."""

    def work(house: House) -> int:
        with house.unit() as uow:
            keys = uow.lists.case_keys(CaseQuery(text=arguments.text))
            lines = [
                line
                for start in range(0, len(keys), PAGE)
                for line in uow.lists.case_lines(keys[start : start + PAGE])
            ]
        if arguments.json:
            plain = [line_values(line) for line in lines]
            speaker.out(json.dumps(plain, ensure_ascii=False, indent=2))
        else:
            for line in lines:
                speaker.out(line_text(line, speaker))
        return 0

    return in_house(arguments, speaker, work)


def line_values(line: CaseLine) -> dict[str, Any]:
    """A line of the list as plain JSON values; the amount is called `amount_fen`."""
    values = {
        "amount_fen" if one.name == "amount" else one.name: getattr(line, one.name)
        for one in fields(line)
        if one.name != "key"
    }
    day = values["accepted_on"]
    return {**values, "accepted_on": day.isoformat() if day else None}


def line_text(line: CaseLine, speaker: Speaker) -> str:
    """A line of the list for people."""
    sides = (line.applicants, line.respondents)
    who = " / ".join(speaker.joined(names.split("、")) for names in sides if names)
    amount = figures(line.amount) if line.amount is not None else ""
    parts = (line.id[:13], _stage(line.stage.value, speaker), line.number, who, line.matter, amount)
    return "  ".join(part for part in parts if part)


def _stage(stage: str, speaker: Speaker) -> str:
    from app.ui.runtime.problems import stage_name

    return stage_name(stage, speaker.language)


def show(arguments: argparse.Namespace, speaker: Speaker) -> int:
    """One case: for people, or with ``--json`` as a file of cases."""

    def work(house: House) -> int:
        with house.unit() as uow:
            case_id = find_case(uow, arguments.case, speaker)
            if case_id is None:
                return 2
            file, rules = uow.records.case_file(case_id), practice(uow)
        if arguments.json:
            document = importing.export_case(file)
            speaker.out(json.dumps(document, ensure_ascii=False, indent=2))
        else:
            _describe(file, rules, speaker)
        return 0

    return in_house(arguments, speaker, work)


def _describe(file: CaseFile, rules: Practice, speaker: Speaker) -> None:
    speaker.out(f"{file_title(file, rules.codes)}  [{_stage(file.case.stage.value, speaker)}]")
    speaker.out(file.case.id)
    names = speaker.joined(filter(None, file.names().values()))
    speaker.out(f"{speaker.words(Say.PARTIES)}: {names}")
    for agreement in file.living_agreements:
        name = agreement.number or speaker.words(Say.NO_NUMBER)
        amount = figures(total_fen(agreement))
        speaker.out(f"{speaker.words(Say.AGREEMENTS)}: {name}  {amount}")
    for whose, names_of_fields in gaps(file, rules, speaker.language).items():
        where = f"{speaker.words(Say.MISSING)} ({whose})" if whose else speaker.words(Say.MISSING)
        speaker.out(f"{where}: {speaker.joined(names_of_fields)}")
    for review in file.reviews:
        speaker.out(f"{speaker.words(Say.REMARKS)}: {review.author}: {review.text}")


def gaps(file: CaseFile, rules: Practice, language: str) -> dict[str, list[str]]:
    """What is missing, by whose it is: a name, or "" for what is the case's own."""
    from app.ui.runtime.problems import field_name

    names = file.names()
    names |= {one.id: one.name for one in file.people.values()}
    names |= {one.id: one.name for one in file.organisations.values()}
    found: dict[str, list[str]] = {}
    for one in missing(file, document_rules(rules)):
        fields_of = found.setdefault(names.get(one.owner_id, ""), [])
        name = field_name(one.owner, one.field, language)
        if name not in fields_of:
            fields_of.append(name)
    return found


def print_papers(arguments: argparse.Namespace, speaker: Speaker) -> int:
    """Writes papers as PDF: one into the file PATH, several into the folder PATH."""
    wanted: str = arguments.document
    if not known_document(wanted, speaker, "all", *TOGETHER):
        return 2

    def work(house: House) -> int:
        with house.unit() as uow:
            case_id = find_case(uow, arguments.case, speaker)
            if case_id is None:
                return 2
            made = _made(uow, practice(uow), house.signer(uow), case_id, wanted)
            uow.commit()
        if not made:
            raise refuse(ProblemCode.NOTHING_TO_PRINT)
        for path, paper in targets(arguments.out, made):
            write_paper(path, paper, speaker)
        return 0

    return in_house(arguments, speaker, work)


def known_document(wanted: str, speaker: Speaker, *others: str) -> bool:
    """Whether there is such a paper, or it is one of `others`; says so if not."""
    kinds = [*(kind.value for kind in DocumentKind), *others]
    if wanted not in kinds:
        speaker.warn(Say.UNKNOWN_DOCUMENT, kind=wanted[:40], kinds=", ".join(kinds))
    return wanted in kinds


def _made(
    uow: UnitOfWork, county: Practice, signer: PaperSigner, case_id: RecordId, wanted: str
) -> tuple[Printed, ...]:
    """What was asked for, as the county wants its files; frozen texts are sealed."""
    shop, rules = printshop(county), document_rules(county)
    if wanted == "all":
        return make_all(uow, shop, case_id, signer, rules=rules)
    if wanted in TOGETHER:
        choice = FileChoice(TOGETHER[wanted])
        made = make_file(uow, shop, signer, case_id, choice, rules=rules)
        return (Printed(made.pdf, made.pages, made.name),)
    file = uow.records.case_file(case_id)
    subjects = [one.subject_id for one in documents(file, rules) if one.kind == wanted]
    return tuple(
        make_paper(uow, shop, case_id, wanted, one, signer, rules=rules) for one in subjects
    )


def write_paper(path: Path, paper: Printed, speaker: Speaker) -> None:
    """Writes one PDF and says where. Raises OUTPUT_UNWRITABLE."""
    _write(path, paper.pdf)
    one_page = Say.WRITTEN_ONE if paper.pages == 1 else Say.WRITTEN
    speaker.say(one_page, path=path, pages=paper.pages)


def targets(out: Path, papers: tuple[Printed, ...]) -> list[tuple[Path, Printed]]:
    """Where each paper goes.

    A single one to ``out`` if that names a PDF, else all into the folder, numbered in order.
    """
    if len(papers) == 1 and out.suffix.lower() == ".pdf" and not out.is_dir():
        return [(out, papers[0])]
    names = [Path(paper.name).name.removesuffix(".pdf") for paper in papers]
    return [
        (out / f"{number:02d}-{name}.pdf", paper)
        for number, (name, paper) in enumerate(zip(names, papers, strict=True), 1)
    ]


def _write(path: Path, pdf: bytes) -> None:
    """Writes a file whole or not at all. Raises OUTPUT_UNWRITABLE."""
    part = path.with_name(path.name + ".part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            part.unlink(missing_ok=True)
            # Names and numbers of people stand in it: for nobody else on this computer.
            with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
                out.write(pdf)
            part.replace(path)
        finally:
            # Half a paper holds names too.
            part.unlink(missing_ok=True)
    except OSError:
        raise refuse(ProblemCode.OUTPUT_UNWRITABLE) from None


VERBS = {
    "schema": schema,
    "import": take_in,
    "list": list_cases,
    "show": show,
    "print": print_papers,
}
