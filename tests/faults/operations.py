"""What is interrupted: operations of the program that say each thing that is safe, and how to look
afterwards whether it is.

One operation serves kills, power loss, full and failing disks alike. Another one is a class with
the methods of `places.Operation` and a line in `registry.OPERATIONS`. A step must never say a word
before the commit (or the receipt) behind it is there.
"""

from __future__ import annotations

import random
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import ClassVar

from app.cli.house import open_with, practice
from app.domain.agreements import Agreement, AgreementForm, AgreementState, Clause
from app.domain.attachments import Attachment, AttachmentKind
from app.domain.ids import new_id
from app.security import slots
from app.security.slot_files import SlotFiles
from app.security.vault import KEYRING, Vault
from app.services.agreements import draft_agreement, finalise_agreement, save_agreement
from app.services.attachments import add_attachment
from app.services.importing import import_cases
from app.services.lines import CaseQuery
from app.storage.backup import DAILY_KEPT, FOLDER_NAME
from app.storage.cipher import FILE_NAME, connect
from app.storage.migrations import LATEST, version_of
from app.storage.quick import QuickStore
from app.storage.store import open_store
from app.ui.runtime.marks import override
from tests.fakes import FakeDevice, signature_fits
from tests.faults.places import (
    DATA,
    FIRST_SECRET,
    KEY,
    NO_PICTURES,
    OLD_STORES,
    DayAfterDay,
    Found,
    OnOneLaptop,
    Operation,
    Refusal,
    Say,
    SpokenSecrets,
    Step,
    is_whole_copy,
    new_case,
    newest_copy,
    opened,
    practice_case,
    reads,
    slots_book,
    whole_cases,
)
from tests.storage.old_databases.make import KEY as OLD_KEY


class Saving(OnOneLaptop):
    """A case with two new people, then a draft, again and again."""

    name: ClassVar[str] = "save a case"

    @contextmanager
    def begin(self, place: Path, say: Say) -> Iterator[Step]:
        with open_with(place / DATA, KEY, "password") as house:

            def step(number: int) -> None:
                say(f"case {new_case(house)}")
                key = f"case:{new_id()}"
                with house.unit() as uow:
                    uow.drafts.keep(key, "屋檐滴水" * 50)
                    uow.commit()
                say(f"draft {key}")

            yield step

    @override
    def find(self, place: Path, said: Sequence[str]) -> Found:
        data = place / DATA
        if (data / FILE_NAME).exists():
            # The first list of the window reads what a crash left without repairing it.
            quick = QuickStore(data, KEY)
            listed = len(quick.case_keys(CaseQuery()))
            quick.close()
        else:
            listed = 0
        with opened(data) as house, house.unit() as uow:
            cases, half = whole_cases(house)
            drafts = {f"draft {one.key}" for one in uow.drafts.all()}
            found = len(uow.lists.case_keys(CaseQuery(text="檐滴水屋")))
            if not listed == found == len(cases):
                half = half or f"of {len(cases)} cases {listed} are listed and {found} are found"
        return Found(frozenset({f"case {one}" for one in cases} | drafts), half)


class Attaching(OnOneLaptop):
    """Files of a few pieces come to a case."""

    name: ClassVar[str] = "add a file"

    @contextmanager
    def begin(self, place: Path, say: Say) -> Iterator[Step]:
        rules, chance = practice(), random.Random()
        with open_with(place / DATA, KEY, "password") as house:
            case_id = new_case(house)
            say(f"case {case_id}")

            def step(number: int) -> None:
                content = b"%PDF-" + chance.randbytes(chance.choice((10, 4000, 70_000, 200_000)))
                described = Attachment(
                    id=new_id(), case_id=case_id, kind=AttachmentKind.OTHER,
                    sha256="", size=0, media_type="",
                )  # fmt: skip
                with house.unit() as uow:
                    stored = add_attachment(
                        uow, content, described, reader=NO_PICTURES, practice=rules
                    )
                say(f"file {stored.id} {stored.sha256}")

            yield step

    @override
    def find(self, place: Path, said: Sequence[str]) -> Found:
        with opened(place / DATA) as house, house.unit() as uow:
            cases, half = whole_cases(house)
            files = [one for case in cases for one in uow.records.of_case(Attachment, case)]
            words = {f"case {one}" for one in cases}
            for one in files:
                if not reads(uow.files.read, one.sha256):
                    half = half or "a file is told of and cannot be read"
                words.add(f"file {one.id} {one.sha256}")
        return Found(frozenset(words), half)


