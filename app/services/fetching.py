"""Files of others, brought from the county piece by piece over days: what a supervisor reviews, and
what a mediator takes over with a case.

A file counts once it is whole and its SHA-256 is right; what came so far is kept. Asks only for
what the records name.
"""

from __future__ import annotations

from collections.abc import Callable

from app.domain.problems import ProblemCode, Refused, refuse
from app.services.answers import new_nonce, read_genuine_body, stream_reply
from app.services.incoming import Trust
from app.services.ports import CountyLine, OpenUnit, WaitingFile
from app.wire.canonical import canonical
from app.wire.exchange2 import FILES_PATH, FileAsked, FilesRequest
from app.wire.parts import FILE, BadPart, read_parts, unpack_file

_AT_ONCE = 8
_ROOM = 1024 * 1024
_SMALLEST_ROOM = 32 * 1024
_ON_A_BAD_LINE = frozenset({ProblemCode.ANSWER_CUT, ProblemCode.ANSWER_TOO_LATE})


def fetch_files(
    open_unit: OpenUnit,
    line: CountyLine,
    trust: Trust,
    going: Callable[[], bool],
) -> int:
    """Brings what is lacking here, the cases under review first; returns how many files became
    whole. Ends where `going` says so. Raises `Refused` as `exchange_once`.
    """
    whole, room = 0, _ROOM
    useless: set[str] = set()
    while going():
        with open_unit() as uow:
            lacking = [one for one in uow.files.lacking(64) if one.sha256 not in useless]
        wanted = tuple(lacking[:_AT_ONCE])
        if not wanted:
            return whole
        try:
            body = _ask(open_unit, line, trust, wanted, room)
        except Refused as refusal:
            if refusal.first.code not in _ON_A_BAD_LINE or room <= _SMALLEST_ROOM:
                raise
            room //= 2
            continue
        came, done = _take(open_unit, body, wanted)
        whole += len(done)
        # Asked for and not given: the county does not have it yet, or it is not for this device.
        useless |= {one.sha256 for one in wanted} - came
    return whole


def _ask(
    open_unit: OpenUnit,
    line: CountyLine,
    trust: Trust,
    wanted: tuple[WaitingFile, ...],
    room: int,
) -> bytes:
    with open_unit() as uow:
        asked = tuple(
            FileAsked(sha256=one.sha256, offset=uow.files.coming(one.sha256, one.size))
            for one in wanted
        )
    request = canonical(FilesRequest(files=asked, room=room).model_dump(mode="json"))
    reply = stream_reply(line, trust.device, FILES_PATH, new_nonce(), request, [request])
    return read_genuine_body(reply, trust.county_key, trust.check)


def _take(
    open_unit: OpenUnit, body: bytes, wanted: tuple[WaitingFile, ...]
) -> tuple[set[str], set[str]]:
    """Stores the pieces; which files got some, and which of them are whole now."""
    sizes = {one.sha256: one.size for one in wanted}
    try:
        pieces = [unpack_file(one.payload) for one in read_parts(body) if one.kind == FILE]
    except BadPart:
        raise refuse(ProblemCode.FOREIGN_ANSWER) from None
    came = {one.sha256 for one in pieces if sizes.get(one.sha256) == one.size}
    with open_unit() as uow:
        for piece in pieces:
            if piece.sha256 in came:
                uow.files.take(piece.sha256, piece.size, piece.offset, piece.data)
        uow.commit()
        return came, {digest for digest in came if uow.files.has(digest)}
