"""The forms of letters: each kind asks only for what its paper says; what was served and what came
back have forms of their own.

Reasons and addressees are the pack's, to be chosen and then written as one likes.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from app.domain.letters import Delivery, Letter, LetterKind, Reply
from app.domain.problems import ProblemCode, refuse
from app.ui.cases.labels import mediator_choices, named, party_choices
from app.ui.cases.rows import RowsField
from app.ui.cases.ticks import pick_field, several_field
from app.ui.runtime.marks import override
from app.ui.widgets.fields import (
    Choice,
    ChoiceField,
    CodeField,
    DateField,
    Field,
    LineField,
    TextField,
    TimeField,
)
from app.ui.widgets.forms import Form

if TYPE_CHECKING:
    from app.ui.cases.editor import Values
    from app.ui.cases.view import CaseView
    from app.ui.runtime.desk import Desk

_MEETING = ("meeting_on", "meeting_at", "place", "mediator_ids")
_REASON = ("reason_code", "reason")
FIELDS: dict[LetterKind, tuple[str, ...]] = {
    LetterKind.MEDIATION_NOTICE: ("made_on", "party_ids", *_MEETING),
    LetterKind.NON_ACCEPTANCE_NOTICE: (
        *("made_on", "party_ids", *_REASON, "addressee_code", "addressee"),
    ),
    LetterKind.TERMINATION_NOTICE: ("made_on", "party_ids", *_REASON),
    LetterKind.EXTENSION_CONSENT: ("made_on", "party_ids", *_REASON, "until"),
    LetterKind.RECUSAL_APPLICATION: (
        *("made_on", "party_ids", "mediator_ids", *_REASON, "decision", "decided_on"),
    ),
    LetterKind.SUSPENSION_NOTICE: ("made_on", "party_ids", *_REASON, "until"),
    LetterKind.RESUMPTION_NOTICE: ("made_on", "party_ids", *_REASON, *_MEETING),
    LetterKind.TRANSFER_LETTER: (
        *("made_on", "addressee_code", "addressee", *_REASON, "content", "enclosures"),
    ),
    LetterKind.COURT_REPLY: ("made_on", "addressee", *_REASON, "content", "enclosures"),
    LetterKind.SERVICE_RECEIPT: ("made_on", "subject_id", "place", "deliveries"),
}
_CODES = ("reason_code", "addressee_code", "subject_id")  # "" on the form is nothing chosen


class LetterForm(Form):
    """One letter of one kind."""

    def __init__(
        self, desk: Desk, view: CaseView, kind: LetterKind, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._desk, self._view, self.kind = desk, view, kind
        for name in FIELDS[kind]:
            self.add(name, self._field(name))
        self._follow("reason_code", "reason", reasons_of(desk, kind))
        self._follow("addressee_code", "addressee", addressees(desk))

    def _field(self, name: str) -> Field:
        """The field of that name, as this kind of letter calls it."""
        makers = {
            "party_ids": self._make_party_ids,
            "mediator_ids": self._make_mediator_ids,
            "until": self._make_until,
            "reason_code": self._make_reason_code,
            "reason": self._make_reason,
            "addressee_code": self._make_addressee_code,
            "addressee": self._make_addressee,
            "content": self._make_content,
            "enclosures": self._make_enclosures,
            "decision": self._make_decision,
            "place": self._make_place,
            "subject_id": self._make_subject_id,
            "deliveries": self._make_deliveries,
        }
        if name in makers:
            return makers[name]()
        label = named(self._desk, "letter", name)
        return TimeField(label) if name == "meeting_at" else DateField(label)

    def _make_party_ids(self) -> Field:
        one = self.kind is LetterKind.RECUSAL_APPLICATION
        label = self.tr("谁申请回避") if one else named(self._desk, "letter", "party_ids")
        return several_field(label, party_choices(self._view.file))

    def _make_mediator_ids(self) -> Field:
        one = self.kind is LetterKind.RECUSAL_APPLICATION
        label = self.tr("要哪位调解员回避") if one else named(self._desk, "letter", "mediator_ids")
        return several_field(label, mediator_choices(self._view))

    def _make_until(self) -> Field:
        if self.kind is LetterKind.EXTENSION_CONSENT:
            return DateField(self.tr("延长到哪一天"))
        return DateField(self.tr("估计到哪一天能接着调"))

    def _make_reason_code(self) -> Field:
        hint = self.tr("选了以后，下面的话还可以改")
        return CodeField(self.tr("常见的原因"), reasons_of(self._desk, self.kind), hint=hint)

    def _make_reason(self) -> Field:
        return TextField(named(self._desk, "letter", "reason"))

    def _make_addressee_code(self) -> Field:
        outside = self.kind is LetterKind.NON_ACCEPTANCE_NOTICE
        label = self.tr("这件事该找哪里") if outside else self.tr("送到哪里")
        return CodeField(label, addressees(self._desk))

    def _make_addressee(self) -> Field:
        hint = self.tr("写全称，例如：某某镇派出所")
        return LineField(named(self._desk, "letter", "addressee"), hint=hint)

    def _make_content(self) -> Field:
        if self.kind is LetterKind.COURT_REPLY:
            return TextField(self.tr("双方都认可的事实"))
        hint = self.tr("不写就列出开过的调解")
        return TextField(self.tr("已经做了哪些工作"), hint=hint)

    def _make_enclosures(self) -> Field:
        return TextField(self.tr("随附材料"), hint=self.tr("一行写一样"))

    def _make_decision(self) -> Field:
        return TextField(self.tr("调委会怎么决定的"), hint=self.tr("还没决定就空着"))

    def _make_place(self) -> Field:
        if self.kind is LetterKind.SERVICE_RECEIPT:
            return LineField(self.tr("送达地点"))
        return LineField(named(self._desk, "letter", "place"))

    def _make_subject_id(self) -> Field:
        return pick_field(self.tr("送的是哪份文书"), served_papers(self._desk, self._view))

    def _make_deliveries(self) -> Field:
        return RowsField(
            named(self._desk, "letter", "deliveries"),
            lambda: delivery_fields(self._desk),
            self.tr("再加一个收件人"),
        )

    def _follow(self, code_name: str, words_name: str, choices: Sequence[Choice]) -> None:
        """What is chosen is written out below, unless somebody has written there already."""
        code, said = self.fields.get(code_name), self.fields.get(words_name)
        if code is None or said is None:
            return
        written = {one.code: one.search or one.label for one in choices}

        def chosen() -> None:
            now = said.value()
            if not now or now in written.values():
                said.set_value(written.get(code.value(), now))

        code.edited.connect(chosen)


class DeliveryForm(Form):
    """That the letter was served on somebody."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        for name, field in delivery_fields(desk).items():
            self.add(name, field)

    @override
    def field_for(self, path: str) -> str:
        """A letter calls it ``deliveries.0.on``, this form ``on``."""
        return super().field_for(path.rpartition(".")[2])