class Freezing(OnOneLaptop):
    """An agreement gets its number and is frozen."""

    name: ClassVar[str] = "freeze an agreement"

    @contextmanager
    def begin(self, place: Path, say: Say) -> Iterator[Step]:
        rules = practice()
        with open_with(place / DATA, KEY, "password") as house:

            def step(number: int) -> None:
                document = practice_case(f"freeze {new_id()}", agreed=False)
                (item,) = import_cases(house.unit, document, rules).items
                if item.case_id is None:
                    raise Refusal(item.problems)
                say(f"case {item.case_id}")
                with house.unit() as uow:
                    draft = draft_agreement(uow, item.case_id, AgreementForm.WRITTEN)
                clause = Clause(id=new_id(), text="李四把围墙退回原墙基。")
                with house.unit() as uow:
                    save_agreement(uow, replace(draft, clauses=(clause,)), based_on=draft)
                with house.unit() as uow:
                    final = finalise_agreement(uow, draft.id, rules)
                say(f"frozen {final.id} {final.number}")

            yield step

    @override
    def find(self, place: Path, said: Sequence[str]) -> Found:
        with opened(place / DATA) as house, house.unit() as uow:
            cases, half = whole_cases(house)
            papers = [one for case in cases for one in uow.records.of_case(Agreement, case)]
        words = {f"case {one}" for one in cases}
        numbers = [one.number for one in papers if one.number]
        for one in papers:
            if (one.state is AgreementState.FINAL) != bool(one.number):
                half = half or "an agreement has a number and is not frozen, or the reverse"
            if one.state is AgreementState.FINAL:
                words.add(f"frozen {one.id} {one.number}")
        doubled = "" if len(set(numbers)) == len(numbers) else "one number on two papers"
        return Found(frozenset(words), half, doubled)


class Slots(OnOneLaptop):
    """The keyring forgot its secret: the key is wrapped anew in both copies of the slot file."""

    name: ClassVar[str] = "rewrite the key slots"

    @override
    def prepare(self, place: Path) -> None:
        super().prepare(place)
        book = slots_book()
        SlotFiles(place / DATA / "keys").write(book)

    @contextmanager
    def begin(self, place: Path, say: Say) -> Iterator[Step]:
        files = SlotFiles(place / DATA / "keys")
        vault = Vault(place / DATA / "keys", SpokenSecrets(say))

        def step(number: int) -> None:
            vault.mend_keyring(KEY)
            say(f"slots {files.read().generation}")

        yield step

    @override
    def find(self, place: Path, said: Sequence[str]) -> Found:
        book = SlotFiles(place / DATA / "keys").read()
        secrets = dict(one.split()[1:] for one in said if one.startswith("secret "))
        slot = book.slot(KEYRING)
        half = ""
        if slot is None or slots.unwrap_keyring(slot, secrets.get(slot.id, FIRST_SECRET)) != KEY:
            half = "the key cannot be got out of the slots"
        words = {f"slots {number}" for number in range(book.generation + 1)}
        return Found(frozenset(words | {one for one in said if one.startswith("secret ")}), half)


