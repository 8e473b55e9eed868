"""What a laptop's mirror of others' entries is compared with: a count and a sum of hashes for each
committee and device, kept as entries come in.

Only sums: never decides who may see what (`scope`), and never looks at content.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from sqlmodel import Session, col, select

from app.county.scope import Subject, Viewer, may_see, seen_by
from app.county.tables import Device, EntryRow, MirrorSum, VerdictRow
from app.wire.parts import bucket_sums, differing_buckets

# What travels to others: a conflict is shown to both sides, a refusal stays with its writer.
TRAVELLING = ("applied", "conflict")
HASHES_TOLD = 20_000
_MODULUS = 1 << 256


@dataclass(frozen=True, slots=True)
class Counted:
    """One entry that travels: whose business it is ("" for no committee's), and its hash (hex)."""

    committee_id: str
    region: str
    hash: str


def add_to_sums(session: Session, device_id: str, entries: Sequence[Counted]) -> None:
    """Counts new entries of a device, in the transaction that stores them."""
    groups: dict[tuple[str, str], list[int]] = defaultdict(list)
    for one in entries:
        groups[one.committee_id, one.region].append(int(one.hash, 16))
    for (committee_id, region), hashes in groups.items():
        row = session.get(MirrorSum, (committee_id, region, device_id)) or MirrorSum(
            committee_id=committee_id, region=region, device_id=device_id, entries=0, hashes="0"
        )
        row.entries += len(hashes)
        row.hashes = f"{(int(row.hashes, 16) + sum(hashes)) % _MODULUS:064x}"
        session.add(row)


def mirror_sum(session: Session, viewer: Viewer, device_id: str) -> tuple[int, str]:
    """How many entries of others the viewer may see in the whole log, and their `hashes_sum`."""
    rows = [
        row
        for row in session.exec(select(MirrorSum).where(col(MirrorSum.device_id) != device_id))
        if may_see(viewer, Subject(row.committee_id or None, row.region))
    ]
    total = sum(int(row.hashes, 16) for row in rows) % _MODULUS
    return sum(row.entries for row in rows), f"{total:064x}"


def differing_hashes(
    session: Session, viewer: Viewer, device: Device, upto: int, sums: str
) -> tuple[str, ...] | None:
    """The hashes of what the viewer may see of others up to position `upto`, in those buckets that
    differ from `sums`; None where they are too many to be told.
    """
    query = (
        select(EntryRow.hash)
        .join(VerdictRow, col(VerdictRow.position) == col(EntryRow.position))
        .where(
            col(EntryRow.position) <= upto,
            col(EntryRow.device_id) != device.id,
            col(VerdictRow.kind).in_(TRAVELLING),
            seen_by(viewer),
        )
        .order_by(col(EntryRow.position))
    )
    hashes = list(session.exec(query))
    buckets = differing_buckets(bucket_sums(hashes), sums)
    told = tuple(one for one in hashes if int(one[:2], 16) in buckets)
    return told if len(told) <= HASHES_TOLD else None
