"""The fields of a person and of an organisation, wherever they are written. Warns about numbers,
forbids nothing, stores nothing.

Identity and telephone numbers stand masked. A regular card number fills in date of birth and sex
where they are open; an irregular one is kept with a reason, for which a field appears.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from app.domain.codes import Code
from app.domain.identity import RESIDENT_CARD, check_credit_code, tidy_number
from app.domain.ids import RecordId
from app.domain.people import Organisation, Person, filled_from_card, warn_person
from app.domain.problems import Problem
from app.domain.text import mask_id, mask_phone
from app.ui.runtime.desk import Desk
from app.ui.runtime.language import said, today
from app.ui.runtime.marks import override
from app.ui.widgets.fields import (
    Choice,
    ChoiceField,
    CodeField,
    DateField,
    LineField,
    NumberField,
    TextField,
    TickField,
)
from app.ui.widgets.forms import Form
from app.ui.widgets.masked import MaskedField

R = TypeVar("R", Person, Organisation)
# The largest groups of the census of 2020 stand first; the others follow in the order of the
# standard.
COMMON_ETHNICITIES = ("01", "08", "05", "03", "06", "11", "07", "15", "04", "02")
SEXES = ("1", "2")
OLDEST = 150


def codes_of(desk: Desk, name: str) -> tuple[Code, ...]:
    """The lines of a code table of the packs; none where a pack does not have it."""
    versions = desk.practice.codes.tables.get(name, ())
    return versions[0].codes if versions else ()


def table_choices(desk: Desk, name: str, *, first: Sequence[str] = ()) -> list[Choice]:
    """The choices of a table, those of `first` before the others."""
    choices = [
        Choice(code.code, code.label(desk.language), f"{code.zh} {code.en}")
        for code in codes_of(desk, name)
    ]
    order = {code: place for place, code in enumerate(first)}
    return sorted(choices, key=lambda one: order.get(one.code, len(order)))


class RecordForm(Form, Generic[R]):
    """A form of one record. `number` names the field that may be irregular, `reason` why it is kept
    all the same.
    """

    number = ""
    reason = ""
    warned: tuple[str, ...] = ()

    def __init__(
        self, desk: Desk, opened: R, *, grouped: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.desk, self.grouped = desk, grouped
        self.record_id: RecordId = opened.id
        self.opened: R = opened
        self.build()
        self.show_opened()
        self.fields[self.number].left.connect(self.look_at_number)
        for name in (*self.warned, self.reason):
            if name != self.number:
                self.fields[name].left.connect(self.show_warnings)

    def build(self) -> None:
        """Makes the fields."""
        raise TypeError("a form of records makes its own fields")

    def values_of(self, record: R) -> dict[str, Any]:
        """What the fields show of a record."""
        return {name: getattr(record, name) for name in self.fields}

    def written(self) -> R:
        """The opened record with what stands in the form, with or without a name."""
        raise TypeError("a form of records says its own record")

    def warnings(self) -> list[Problem]:
        """What looks wrong now and may be kept with a reason."""
        raise TypeError("a form of records knows what may be wrong")

    def fill_in(self) -> None:
        """Brings the number into its usual shape and fills in what it tells."""
        self._show_number(tidy_number(self.fields[self.number].value()))

    def record(self) -> R | None:
        """The record as written; None without a name."""
        written = self.written()
        return written if written.name else None

    @property
    def differs(self) -> bool:
        """Whether the form says something else than the opened record, readable or not."""
        return bool(self.problems()) or self.written() != self.opened

    def show_opened(self) -> None:
        """Everything as it was opened; numbers are masked again."""
        self.set_values(self.values_of(self.opened))
        self.show_warnings()

    def look_at_number(self) -> None:
        """The number field was left."""
        self.fill_in()
        self.show_warnings()

    def show_warnings(self) -> None:
        """A sentence under each doubtful field and the field for the reason, or nothing of it."""
        found = self.warnings()
        reason = self.fields[self.reason]
        reason.setVisible(bool(found) or bool(reason.value()))
        for name in self.warned:
            lines: list[str] = [said(one) for one in found if one.field == name]
            if lines and not reason.value():
                self.fields[name].show_problem("\n".join(lines))
            elif self.fields[name].problem() is None:
                self.fields[name].clear_problem()

    def heading(self, title: str) -> None:
        """A group's heading, where the form has the page to itself."""
        if self.grouped:
            self.add_group(title)

    def _show_number(self, number: str) -> None:
        field = self.fields[self.number]
        if isinstance(field, LineField) and field.value() != number:
            field.line.setText(number)


