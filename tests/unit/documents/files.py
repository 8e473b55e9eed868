"""A case file that fills a bound book: several long sessions, many clauses, an agreement that is
frozen, and pictures to bind. For tests and measurements only.
"""

from __future__ import annotations

import io
from dataclasses import replace

from PIL import Image, ImageDraw

from app.domain.agreements import Agreement, AgreementState
from app.domain.casefile import CaseFile
from app.domain.completeness import DocumentKind
from app.domain.ids import RecordId
from app.services.paper_values import FilePart, Scan
from tests.unit.documents.worked_case import CASE_ID, full_case, rid

HASH = "ab12cd34" * 8
DIGITS = "甲乙丙丁戊己庚辛壬癸"
_SENTENCE = "双方就水渠边界石的位置各自陈述意见，调解员逐条记录并当场宣读，双方没有异议。"


def frozen_case() -> CaseFile:
    """The worked case with its agreement finalised."""
    file = full_case()
    paper = replace(file.agreements[0], state=AgreementState.FINAL, content_hash=HASH, version=1)
    return replace(file, agreements=(paper, *file.agreements[1:]))


def long_case(number: int = 0, sessions: int = 3, clauses: int = 10) -> CaseFile:
    """About forty pages; another `number` is another text throughout."""
    mark = "".join(DIGITS[int(one)] for one in f"{number:04d}")
    file = frozen_case()
    first, paper = file.sessions[0], file.agreements[0]
    steps = tuple(replace(one, text=_paragraphs(mark, 3)) for one in first.steps)
    records = tuple(
        replace(first, id=rid(300 + index), ordinal=index + 1, steps=steps)
        for index in range(sessions)
    )
    return replace(file, sessions=records, agreements=(_long(paper, mark, clauses),))


def _long(paper: Agreement, mark: str, clauses: int) -> Agreement:
    return replace(
        paper,
        facts=_paragraphs(mark, 2),
        clauses=tuple(
            replace(paper.clauses[0], id=rid(500 + index), text=f"{mark}{index}{_SENTENCE * 3}")
            for index in range(clauses)
        ),
    )


def _paragraphs(mark: str, count: int) -> str:
    return "\n".join(f"第{index}段{mark}，{_SENTENCE * 6}" for index in range(count))


def parts_of(file: CaseFile) -> list[FilePart]:
    """The parts of the bound file that a case of these tests has."""
    agreement = next(one for one in file.agreements if one.form == "written")
    return [
        *(
            FilePart(kind, CASE_ID)
            for kind in (
                DocumentKind.COVER,
                DocumentKind.CONTENTS,
                DocumentKind.ACCEPTANCE_REGISTER,
                DocumentKind.RIGHTS_NOTICE,
            )
        ),
        *(FilePart(DocumentKind.MEDIATION_RECORD, one.id) for one in file.sessions),
        FilePart(DocumentKind.WRITTEN_AGREEMENT, RecordId(agreement.id)),
    ]


def scanned_page(text: str, width: int = 1240, height: int = 1754, form: str = "JPEG") -> bytes:
    """A grey picture of a page at 150 dpi with grain, so that it is as large as a real scan."""
    image = Image.effect_noise((width, height), 12).point(lambda grey: min(255, grey + 90))
    draw = ImageDraw.Draw(image)
    draw.rectangle((9, 9, width - 9, height - 9), outline=0, width=4)
    draw.text((width // 3, height // 2), text, font_size=90, fill=0)
    out = io.BytesIO()
    image.save(out, form, **({"quality": 62} if form == "JPEG" else {}))
    return out.getvalue()


def with_scans(parts: list[FilePart], count: int) -> list[FilePart]:
    """The parts with `count` different scans behind the last one."""
    scans = tuple(Scan(scanned_page(f"{index + 1}")) for index in range(count))
    return [*parts[:-1], replace(parts[-1], scans=scans)]
