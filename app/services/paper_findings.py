"""What looking at a sealed PDF can find, and whom it trusts: plain values for both faces.

Never says more than a signature proves: which key sealed these bytes, and whose the county says
that it is. When it was done and which hand pressed the key are claims.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

_MARK = "heshi"
_REASON_LIMIT = 2000
_HASH = re.compile(r"[0-9a-f]{64}")


class PaperVerdict(StrEnum):
    """UNCHANGED: as it was sealed, by a key that the county certified. ONLY_THIS_DEVICE: as it was
    sealed, by this laptop's own key, for which no county speaks yet. REVOKED_KEY: as it was sealed,
    by a laptop that the county has struck off since. UNKNOWN_KEY: as it was sealed, by a key nobody
    here knows. CHANGED, NOT_SIGNED, NOT_A_PDF say themselves.
    """

    UNCHANGED = "unchanged"
    ONLY_THIS_DEVICE = "only_this_device"
    REVOKED_KEY = "revoked_key"
    UNKNOWN_KEY = "unknown_key"
    CHANGED = "changed"
    NOT_SIGNED = "not_signed"
    NOT_A_PDF = "not_a_pdf"


class PaperDamage(StrEnum):
    """What is known of a change: within the sealed text; something added behind it; in the
    signature itself; so much that the signature cannot be read.
    """

    NONE = ""
    TEXT = "text"
    ADDED = "added"
    SIGNATURE = "signature"
    UNREADABLE = "unreadable"


@dataclass(frozen=True, slots=True)
class PaperClaims:
    """What the paper says of itself below the signature: printed number, version (how often it was
    frozen) and content hash (SHA-256, 64 hex digits).
    """

    number: str
    version: int
    content_hash: str


@dataclass(frozen=True, slots=True)
class PaperTrust:
    """Whose seals are believed.

    `county_cas` are PEM certificates; `own_key` this device's point (130 hex digits), `own_device`
    its id and `own_certificate` the county's word for it (PEM, "" without); `revoked` ids of
    devices that the county struck off.
    """

    county_cas: tuple[str, ...] = ()
    own_key: str = ""
    own_device: str = ""
    own_certificate: str = ""
    revoked: frozenset[str] = field(default_factory=frozenset)


@dataclass(frozen=True, slots=True)
class PaperFinding:
    """What was found. Names stand only where the county certified them.

    `signed_at` (aware) is what the sealing device's clock claimed. `revoked` tells that the device
    was struck off, whatever the verdict.
    """

    verdict: PaperVerdict
    damage: PaperDamage = PaperDamage.NONE
    device: str = ""
    committee: str = ""
    person: str = ""
    signed_at: datetime | None = None
    revoked: bool = False
    claims: PaperClaims | None = None


def reason_of(number: str, version: int, content_hash: str) -> str:
    """The text below the signature that says what paper this is; `read_reason` reads it."""
    facts = {"number": number, "version": version, "hash": content_hash}
    return json.dumps({_MARK: facts}, ensure_ascii=False, separators=(",", ":"), sort_keys=True)


def read_reason(text: str) -> PaperClaims | None:
    """What a sealed paper says of itself; None for anything that `reason_of` did not write."""
    if len(text) > _REASON_LIMIT:
        return None
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        return None
    facts = value.get(_MARK) if isinstance(value, dict) else None
    if not isinstance(facts, Mapping):
        return None
    number, version, mark = (facts.get(name) for name in ("number", "version", "hash"))
    if not isinstance(number, str) or type(version) is not int or not isinstance(mark, str):
        return None
    if not number.isprintable() or not _HASH.fullmatch(mark):
        return None
    return PaperClaims(number, version, mark)
