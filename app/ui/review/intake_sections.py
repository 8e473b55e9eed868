"""The beginning of a file: what the dispute is, who the parties are, how it was accepted, whether
rights were told. To be read only.
"""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from app.domain.casefile import CaseFile, day_of
from app.domain.money import figures
from app.domain.parties import Party, Representation
from app.domain.people import Person, person_age
from app.domain.text import mask_id, mask_phone
from app.ui.review.facts import column, plain
from app.ui.review.section import FileSection, day, mediators
from app.ui.review.view import FileView
from app.ui.runtime.marks import override
from app.ui.runtime.texts import (
    CAPACITY_NAMES,
    GRADE_NAMES,
    MANNER_NAMES,
    PARTY_ROLE_NAMES,
    STAND_IN_NAMES,
    pick,
)


class FactsSection(FileSection):
    """What it is about."""

    key = "facts"

    @override
    def fill(self, view: FileView) -> None:
        case = view.file.case
        amount = "" if case.amount_claimed is None else f"¥{figures(case.amount_claimed)}"
        kind = "，".join(
            part
            for part in (
                self.label("dispute_type", case.dispute_type),
                self.labels("dispute_tag", case.dispute_tags),
            )
            if part
        )
        grade = [pick(GRADE_NAMES[case.risk_grade], self.desk.language), case.risk_reason]
        more = [
            ("difficulty", self.label("difficulty", case.difficulty)),
            ("special_groups", self.labels("special_group", case.special_groups)),
            ("prevented_harms", self.labels("prevented_harm", case.prevented_harms)),
            ("source_note", case.source_note),
        ]
        self.add_rows(
            [
                (self.name("case", "dispute_type"), kind),
                (self.name("case", "occurred_on"), day(case.occurred_on)),
                (self.name("case", "occurred_place"), case.occurred_place),
                (self.name("case", "facts"), case.facts),
                (self.name("case", "requests"), "\n".join(case.requests)),
                (self.name("case", "amount_claimed"), amount),
                (self.name("case", "risk_grade"), self.spell(grade)),
                *((self.name("case", name), said) for name, said in more if said),
            ]
        )


class PartiesSection(FileSection):
    """Who against whom. Identity and telephone numbers show their ends only."""

    key = "parties"

    @override
    def fill(self, view: FileView) -> None:
        for party in view.file.living_parties:
            self.add(self._party(view.file, party))
        if not view.file.living_parties:
            self.add(plain(self.tr("还没有写当事人。"), muted=True))

    def _party(self, file: CaseFile, party: Party) -> QWidget:
        holder, lines = column(spacing=2)
        role = pick(PARTY_ROLE_NAMES[party.role], self.desk.language)
        name = file.name_of(party) or self.tr("（没有写姓名）")
        title = self.tr("{role}　{name}").format(role=role, name=name)
        lines.addWidget(plain(title, strong=True))
        about = self._about(file, party)
        if about:
            lines.addWidget(plain(about))
        for one in party.representations:
            lines.addWidget(plain(self._stand_in(file, one), muted=True))
        return holder

    def _about(self, file: CaseFile, party: Party) -> str:
        person = file.people.get(party.person_id) if party.person_id else None
        unit = file.organisations.get(party.organisation_id) if party.organisation_id else None
        parts: list[str] = []
        if person:
            parts = self._person(file, person)
        elif unit:
            parts = [
                self._pair("organisation", "credit_code", unit.credit_code),
                self._pair("organisation", "legal_representative", unit.legal_representative),
                self._pair("organisation", "phone", mask_phone(unit.phone)),
                unit.address,
            ]
        if party.capacity is not None:
            parts.append(pick(CAPACITY_NAMES[party.capacity], self.desk.language))
        return self.tr("，").join(part for part in parts if part)

    def _person(self, file: CaseFile, person: Person) -> list[str]:
        on = day_of(file)
        age = person_age(person, on) if on else person.stated_age
        sexes = {"1": self.tr("男"), "2": self.tr("女")}
        return [
            sexes.get(person.sex, ""),
            self.label("ethnicity", person.ethnicity),
            "" if age is None else self.tr("{age} 岁").format(age=age),
            person.occupation,
            self._pair("person", "phone", mask_phone(person.phone)),
            self._pair("person", "id_no", mask_id(person.id_no)),
            person.address,
        ]

    def _stand_in(self, file: CaseFile, one: Representation) -> str:
        person = file.people.get(one.person_id)
        kind = pick(STAND_IN_NAMES[one.kind], self.desk.language)
        words = [person.name if person else "", one.relation, one.post]
        words.append(self.labels("agent_power", one.powers))
        said = self.tr("，").join(part for part in words if part)
        return self.tr("{kind}：{words}").format(kind=kind, words=said)

    def _pair(self, owner: str, field: str, words: str) -> str:
        return f"{self.name(owner, field)} {words}" if words else ""


class AcceptanceSection(FileSection):
    """How the case came and who took it."""

    key = "acceptance"

    @override
    def fill(self, view: FileView) -> None:
        case = view.file.case
        source = self.tr("，").join(
            part for part in (self.label("case_source", case.source), case.source_detail) if part
        )
        applied = self.tr("口头申请") if case.applied_orally else ""
        rows = [
            (self.name("case", "reported_on"), day(case.reported_on)),
            (self.name("case", "applied_on"), self.spell([day(case.applied_on), applied])),
            (self.name("case", "accepted_on"), day(case.accepted_on)),
            (self.name("case", "source"), source),
            (self.name("case", "registrar"), case.registrar),
            (self.name("case", "mediator_ids"), mediators(view, case.mediator_ids)),
        ]
        if case.scope:
            rows.append((self.name("case", "scope"), self.label("refusal_of_scope", case.scope)))
            rows.append((self.name("case", "scope_reason"), case.scope_reason))
        if case.exit_reason:
            rows.append((self.name("case", "exit_reason"), case.exit_reason))
        self.add_rows(rows)
        if case.accepted_on:
            self.add_day_doubt(view, "case.accepted_on")


class NoticeSection(FileSection):
    """Whether everybody was told rights and duties before the first session (Decree 75 art. 30)."""

    key = "notice"

    @override
    def fill(self, view: FileView) -> None:
        case, names = view.file.case, view.file.names()
        notice = case.rights_notice
        if notice is None:
            self.add(plain(self.tr("还没有告知。"), muted=True))
        else:
            told = "、".join(names.get(one, "") for one in notice.party_ids)
            self.add_rows(
                [
                    (self.name("case", "told_on"), day(notice.told_on)),
                    (self.tr("方式"), pick(MANNER_NAMES[notice.manner], self.desk.language)),
                    (self.tr("告知了谁"), told),
                    (
                        self.name("case", "told_by"),
                        mediators(view, (notice.told_by,)) if notice.told_by else "",
                    ),
                ]
            )
        if case.refusal:
            words = self.tr("{name} 在 {day} 表示不愿调解。").format(
                name=names.get(case.refusal.party_id, ""), day=case.refusal.on
            )
            self.add(plain(words + case.refusal.words, strong=True))