class ReplyForm(Form):
    """The slip that came back."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.add("on", DateField(named(desk, "letter", "reply.on")))
        taken = [Choice("yes", self.tr("受理了")), Choice("no", self.tr("没有受理"))]
        self.add("accepted", ChoiceField(self.tr("那边受理了吗"), taken))
        self.add("words", TextField(self.tr("回执上怎么写的"), lines=2))
        self.add("handler", LineField(named(desk, "letter", "handler")))

    @override
    def field_for(self, path: str) -> str:
        """A letter calls it ``reply.on``, this form ``on``."""
        return super().field_for(path.rpartition(".")[2])


def delivery_fields(desk: Desk) -> Mapping[str, Field]:
    """What is written down of one service."""
    ways = reasons_of(desk, LetterKind.SERVICE_RECEIPT)
    way = QCoreApplication.translate("DeliveryForm", "怎么送到的")
    refusal = QCoreApplication.translate("DeliveryForm", "没收的原因")
    hint = QCoreApplication.translate("DeliveryForm", "收下了就空着")
    return {
        "recipient": LineField(named(desk, "letter", "recipient")),
        "on": DateField(named(desk, "letter", "deliveries.on")),
        "way": CodeField(way, ways),
        "by": LineField(named(desk, "letter", "by")),
        "refusal": LineField(refusal, hint=hint),
    }


def letter_values(letter: Letter) -> Values:
    """What the form opens with."""
    values: Values = {name: getattr(letter, name) for name in FIELDS[letter.kind]}
    for name in _CODES:
        if name in values:
            values[name] = values[name] or ""
    if "enclosures" in values:
        values["enclosures"] = "\n".join(letter.enclosures)
    if "deliveries" in values:
        names = ("recipient", "on", "way", "by", "refusal")
        values["deliveries"] = tuple(
            {name: getattr(one, name) for name in names} for one in letter.deliveries
        )
    return values


def letter_from(values: Values, letter: Letter) -> Letter:
    """The letter as the form says it."""
    plain: dict[str, Any] = dict(values)
    for name in ("party_ids", "mediator_ids"):
        if name in plain:
            plain[name] = tuple(plain[name])
    if "subject_id" in plain:
        plain["subject_id"] = plain["subject_id"] or None
    if "enclosures" in plain:
        lines = (one.strip() for one in plain["enclosures"].splitlines())
        plain["enclosures"] = tuple(one for one in lines if one)
    if "deliveries" in plain:
        plain["deliveries"] = tuple(Delivery(**one) for one in plain["deliveries"])
    return replace(letter, **plain)


def reply_from(values: Values) -> Reply:
    """The slip as the form says it. Raises `Refused` EMPTY, NOTHING_CHOSEN."""
    if values["on"] is None:
        raise refuse(ProblemCode.EMPTY, "on")
    if not values["accepted"]:
        raise refuse(ProblemCode.NOTHING_CHOSEN, "accepted")
    return Reply(**(values | {"accepted": values["accepted"] == "yes"}))


def _lines(desk: Desk, lines: Any) -> list[Choice]:
    """Choices of a pack's lines; what is written on paper is their Chinese."""
    english = desk.language.startswith("en")
    return [
        Choice(str(one["code"]), str(one["en"] if english else one["zh"]), str(one["zh"]))
        for one in lines
    ]


