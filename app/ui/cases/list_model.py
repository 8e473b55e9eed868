"""The columns of the case list and how a line is said in words. All lines come from the store a
page at a time.

Never reads the store: `list_page` asks, and painting never waits.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from PySide6.QtCore import QCoreApplication

from app.domain.ids import RecordId
from app.domain.money import figures
from app.domain.reviews import ReviewState
from app.services.lines import CaseLine, CaseSort
from app.ui.runtime.county_words import delivery_tip
from app.ui.runtime.desk import Desk
from app.ui.runtime.texts import REVIEW_STATE_NAMES, delivery_name, name_of, stage_name
from app.ui.widgets.light_words import light_word
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
    return delivery_name(line.delivery, language, colleague=line.own_committee)


def case_columns(desk: Desk, light: Callable[[CaseLine], str]) -> list[Column[CaseLine]]:
    """The columns in their usual order; `light` says whether the file of a line would pass."""
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
            width=280,
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
            "light",
            QCoreApplication.translate("CaseColumns", "案卷"),
            light,
            sortable=False,
            width=68,
        ),
        Column(
            "accepted", QCoreApplication.translate("CaseColumns", "受理日期"), accepted, width=110
        ),
        Column(
            "amount",
            QCoreApplication.translate("CaseColumns", "金额（元）"),
            amount,
            width=124,
            right=True,
        ),
        Column(
            "number",
            QCoreApplication.translate("CaseColumns", "编号"),
            number,
            width=210,
            elastic=True,
        ),
        Column(
            "delivery",
            QCoreApplication.translate("CaseColumns", "上报"),
            delivery,
            sortable=False,
            width=110,
            tip_of=lambda line: delivery_tip(line.delivery, colleague=line.own_committee),
        ),
    ]


class CasesModel(LinesModel[CaseLine]):
    """The case list. The lights come after the lines, and only of those that are seen."""

    def __init__(self, desk: Desk) -> None:
        self._lights: dict[RecordId, str] = {}
        super().__init__(case_columns(desk, self._light))
        self.light_column = next(i for i, one in enumerate(self.columns) if one.name == "light")

    def has_light(self, case_id: RecordId) -> bool:
        return case_id in self._lights

    def put_lights(self, lights: Mapping[RecordId, str], seen: Iterable[int]) -> None:
        """The values of `Light` by case. Of the rows that are `seen` only what has come is painted
        again.
        """
        self._lights.update(lights)
        for row in seen:
            line = self.line_at(row)
            if line is not None and line.id in lights:
                place = self.index(row, self.light_column)
                self.dataChanged.emit(place, place)

    def forget_lights(self, case_ids: frozenset[RecordId] | None = None) -> None:
        """Lights that may have changed; all of them without `case_ids`."""
        for one in list(self._lights) if case_ids is None else case_ids:
            self._lights.pop(one, None)

    def _light(self, line: CaseLine) -> str:
        return light_word(self._lights.get(line.id, ""))
