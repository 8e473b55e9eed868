"""What exactly is frozen when an agreement is finalised, and its hash.

Never makes up text and never reads a clock.

The content is the agreement itself with the party blocks as printed; anybody who has the record can
make the hash again.
"""

from __future__ import annotations

from dataclasses import replace

from app.domain.agreements import Agreement
from app.domain.casefile import CaseFile
from app.domain.parties import PartyBlock, party_block
from app.wire.canonical import canonical, digest
from app.wire.records import Fields, to_fields

AGREEMENT_PURPOSE = "heshi/agreement/1"

# What happens to the paper after it was frozen; everything else is on the paper.
AFTERWARDS = frozenset({"state", "content_hash", "sign_offs", "performed_on", "void_reason"})


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


def frozen_content(file: CaseFile, agreement: Agreement) -> Fields:
    """The content that is hashed.

    All fields of the agreement but those of its later life, as JSON values.
    """
    whole = replace(agreement, party_blocks=printed_blocks(file, agreement))
    return {name: value for name, value in to_fields(whole).items() if name not in AFTERWARDS}


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