class PersonForm(RecordForm[Person]):
    """A natural person: what the 2010 forms ask of a party, once for all cases."""

    number = "id_no"
    reason = "id_reason"
    warned = ("id_no", "birth_date", "sex")

    def __init__(
        self,
        desk: Desk,
        record_id: RecordId,
        known: Person | Organisation | None = None,
        *,
        grouped: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        start = known if isinstance(known, Person) else Person(id=record_id, name="")
        super().__init__(desk, start, grouped=grouped, parent=parent)

    @override
    def build(self) -> None:
        translate = QCoreApplication.translate
        self.heading(translate("PersonForm", "本人"))
        self.add("name", LineField(translate("PersonForm", "姓名")))
        sexes = [one for one in table_choices(self.desk, "sex") if one.code in SEXES]
        self.add("sex", ChoiceField(translate("PersonForm", "性别"), sexes))
        self._add_card()
        self.add_row(
            [
                ("birth_date", DateField(translate("PersonForm", "出生日期"))),
                ("stated_age", NumberField(translate("PersonForm", "或年龄"), most=OLDEST)),
            ]
        )
        groups = table_choices(self.desk, "ethnicity", first=COMMON_ETHNICITIES)
        self.add_row(
            [
                ("ethnicity", CodeField(translate("PersonForm", "民族"), groups)),
                ("occupation", LineField(translate("PersonForm", "职业"))),
            ]
        )
        self.heading(translate("PersonForm", "联系"))
        hint = translate("PersonForm", "手机或座机，几个号用空格隔开")
        self.add("phone", MaskedField(translate("PersonForm", "电话"), mask_phone, hint=hint))
        hint = translate("PersonForm", "如：九溪镇六十亩村三组 12 号")
        self.add("address", LineField(translate("PersonForm", "住址"), hint=hint))
        self.heading(translate("PersonForm", "其他"))
        self.add("cannot_read", TickField(translate("PersonForm", "不识字，文书要念给本人听")))
        self.add("note", TextField(translate("PersonForm", "备注"), lines=2))

    def _add_card(self) -> None:
        translate = QCoreApplication.translate
        hint = translate("PersonForm", "身份证号 18 位")
        kinds = table_choices(self.desk, "id_kind", first=(RESIDENT_CARD,))
        self.add_row(
            [
                ("id_no", MaskedField(translate("PersonForm", "证件号码"), mask_id, hint=hint)),
                ("id_kind", CodeField(translate("PersonForm", "证件种类"), kinds)),
            ]
        )
        hint = translate("PersonForm", "如：老证没换、证上就是这样")
        self.add(
            "id_reason", LineField(translate("PersonForm", "号码不合规的原因"), hint=hint)
        ).hide()

    @override
    def values_of(self, record: Person) -> dict[str, Any]:
        values = super().values_of(record)
        return {**values, "sex": record.sex if record.sex in SEXES else ""}

    @override
    def written(self) -> Person:
        """Sex and birth date come from a regular card where they were left open."""
        values, start = self.values(), self.opened
        values["sex"] = values["sex"] or ("0" if start.sex in SEXES else start.sex)
        values["id_no"] = tidy_number(values["id_no"])
        stated = values["stated_age"]
        if stated != start.stated_age:
            values["stated_age_on"] = None if stated is None else today()
        return replace(start, **values)

    @override
    def record(self) -> Person | None:
        written = super().record()
        return filled_from_card(written) if written else None

    def show_record(self, person: Person | Organisation) -> None:
        """Shows what is known."""
        if isinstance(person, Person):
            self.opened = person
            self.show_opened()

    def take_opened(self, person: Person | Organisation) -> None:
        """What is stored now; what stands in the fields stays."""
        if isinstance(person, Person):
            self.opened = person

    def focus_second(self) -> None:
        """The name is known; on with the next field."""
        self.focus_field("sex")

    @override
    def warnings(self) -> list[Problem]:
        return warn_person(self.written(), today())

    @override
    def fill_in(self) -> None:
        filled = filled_from_card(self.written())
        self._show_number(filled.id_no)
        for name in ("sex", "birth_date", "id_kind"):
            field, told = self.fields[name], getattr(filled, name)
            if told and told != "0" and not field.value() and field.problem() is None:
                field.set_value(told)


class OrganisationForm(RecordForm[Organisation]):
    """A legal person or another organisation."""

    number = "credit_code"
    reason = "credit_reason"
    warned = ("credit_code",)

    def __init__(
        self,
        desk: Desk,
        record_id: RecordId,
        known: Person | Organisation | None = None,
        *,
        grouped: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        start = known if isinstance(known, Organisation) else Organisation(id=record_id, name="")
        super().__init__(desk, start, grouped=grouped, parent=parent)

    @override
    def build(self) -> None:
        translate = QCoreApplication.translate
        self.heading(translate("OrganisationForm", "单位"))
        self.add("name", LineField(translate("OrganisationForm", "单位名称")))
        kinds = table_choices(self.desk, "organisation_kind")
        self.add("kind", CodeField(translate("OrganisationForm", "单位类别"), kinds))
        hint = translate("OrganisationForm", "18 位")
        self.add(
            "credit_code", LineField(translate("OrganisationForm", "统一社会信用代码"), hint=hint)
        )
        self.add(
            "credit_reason", LineField(translate("OrganisationForm", "代码不合规的原因"))
        ).hide()
        self.heading(translate("OrganisationForm", "谁代表它"))
        self.add_row(
            [
                (
                    "legal_representative",
                    LineField(translate("OrganisationForm", "法定代表人或负责人")),
                ),
                ("representative_post", LineField(translate("OrganisationForm", "职务"))),
            ]
        )
        self.heading(translate("OrganisationForm", "联系"))
        self.add("phone", MaskedField(translate("OrganisationForm", "电话"), mask_phone))
        self.add("address", LineField(translate("OrganisationForm", "地址")))
        self.add("note", TextField(translate("OrganisationForm", "备注"), lines=2))

    @override
    def written(self) -> Organisation:
        values = self.values()
        values["credit_code"] = tidy_number(values["credit_code"])
        return replace(self.opened, **values)

    def show_record(self, organisation: Person | Organisation) -> None:
        """Shows what is known."""
        if isinstance(organisation, Organisation):
            self.opened = organisation
            self.show_opened()

    def take_opened(self, organisation: Person | Organisation) -> None:
        """What is stored now; what stands in the fields stays."""
        if isinstance(organisation, Organisation):
            self.opened = organisation

    def focus_second(self) -> None:
        """The name is known; on with the next field."""
        self.focus_field("kind")

    @override
    def warnings(self) -> list[Problem]:
        code = self.written().credit_code
        return check_credit_code(code) if code else []
