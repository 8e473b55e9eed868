"""A file with something of everything in it, as a county laptop shows it. People and places are
made up.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time

from app.domain.acts import Act
from app.domain.agreements import Agreement, Clause, Waiver
from app.domain.attachments import Attachment, AttachmentKind
from app.domain.casefile import CaseFile
from app.domain.confirmations import Confirmation, ConfirmationOutcome
from app.domain.evidence import Evidence
from app.domain.findings import waiver_of
from app.domain.ids import RecordId
from app.domain.investigations import Exchange, Investigation
from app.domain.letters import Delivery, Letter, LetterKind, Reply
from app.domain.printing import CameOut, PrintedPaper, Printing
from app.domain.readings import Reading, ReadingTick
from app.services.agreement_help import findings
from app.services.ports import Practice
from app.services.reading_aloud import clause_hashes
from tests.fakes import FakeDevice, MemoryStore
from tests.ui.cases.after import keep
from tests.unit.documents.worked_case import CASE_ID, rid
from tests.unit.services.good_file import MADE_ON, good_file, page

REASON = "双方都认这个数，当面点清。"
STALE = Waiver(finding="vague_word", place="gone", reason="大家都明白是哪天。", by="韦丽君")


def whole_file(practice: Practice) -> CaseFile:
    """All kinds of records; one page of the agreement proven by its code, one filed by hand."""
    file = good_file()
    vague = Clause(id=rid(42), text="石大山尽快把木方清理干净。")
    made = replace(file.agreements[0], clauses=(*file.agreements[0].clauses, vague))
    warned = next(
        one for one in findings(file, made, practice, MADE_ON) if one.code == "vague_word"
    )
    made = replace(
        made,
        content_hash="a" * 64,
        waivers=(replace(waiver_of(warned, REASON), by="韦丽君"), STALE),
    )
    proven = replace(page(100, made.id), page=1, content_hash="a" * 64)
    by_hand = replace(page(102, made.id), page=2)
    old_text = replace(page(103, made.id), page=3, content_hash="b" * 64)
    case = replace(file.case, applied_on=date(2026, 2, 28), applied_orally=True)
    return replace(
        file,
        case=case,
        agreements=(made,),
        attachments=(proven, by_hand, old_text, *_pictures()),
        investigations=(_talk(),),
        evidence=(*file.evidence, _bill()),
        letters=(_letter(),),
        confirmations=(_confirmation(made.id),),
        printings=_prints(made.id),
        readings=(_reading(made),),
    )


def keep_foreign(memory: MemoryStore, file: CaseFile) -> RecordId:
    """Puts the file into a supervisor's store as another laptop's."""
    case_id = keep(memory, file, days_later=50)
    with memory.unit() as unit:
        for reading in file.readings:
            unit.records.put(reading)
        unit.settings.put("actor.role", "supervisor")
        unit.commit(Act.AGREEMENT_READ, case_id)
    memory.kept.owners[("case", case_id)] = FakeDevice("village").device_id
    return case_id


def _talk() -> Investigation:
    return Investigation(
        id=rid(50),
        case_id=CASE_ID,
        ordinal=1,
        held_on=date(2026, 3, 2),
        begun_at=time(9, 5),
        place="梨树坡村三组晒谷坪",
        person_id=rid(11),
        relation="邻居",
        exchanges=(
            Exchange(question="那天您看见什么了？", answer="听见一声响，看见木方落在瓦上。"),
            Exchange(question="还有谁在场？"),
        ),
        investigator_ids=(rid(3),),
        recorder="韦丽君",
    )


def _bill() -> Evidence:
    return Evidence(
        id=rid(61),
        case_id=CASE_ID,
        ordinal=2,
        name="买瓦的收据",
        given_by=rid(20),
        submitted_on=date(2026, 3, 3),
        original=True,
        proves="瓦的价钱",
        compared_by="韦丽君",
        compared_on=date(2026, 3, 3),
    )


def _pictures() -> tuple[Attachment, ...]:
    photo = Attachment(
        id=rid(110),
        case_id=CASE_ID,
        kind=AttachmentKind.PHOTO,
        sha256="1" * 64,
        size=1,
        media_type="image/jpeg",
        subject_id=rid(60),
        caption="西侧屋面的碎瓦",
        taken_on=date(2026, 3, 2),
        taken_by="韦丽君",
    )
    gone = replace(photo, id=rid(111), caption="拍错了的", void_reason="拍错")
    return photo, gone


def _letter() -> Letter:
    return Letter(
        id=rid(65),
        case_id=CASE_ID,
        kind=LetterKind.TRANSFER_LETTER,
        number="〔2026〕梨树坡村人调移字第001号",
        made_on=date(2026, 3, 4),
        addressee="九溪镇司法所",
        reason="涉及房屋质量鉴定。",
        deliveries=(
            Delivery(recipient="秦所长", on=date(2026, 3, 4), by="韦丽君"),
            Delivery(recipient="石大山", on=date(2026, 3, 5), refusal="说要先问儿子"),
        ),
        reply=Reply(on=date(2026, 3, 6), accepted=True, handler="秦所长", words="已派人看过。"),
    )


def _confirmation(agreement_id: RecordId) -> Confirmation:
    return Confirmation(
        id=rid(66),
        case_id=CASE_ID,
        agreement_id=agreement_id,
        court="竹溪县人民法院",
        applied_on=date(2026, 3, 25),
        case_no="（2026）桂0399民特5号",
        decided_on=date(2026, 4, 1),
        outcome=ConfirmationOutcome.VALID,
    )


def _prints(agreement_id: RecordId) -> tuple[Printing, ...]:
    sheet = PrintedPaper(kind="written_agreement", subject_id=agreement_id, digest="x")
    first = Printing(
        id=rid(90),
        case_id=CASE_ID,
        at=datetime(2026, 3, 6, 8, tzinfo=UTC),
        papers=(sheet,),
        copies=4,
        came_out=CameOut.SPOILED,
        spoiled_sheets=2,
        spoiled_reason="卡纸",
    )
    return first, replace(
        first, id=rid(91), came_out=CameOut.WELL, at=datetime(2026, 3, 7, tzinfo=UTC)
    )


def _reading(made: Agreement) -> Reading:
    heard = [(clause, made.party_ids[0]) for clause in made.clauses]
    heard.append((made.clauses[0], made.party_ids[1]))
    ticks = tuple(
        ReadingTick(
            clause_id=clause.id,
            party_id=party,
            text_hash=clause_hashes(made)[clause.id],
            at=datetime(2026, 3, 6, 7, tzinfo=UTC),
        )
        for clause, party in heard
    )
    return Reading(id=rid(95), case_id=CASE_ID, agreement_id=made.id, reader="韦丽君", ticks=ticks)
