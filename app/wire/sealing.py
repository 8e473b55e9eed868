"""What exactly is frozen when an agreement is finalised, and its hash.

Never makes up text and never reads a clock.

The content is the agreement itself with the party blocks as printed; anybody who has the record can
make the hash again.
"""

from __future__ import annotations

from dataclasses import replace

from app.domain.agreements import Agreement, Clause, FrozenNames
from app.domain.casefile import CaseFile
from app.domain.parties import PartyBlock, party_block
from app.wire.canonical import canonical, digest
from app.wire.records import Fields, clause_fields, to_fields

AGREEMENT_PURPOSE = "heshi/agreement/1"
CLAUSE_PURPOSE = "heshi/clause/1"

# What happens to the paper after it was frozen; everything else is on the paper.
AFTERWARDS = frozenset(
    {
        "state",
        "content_hash",
        "sign_offs",
        "performed_on",
        "void_reason",
        "waivers",
        "frozen_at",
    }
)
# What later versions of Heshi added: papers frozen before keep their hash, so it counts only where
# it says something.
_ADDED_LATER = ("version", "frozen_names")


def printed_blocks(file: CaseFile, agreement: Agreement) -> tuple[PartyBlock, ...]:
    """The party blocks of a paper of the agreement's day, in the order of its `party_ids`.

    Ages are counted on `made_on`, which must be known. An agreement that is frozen already keeps
    the blocks it was frozen with.
    """
    if agreement.party_blocks or agreement.made_on is None:
        return agreement.party_blocks
    parties = [file.party(one) for one in agreement.party_ids]
    day = agreement.made_on
    return tuple(
        party_block(one, file.people, file.organisations, day) for one in parties if one is not None
    )


def printed_names(file: CaseFile, agreement: Agreement) -> FrozenNames:
    """The names of committee and mediators for a paper that is being frozen."""
    found = [file.mediators.get(one) for one in agreement.mediator_ids]
    return FrozenNames(
        committee=file.committee.name if file.committee else "",
        mediators=tuple(one.name if one else "" for one in found),
    )


def frozen_content(file: CaseFile, agreement: Agreement) -> Fields:
    """The content that is hashed.

    All fields of the agreement but those of its later life, as JSON values.
    """
    whole = to_fields(replace(agreement, party_blocks=printed_blocks(file, agreement)))
    content = {
        name: value
        for name, value in whole.items()
        if name not in AFTERWARDS and (name not in _ADDED_LATER or value)
    }
    return content | {"clauses": [_clause_content(one) for one in agreement.clauses]}


def _clause_content(clause: Clause) -> Fields:
    """A clause as it is hashed: without where its words came from, and without an empty list of
    duties, which earlier versions did not have.
    """
    fields = clause_fields(clause)
    del fields["from_bank"]
    if not clause.duties:
        del fields["duties"]
    return fields


def clause_hash(clause: Clause) -> str:
    """SHA-256 in hex of what a clause says, money, dates and duties included: what a person who had
    it read to them agreed to.
    """
    return digest(CLAUSE_PURPOSE, canonical(_clause_content(clause)))


def content_hash(file: CaseFile, agreement: Agreement) -> str:
    """SHA-256 in hex of the frozen content (RFC 8785), bound to its purpose.

    Raises ValueError for what must not be signed (see `canonical`).
    """
    return digest(AGREEMENT_PURPOSE, canonical(frozen_content(file, agreement)))


def is_intact(file: CaseFile, agreement: Agreement) -> bool:
    """Whether a frozen agreement still has the content that its hash was made of.

    False for a draft.
    """
    return bool(agreement.content_hash) and agreement.content_hash == content_hash(file, agreement)
