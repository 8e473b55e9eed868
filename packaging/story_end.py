"""The demo's whole case, last part: performance, the visit, the court, closing and the review."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import story_words as words
from app.domain.cases import Closing, FileNote, Retention
from app.domain.duties import duties
from app.domain.followups import FollowUp
from app.domain.ids import RecordId, new_id
from app.domain.performances import Performance
from app.domain.printing import CameOut, PrintedPaper, Printing
from app.domain.reviews import Decision
from app.services import (
    closing,
    confirmations,
    followups,
    intake,
    papers,
    performances,
    print_log,
    reviews,
)
from app.services.file_light import FileLight, file_light
from app.services.number_register import make_register
from app.services.paper_values import Printed, PrintedFile
from laptop import Laptop
from story import case_file


def pay_first(laptop: Laptop, case_id: RecordId) -> Performance:
    """The first instalment in cash, with a receipt; it ticks off its duty."""
    agreement = case_file(laptop, case_id).main_agreement()
    assert agreement is not None
    first = next(one for one in duties(agreement) if one.instalment == 1)
    paid: Performance = laptop.do(performances.blank_performance, agreement.id, first.key)
    witness = laptop.read(lambda unit: unit.actor.name)
    done: Performance = laptop.do(performances.record_performance, replace(paid, witness=witness))
    return done


def confirm(laptop: Laptop, case_id: RecordId) -> date | None:
    """The joint application to the court; returns the last day for it."""
    agreement = case_file(laptop, case_id).main_agreement()
    assert agreement is not None
    one = laptop.do(confirmations.blank_confirmation, agreement.id)
    laptop.do(confirmations.save_confirmation, replace(one, court=words.COURT), laptop.practice)
    return confirmations.last_day(agreement, laptop.practice.clocks.confirmation_days)


def close(laptop: Laptop, case_id: RecordId) -> None:
    """Closed with its result; the note on the state of the file is written."""
    today = laptop.today()
    end = Closing(
        on=today,
        result="SUCCESS",
        performance="PARTLY_PERFORMED",
        opinion="双方自愿达成协议，第一期已付清，同意结案，按期督促履行。",
    )
    laptop.do(closing.close_case, case_id, end)
    case = case_file(laptop, case_id).case
    laptop.do(intake.save_case, replace(case, retention=Retention.SHORT), based_on=case)
    actor = laptop.read(lambda unit: unit.actor.name)
    note = FileNote(
        situation=words.SITUATION,
        filed_by=actor,
        filed_on=today,
        checked_by=actor,
        checked_on=today,
    )
    laptop.do(closing.save_file_note, case_id, note)


def hand_in(laptop: Laptop, case_id: RecordId, note: str) -> None:
    laptop.do(reviews.submit_file, case_id, note)


def send_back(laptop: Laptop, case_id: RecordId) -> None:
    remark = "还没有回访，请补上回访记录再报。"
    laptop.do(reviews.review_file, case_id, Decision.RETURNED, remark, "follow_up")


def visit(laptop: Laptop, case_id: RecordId) -> None:
    """The visit that was forgotten is paid and written down."""
    agreement = case_file(laptop, case_id).main_agreement()
    assert agreement is not None
    found = FollowUp(
        id=new_id(),
        case_id=case_id,
        agreement_id=agreement.id,
        visited_on=laptop.today(),
        method="VISIT",
        party_id=agreement.party_ids[0],
        visitor=laptop.read(lambda unit: unit.actor.name),
        performance="PARTLY_PERFORMED",
        satisfaction="SATISFIED",
        findings="第一期钱收到了，水槽的材料也买回来了，两家见面打招呼了。",
    )
    laptop.do(followups.save_follow_up, found)


def approve(laptop: Laptop, case_id: RecordId) -> None:
    laptop.do(reviews.review_file, case_id, Decision.APPROVED, "材料齐全。")


def light(laptop: Laptop, case_id: RecordId) -> FileLight:
    """Will the file pass, and will it be paid?"""
    return file_light(case_file(laptop, case_id), laptop.practice, laptop.today())


def whole_file(laptop: Laptop, case_id: RecordId) -> PrintedFile:
    """Every paper in one sealed PDF, with page numbers and contents."""
    with laptop.store.unit() as unit:
        seal = laptop.seal(unit)
        return papers.make_file(unit, laptop.printshop, seal, case_id, papers.FileChoice())


def file_came_out_well(laptop: Laptop, case_id: RecordId) -> None:
    """The whole file is printed once, and somebody says that it came out well."""
    made = whole_file(laptop, case_id)
    printing = Printing(
        id=new_id(),
        case_id=case_id,
        at=laptop.read(lambda unit: unit.now()),
        papers=tuple(
            PrintedPaper(
                kind=one.kind.value,
                subject_id=one.subject_id,
                digest=one.digest,
                first_page=one.first_page,
                last_page=one.last_page,
            )
            for one in made.parts
        ),
        printer="演示打印机",
        whole_file=True,
    )
    laptop.do(print_log.log_print, printing)
    laptop.do(print_log.say_came_out, printing.id, CameOut.WELL)


def register_book(laptop: Laptop) -> Printed:
    """This year's register of numbers on paper."""
    with laptop.store.unit() as unit:
        committee_id = unit.actor.committee_id
        assert committee_id is not None
        year = unit.today().year
        return make_register(unit, laptop.printshop, committee_id, year, laptop.practice)


def review_state(laptop: Laptop, case_id: RecordId) -> str:
    """Where the review stands, as the record tells."""
    return case_file(laptop, case_id).review_state().value
