"""The county's data pack on this laptop: it comes in pieces with answers that the county signed,
is looked over once it is whole, and is used from the next start on.

One that cannot be used is refused once and told; the one before stays in use.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC
from enum import Enum, auto
from hashlib import sha256
from typing import Any

from app.services.pack_reading import check_pack
from app.services.ports import UnitOfWork
from app.wire.exchange2 import NO_PACK, Answer
from app.wire.parts import BadPart, PackPiece, unpack_text

REFUSED_SETTING = "county.pack_refused"
TOLD_SETTING = "county.pack_told"


class PackNews(Enum):
    """What an answer changed: nothing, a piece more, or the pack of the next start."""

    NOTHING = auto()
    COMES = auto()
    CHANGED = auto()


@dataclass(frozen=True, slots=True)
class KnownPack:
    """What a hello says of packs: `known` needs not be sent; of `coming`, `have` packed bytes are
    here.
    """

    known: str
    coming: str
    have: int


@dataclass(frozen=True, slots=True)
class PackName:
    """How a pack calls itself; `issued_on` is a local date as it stands there, "" for none."""

    zh: str
    en: str
    issued_on: str


def known_pack(uow: UnitOfWork) -> KnownPack:
    """What this laptop holds of packs, or could not use with this version of Heshi."""
    refused, _, version = (uow.settings.get(REFUSED_SETTING) or "").partition(" ")
    coming, have = uow.packs.coming()
    known = refused if refused and version == uow.app_version else uow.packs.mark()
    return KnownPack(known, coming, have)


def take_pack(
    uow: UnitOfWork, answer: Answer, piece: PackPiece | None, *, on_line: bool
) -> PackNews:
    """Keeps what a verified answer says and brings of the county's pack; the caller commits.

    What comes over the line (`on_line`) is the county's present word, whatever its clock showed
    before. An answer from a stick that is older than one heard before says nothing: sticks come in
    any order.
    """
    told = answer.county_time.astimezone(UTC).isoformat()
    if not answer.pack_mark:
        return PackNews.NOTHING
    if not on_line and told < (uow.settings.get(TOLD_SETTING) or ""):
        return PackNews.NOTHING
    uow.settings.put(TOLD_SETTING, told)
    if answer.pack_mark == NO_PACK:
        uow.settings.put(REFUSED_SETTING, None)
        return PackNews.CHANGED if uow.packs.drop() else PackNews.NOTHING
    if answer.pack_mark == uow.packs.mark():
        uow.settings.put(REFUSED_SETTING, None)
        return PackNews.NOTHING
    if piece is None or piece.mark != answer.pack_mark or piece.mark == known_pack(uow).known:
        return PackNews.NOTHING
    coming, have = uow.packs.coming()
    packed = uow.packs.add(piece.mark, piece.offset, piece.data)
    if len(packed) >= piece.size:
        _use(uow, piece.mark, packed)
        return PackNews.CHANGED
    more = len(packed) > (have if coming == piece.mark else 0)
    return PackNews.COMES if more else PackNews.NOTHING


def forget_pack(uow: UnitOfWork) -> None:
    """Another county: the pack of the earlier one is not its own. The caller commits."""
    uow.packs.drop()
    uow.settings.put(TOLD_SETTING, None)
    uow.settings.put(REFUSED_SETTING, None)


def is_pack_refused(uow: UnitOfWork) -> bool:
    """Whether the county has sent a pack that cannot be used here: what was in use before still
    is. Also where the one in use does not fit this version of Heshi any more.
    """
    if uow.settings.get(REFUSED_SETTING):
        return True
    document = uow.packs.document()
    return bool(document) and not _fits(document)


def pack_name(document: bytes) -> PackName:
    """How the pack in `document` calls itself in its file ``pack.json``; empty where it does
    not.
    """
    about: Any = json.loads(document).get("pack.json") if document else None
    told: Mapping[str, Any] = about if isinstance(about, dict) else {}
    zh, en, day = (str(told.get(one) or "") for one in ("title_zh", "title_en", "issued_on"))
    return PackName(zh, en or zh, day)


def _use(uow: UnitOfWork, mark: str, packed: bytes) -> None:
    try:
        document = unpack_text(packed)
        if sha256(document).hexdigest() != mark:
            raise ValueError("not what was named")
    except (BadPart, ValueError):
        document = b""
    if not (document and _fits(document)):
        uow.settings.put(REFUSED_SETTING, f"{mark} {uow.app_version}")
        uow.packs.forget_coming()
        return
    uow.settings.put(REFUSED_SETTING, None)
    uow.packs.use(mark, document)


def _fits(document: bytes) -> bool:
    try:
        check_pack(json.loads(document))
    except (ValueError, AttributeError):
        return False
    return True
