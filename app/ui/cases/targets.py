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
    "rights_notice": "notice",
    "refusal": "notice",
    "parties": "parties",
    "sessions": "sessions",
    "agreements": "agreement",
    "file_no": "agreement",
    "closing": "closing",
    "retention": "closing",
}
_OF_OWNER = {
    "person": "parties",
    "organisation": "parties",
    "party": "parties",
    "session": "sessions",
    "agreement": "agreement",
    "follow_up": "follow_up",
    "document": "documents",
    "review": "closing",
}
_OF_PAPER = {
    "cover": "closing",
    "acceptance_register": "acceptance",
    "rights_notice": "notice",
    "mediation_record": "sessions",
    "written_agreement": "agreement",
    "oral_register": "agreement",
}
SECTIONS = (
    *("facts", "parties", "acceptance", "notice", "sessions", "agreement"),
    *("documents", "follow_up", "closing", "history"),
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
    return _OF_OWNER.get(owner, "facts")


def parse(target: str) -> Target:
    """From ``section:field:owner_id``, ``agreement.clauses`` or the kind of a paper.

    "" is the top of the page.
    """
    section, _, rest = target.partition(":")
    field, _, owner_id = rest.partition(":")
    if section in SECTIONS:
        return Target(section, field, owner_id)
    if section in _OF_PAPER:
        return Target(_OF_PAPER[section])
    owner, _, field = target.partition(".")
    return Target(section_of(owner, field), field) if target else Target("")
