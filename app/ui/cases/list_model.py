"""The columns of the case list and how a line is said in words. All lines come from the store a
page at a time.

Never reads the store: `list_page` asks, and painting never waits.
"""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from app.domain.money import figures
from app.domain.reviews import ReviewState
from app.services.lines import CaseLine, CaseSort
from app.ui.runtime.desk import Desk
from app.ui.runtime.texts import REVIEW_STATE_NAMES, delivery_name, name_of, stage_name
from app.ui.widgets.tables import Column, LinesModel

SORT_OF = {
    "parties": CaseSort.NAMES,
    "type": CaseSort.DISPUTE_TYPE,
    "stage": CaseSort.STAGE,
    "accepted": CaseSort.ACCEPTED_ON,
    "amount": CaseSort.AMOUNT,
    "number": CaseSort.NUMBER,
}


def sides(line: CaseLine) -> str:
    """申请人 / 被申请人, as far as they are known."""
    return " / ".join(one for one in (line.applicants, line.respondents) if one) or "—"


def delivery_words(line: CaseLine, language: str) -> str:
    """How far the case is.

    What a supervisor said of it counts more than how far it has travelled.
    """
    if line.review_state in (ReviewState.RETURNED, ReviewState.APPROVED):
        return name_of(REVIEW_STATE_NAMES, line.review_state, language)
    return delivery_name(line.delivery, language)


def case_columns(desk: Desk) -> list[Column[CaseLine]]:
    """The columns in their usual order."""
    codes, language = desk.practice.codes, desk.language

    def kind(line: CaseLine) -> str:
        code = line.dispute_type
        return codes.label("dispute_type", code, language) if code else ""

    def accepted(line: CaseLine) -> str:
        return line.accepted_on.isoformat() if line.accepted_on else ""

    def amount(line: CaseLine) -> str:
        return figures(line.amount) if line.amount is not None else ""

    def stage(line: CaseLine) -> str:
        return stage_name(line.stage, language)

    def delivery(line: CaseLine) -> str:
        return delivery_words(line, language)

    def matter(line: CaseLine) -> str:
        return line.matter

    def number(line: CaseLine) -> str:
        return line.number

    return [
        Column(
            "parties",
            QCoreApplication.translate("CaseColumns", "当事人"),
            sides,
            width=190,
            strong=True,
            elastic=True,
        ),
        Column(
            "matter",
            QCoreApplication.translate("CaseColumns", "为什么事"),
            matter,
            sortable=False,
            width=200,
            elastic=True,
        ),
        Column("type", QCoreApplication.translate("CaseColumns", "纠纷类型"), kind, width=120),
        Column("stage", QCoreApplication.translate("CaseColumns", "进展"), stage, width=100),
        Column(
            "accepted", QCoreApplication.translate("CaseColumns", "受理日期"), accepted, width=110
        ),
        Column(
            "amount",
            QCoreApplication.translate("CaseColumns", "金额（元）"),
            amount,
            width=140,
            right=True,
        ),
        Column("number", QCoreApplication.translate("CaseColumns", "编号"), number, width=210),
        Column(
            "delivery",
            QCoreApplication.translate("CaseColumns", "上报"),
            delivery,
            sortable=False,
            width=110,
        ),
    ]


class CasesModel(LinesModel[CaseLine]):
    """The case list."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(case_columns(desk))
