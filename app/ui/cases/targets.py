"""Where on the case page a field stands.

From the names that `completeness` and remarks use to a section. No Qt.
"""

from __future__ import annotations

from dataclasses import dataclass

from app.ui.runtime.marks import override

_OF_CASE = {
    "accepted_on": "acceptance",
    "source": "acceptance",
    "registrar": "acceptance",
    "mediator_ids": "acceptance",
    "scope": "acceptance",
    "applied_on": "acceptance",
    "applied_orally": "acceptance",
    "rights_notice": "notice",
    "refusal": "notice",
    "parties": "parties",
    "sessions": "sessions",
    "investigations": "investigations",
    "evidence": "evidence",
    "attachments": "evidence",
    "agreements": "agreement",
    "file_no": "agreement",
    "closing": "closing",
    "retention": "closing",
    "filed_on": "closing",
    "file_note": "closing",
    "fee_taken": "closing",
    "subsidy_class": "closing",
    "exit_reason": "closing",
    "review": "closing",
    "stage": "closing",
    "follow_ups": "follow_up",
    "visits": "follow_up",
    "performances": "follow_up",
    "printings": "documents",
}
_OF_OWNER = {
    "person": "parties",
    "organisation": "parties",
    "party": "parties",
    "session": "sessions",
    "investigation": "investigations",
    "evidence": "evidence",
    "attachment": "evidence",
    "agreement": "agreement",
    "follow_up": "follow_up",
    "performance": "follow_up",
    "letter": "letters",
    "confirmation": "confirmation",
    "document": "documents",
    "review": "closing",
}
_OF_PAPER = {
    "cover": "closing",
    "acceptance_register": "acceptance",
    "rights_notice": "notice",
    "investigation_record": "investigations",
    "evidence_list": "evidence",
    "mediation_record": "sessions",
    "written_agreement": "agreement",
    "oral_register": "agreement",
}
_OF_PERFORMANCE = frozenset({"performed_on", "duties"})  # of an agreement, but done afterwards
SECTIONS = (
    *("facts", "parties", "acceptance", "notice", "investigations", "evidence"),
    *(
        "sessions",
        "agreement",
        "confirmation",
        "documents",
        "follow_up",
        "letters",
        "closing",
        "history",
    ),
    *("conflicts", "handover"),
    *("scans",),  # no section but the dialog that takes signed pages in
)


@dataclass(frozen=True, slots=True)
class Target:
    """A section, and where known the record (`owner_id`) and the field in it."""

    section: str
    field: str = ""
    owner_id: str = ""

    @override
    def __str__(self) -> str:
        return f"{self.section}:{self.field}:{self.owner_id}".rstrip(":")


def section_of(owner: str, field: str) -> str:
    """The section that shows `field` of a record of kind `owner`."""
    if owner == "case":
        return _OF_CASE.get(field.split(".")[0], "facts")
    if owner == "agreement" and field.split(".")[0] in _OF_PERFORMANCE:
        return "follow_up"
    return _OF_OWNER.get(owner, "facts")


def parse(target: str) -> Target:
    """From ``section:field:owner_id``, ``agreement.clauses:owner_id`` or the kind of a paper.

    "" is the top of the page.
    """
    section, _, rest = target.partition(":")
    field, _, owner_id = rest.partition(":")
    if section in SECTIONS:
        return Target(section, field, owner_id)
    if section in _OF_PAPER:
        return Target(_OF_PAPER[section])
    owner, _, field = section.partition(".")
    return Target(section_of(owner, field), field, rest) if target else Target("")