class Copying(OnOneLaptop):
    """Every day a case and the daily copy; old copies go."""

    name: ClassVar[str] = "backup and prune"
    lives: ClassVar[int] = 10

    @contextmanager
    def begin(self, place: Path, say: Say) -> Iterator[Step]:
        clock = DayAfterDay(newest_copy(place / DATA))
        store = open_store(place / DATA, KEY, clock, app_version="0")
        with open_with(place / DATA, KEY, "password") as house:
            try:

                def step(number: int) -> None:
                    say(f"case {new_case(house)}")
                    clock.moment += timedelta(days=1)
                    made = store.back_up_daily()
                    if made is not None:
                        say(f"copy {made.name}")

                yield step
            finally:
                store.close()

    @override
    def find(self, place: Path, said: Sequence[str]) -> Found:
        with opened(place / DATA) as house:
            cases, half = whole_cases(house)
        copies = sorted((place / DATA / FOLDER_NAME).glob("heshi-*.db"))
        for one in copies[-2:]:
            half = half or ("" if is_whole_copy(one) else f"{one.name} is not whole")
        # One more while the oldest is being taken away.
        if len(copies) > DAILY_KEPT + 1:
            half = half or f"{len(copies)} copies are kept"
        newest = f"copy {copies[-1].name}" if copies else ""
        gone = {one for one in said if one.startswith("copy ") and one < newest}
        words = {f"case {one}" for one in cases} | {f"copy {one.name}" for one in copies} | gone
        return Found(frozenset(words), half)


class Migrating(OnOneLaptop):
    """A store of an older Heshi is opened by this one."""

    name: ClassVar[str] = "migrate an old store"
    lives: ClassVar[int] = 1
    steps: ClassVar[int] = 1

    @override
    def prepare(self, place: Path) -> None:
        (place / DATA).mkdir(parents=True)
        old = [one for one in sorted(OLD_STORES.glob("*.db")) if int(one.stem[-4:]) < LATEST]
        shutil.copyfile(random.choice(old), place / DATA / FILE_NAME)

    @contextmanager
    def begin(self, place: Path, say: Say) -> Iterator[Step]:
        def step(number: int) -> None:
            store = open_store(place / DATA, OLD_KEY, DayAfterDay(), app_version="0")
            say("migrated")
            store.close()

        yield step

    @override
    def find(self, place: Path, said: Sequence[str]) -> Found:
        data = place / DATA
        words: set[str] = set()
        before = connect(data / FILE_NAME, OLD_KEY)
        if version_of(before) == LATEST:
            words.add("migrated")
        before.close()
        store = open_store(data, OLD_KEY, DayAfterDay(), app_version="0")
        store.attach(FakeDevice(), signature_fits)
        try:
            with store.unit() as uow:
                (line,) = uow.lists.case_lines(uow.lists.case_keys(CaseQuery(text="zhangsan")))
                file = uow.records.case_file(line.id)
                whole = [one.number for one in file.agreements] == [line.number]
                whole = whole and [one.key for one in uow.drafts.all()] == ["session:new"]
                whole = whole and uow.journal.verify().entries == 3
            half = "" if whole else "the old records are not all there"
            half = half or ("" if store.is_sound() else "the file is damaged")
        finally:
            store.close()
        return Found(frozenset(words), half)


class Importing(OnOneLaptop):
    """A file of three whole cases is taken in; whoever died in the middle takes it in again."""

    name: ClassVar[str] = "import a file of cases"

    @contextmanager
    def begin(self, place: Path, say: Say) -> Iterator[Step]:
        rules = practice()
        with open_with(place / DATA, KEY, "password") as house:
            with house.unit() as uow:
                done = len(uow.lists.case_keys(CaseQuery())) // 3

            def step(number: int) -> None:
                marks = [f"{3 * (done + number) + one:06d}" for one in range(3)]
                items = import_cases(house.unit, practice_case(*marks), rules).items
                for item in items:
                    if item.case_id is None:
                        raise Refusal(item.problems)
                for item in items:
                    say(f"case {item.case_id}")

            yield step

    @override
    def find(self, place: Path, said: Sequence[str]) -> Found:
        with opened(place / DATA) as house, house.unit() as uow:
            cases, half = whole_cases(house)
            files = [uow.records.case_file(one) for one in cases]
        for one in files:
            if not (one.sessions and one.agreements and one.follow_ups and one.case.closing):
                half = half or "a case came in without all its parts"
        marks = [one.case.title for one in files]
        doubled = "" if len(set(marks)) == len(marks) else "a case came in twice"
        return Found(frozenset(f"case {one}" for one in cases), half, doubled)


ON_ONE_LAPTOP: tuple[Operation, ...] = (
    Saving(), Attaching(), Freezing(), Slots(), Copying(), Migrating(), Importing(),
)  # fmt: skip