def reasons_of(desk: Desk, kind: LetterKind) -> list[Choice]:
    """The reasons that the pack offers for a letter of this kind (of a service: the ways)."""
    return _lines(desk, _entry(desk, kind).get("reasons", ()))


def bears_number(desk: Desk, kind: LetterKind) -> bool:
    """Whether a letter of this kind gets a number when it is printed."""
    return bool(_entry(desk, kind).get("number_kind"))


def _entry(desk: Desk, kind: LetterKind) -> Mapping[str, Any]:
    """What the pack says of a kind of letter."""
    pack = desk.practice.texts.get("letters")
    letters = pack.get("letters", ()) if isinstance(pack, Mapping) else ()
    return next((one for one in letters if one.get("kind") == kind.value), {})


def addressees(desk: Desk) -> list[Choice]:
    """Where matters go (``transfer_addressees``)."""
    pack = desk.practice.texts.get("transfer_addressees")
    return _lines(desk, pack.get("addressees", ()) if isinstance(pack, Mapping) else ())


def served_papers(desk: Desk, view: CaseView) -> list[Choice]:
    """The papers that a service receipt may be about."""
    found = [
        Choice(one.id, " ".join((desk.document_name(one.kind), one.number)).strip())
        for one in view.file.living(Letter)
        if one.kind is not LetterKind.SERVICE_RECEIPT
    ]
    for one in view.file.living_agreements:
        name = desk.document_name("written_agreement")
        found.append(Choice(one.id, f"{name} {one.number}".strip()))
    return found
