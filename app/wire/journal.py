"""Journal entries: what a person did, chained and signed. An entry is known by (device, number) for
ever.

The signed bytes are kept and sent as they were made; nobody ever builds them again from their
parts.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from app.domain.ids import RecordId
from app.wire.canonical import LARGEST_INTEGER, canonical, digest, strict_json

FIRST_PREVIOUS = "0" * 64
ENTRY_PURPOSE = "heshi/entry/1"
ENTRY_LIMIT_BYTES = 4 * 1024 * 1024
Hash = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
Identity = Annotated[
    str, Field(pattern=r"^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$")
]


class Model(BaseModel):
    """Wire values: frozen, unknown fields kept (a newer writer may add some), inputs never echoed
    in errors.
    """

    model_config = ConfigDict(frozen=True, extra="allow", hide_input_in_errors=True)


class Change(Model):
    """What one record became: `set` holds the fields that changed; `base` is the hash of the entry
    that touched it last, "" for a new record.
    """

    kind: Annotated[str, Field(max_length=40, pattern=r"^[a-z_]+$")]
    id: Identity
    base: Annotated[str, Field(pattern=r"^([0-9a-f]{64})?$")] = ""
    set: dict[str, Any]


class Entry(Model):
    """One act. `at` is the device's own UTC time and only a claim; `offset_ms` is what it last knew
    of county time minus its own.

    `seen` is how far the writer had read the county's log (see `seen_mark`): what others wrote up
    to there, it knew. "" for a device without a county, and from earlier versions.
    """

    v: Literal[1] = 1
    device: Identity
    seq: Annotated[int, Field(ge=1, le=LARGEST_INTEGER, strict=True)]
    prev: Hash
    at: datetime
    offset_ms: Annotated[int, Field(strict=True)] | None = None
    actor: str = ""
    act: Annotated[str, Field(max_length=60)]
    case_id: Identity | None = None
    committee_id: Identity | None = None
    changes: tuple[Change, ...]
    app: str = ""
    seen: Annotated[str, Field(pattern=r"^([0-9a-f]{8}:\d{1,16})?$")] = ""


@dataclass(frozen=True, slots=True)
class SealedEntry:
    """An entry as it travels: the exact bytes, the device's Ed25519 signature over their hash
    (hex), and the hash (hex).
    """

    raw: bytes
    signature: str
    hash: str


class NotAnEntry(ValueError):
    """The bytes are not a well-formed entry; holds a place and a kind of fault, never content."""


def entry_bytes(entry: Entry) -> bytes:
    """The canonical bytes of a new entry. ValueError where something in it must not be signed."""
    # An entry that says nothing of it keeps the bytes that it had in earlier versions.
    without = {"changes"} if entry.seen else {"changes", "seen"}
    whole = entry.model_dump(mode="json", exclude=without)
    # What changed is JSON already: going over it once more would only cost time.
    whole["changes"] = [
        {
            "kind": one.kind,
            "id": one.id,
            "base": one.base,
            "set": one.set,
            **(one.model_extra or {}),
        }
        for one in entry.changes
    ]
    return canonical(whole)


def entry_hash(raw: bytes) -> str:
    """The hash under which an entry is chained, signed and receipted."""
    return digest(ENTRY_PURPOSE, raw)


def entry_message(raw: bytes) -> bytes:
    """The 32 bytes that the writing device signs: the entry's hash, not in hex."""
    return bytes.fromhex(entry_hash(raw))


def read_entry(raw: bytes) -> Entry:
    """The entry in `raw`. Raises `NotAnEntry` for anything that is not canonical, well-formed and
    of version 1.
    """
    if len(raw) > ENTRY_LIMIT_BYTES:
        raise NotAnEntry("too large")
    try:
        value = strict_json(raw)
        if canonical(value) != raw:
            raise NotAnEntry("not canonical")
        return Entry.model_validate(value)
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False, include_context=False)[0]
        raise NotAnEntry(
            f"{'.'.join(str(part) for part in first['loc'])}: {first['type']}"
        ) from None
    except (ValueError, UnicodeError) as error:
        raise error if isinstance(error, NotAnEntry) else NotAnEntry("not strict JSON") from None


def seen_mark(epoch: str, position: int) -> str:
    """How far the log of one epoch was read, as `Entry.seen` has it: eight digits of the epoch's
    SHA-256, and the position.
    """
    return f"{_epoch_mark(epoch)}:{position}"


def seen_position(seen: str, epoch: str) -> int | None:
    """The position in the log of `epoch` that `seen` tells; None where it tells of none, or of
    another epoch.
    """
    mark, _, position = seen.partition(":")
    return int(position) if position and mark == _epoch_mark(epoch) else None


def _epoch_mark(epoch: str) -> str:
    return hashlib.sha256(epoch.encode()).hexdigest()[:8]


def record_key(change: Change) -> tuple[str, RecordId]:
    """Kind and id of the record that a change touches."""
    return change.kind, RecordId(change.id)
