"""A parcel: bytes for one reader, closed and signed, that anybody may carry and nobody else can
read. The courier's other line to the county.

Works on streams of any length with the memory of one piece. Never opens a file, never uses a name
from inside a parcel, and hands out nothing that was not sealed for this very head.

Layout, all numbers big-endian:

- head, 111 bytes: the mark ``heshi parcel\\n``; version (1); purpose (1 to the county, 2 to a
  laptop); parcel id; id of the parcel that this one answers, or zeros; the sending device's id, or
  zeros for the county; 16 bytes of the reader's key (`box.fingerprint`); a public X25519 key that
  was made for this parcel alone;
- pieces of 64 KiB, the last one shorter: ChaCha20-Poly1305 under HKDF-SHA256 of the X25519 secret
  with ``heshi/parcel/1\\n`` and the head as its info. The nonce is the piece's number (11 bytes)
  and 1 for the last piece, else 0;
- 64 bytes: the sender's Ed25519 signature over `parcel_message`: SHA-256 of ``heshi/parcel/1\\n``,
  the head, and the SHA-256 of all sealed pieces.

Who reads checks the signature over the whole before it opens the first piece. A head that is signed
binds the key of the pieces, so that they may be read a second time from a stick that nobody trusts.
"""

from __future__ import annotations

import hashlib
import struct
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import IntEnum
from typing import TYPE_CHECKING, Protocol
from uuid import UUID

from app.domain.problems import ProblemCode, Refused, refuse
from app.wire.box import X25519Box, fingerprint, new_secret
from app.wire.canonical import digest

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

PURPOSE = "heshi/parcel/1"
MARK = b"heshi parcel\n"
VERSION = 1
PIECE = 64 * 1024  # plain bytes
TAG_SIZE = 16
SIGNATURE_SIZE = 64
_HEAD = struct.Struct(">13sBB16s16s16s16s32s")
HEAD_SIZE = _HEAD.size
_NOBODY = bytes(16)


class Direction(IntEnum):
    """Which way a parcel goes."""

    TO_COUNTY = 1
    TO_LAPTOP = 2


class Opener(Protocol):
    """The reader's box; the secret half stays where it is."""

    @property
    def public_key(self) -> str: ...

    def open(self, other: bytes) -> bytes: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class ParcelHead:
    """What anybody can read of a parcel.

    `answers` is the id of the parcel that it answers, "" for none; `sender` the device that made
    it, "" for the county; `reader` the fingerprint of the key that it is closed for.
    """

    direction: Direction
    parcel_id: str
    answers: str = ""
    sender: str = ""
    reader: bytes
    ephemeral: bytes

    @property
    def raw(self) -> bytes:
        ids = (_id_bytes(one) for one in (self.parcel_id, self.answers, self.sender))
        return _HEAD.pack(MARK, VERSION, self.direction, *ids, self.reader, self.ephemeral)

    def is_for(self, public_key: str) -> bool:
        """Whether the owner of that box can read it."""
        return self.reader == fingerprint(public_key)


@dataclass(frozen=True, slots=True)
class Examined:
    """A parcel that is whole in its form.

    `signature` (hex) over `message` must be the sender's before anything in it counts.
    """

    head: ParcelHead
    message: bytes
    signature: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """Where a parcel goes: to which box (public key, hex), which way, in whose name."""

    direction: Direction
    reader: str
    parcel_id: str
    answers: str = ""
    sender: str = ""


def parcel_message(head: bytes, sealed_digest: bytes) -> bytes:
    """What the sender signs (32 bytes)."""
    return bytes.fromhex(digest(PURPOSE, head + sealed_digest))


def seal(
    contents: Iterable[bytes], address: Address, sign: Callable[[bytes], bytes]
) -> Iterator[bytes]:
    """The parcel, piece by piece. `sign` is the sender's Ed25519.

    Raises ValueError for a reader's key that is none.
    """
    key = X25519Box(new_secret())
    head = ParcelHead(
        direction=address.direction,
        parcel_id=address.parcel_id,
        answers=address.answers,
        sender=address.sender,
        reader=fingerprint(address.reader),
        ephemeral=bytes.fromhex(key.public_key),
    ).raw
    cipher = _cipher(key.open(bytes.fromhex(address.reader)), head)
    sealed = hashlib.sha256()
    yield head
    for number, (piece, last) in enumerate(_pieces(contents)):
        closed = cipher.encrypt(_nonce(number, last=last), piece, None)
        sealed.update(closed)
        yield closed
    yield sign(parcel_message(head, sealed.digest()))


def read_head(raw: bytes) -> ParcelHead:
    """The head in the first bytes of a parcel.

    Raises `Refused` PARCEL_FOREIGN for what is no parcel, PARCEL_NEWER, PARCEL_DAMAGED.
    """
    if not raw.startswith(MARK):
        raise refuse(ProblemCode.PARCEL_FOREIGN)
    if raw[len(MARK) : len(MARK) + 1] > bytes([VERSION]):
        raise refuse(ProblemCode.PARCEL_NEWER)
    if len(raw) < HEAD_SIZE:
        raise _damaged()
    _, version, direction, *ids, reader, ephemeral = _HEAD.unpack_from(raw)
    if version != VERSION or direction not in tuple(Direction):
        raise _damaged()
    parcel_id, answers, sender = (_id_text(one) for one in ids)
    return ParcelHead(
        direction=Direction(direction),
        parcel_id=parcel_id,
        answers=answers,
        sender=sender,
        reader=reader,
        ephemeral=ephemeral,
    )


def examine(chunks: Iterable[bytes]) -> Examined:
    """Reads a whole parcel without opening it: what its sender has signed.

    Raises `Refused` as `read_head`, and PARCEL_DAMAGED for one that is cut.
    """
    cutter = _Cutter(chunks)
    head = read_head(cutter.head())
    sealed = hashlib.sha256()
    for piece, _ in cutter.pieces():
        sealed.update(piece)
    message = parcel_message(head.raw, sealed.digest())
    return Examined(head, message, cutter.rest().hex())


def open_parcel(chunks: Iterable[bytes], head: ParcelHead, box: Opener) -> Iterator[bytes]:
    """The contents of a parcel whose `head` was found genuine.

    Raises `Refused` PARCEL_NOT_FOR_US; PARCEL_DAMAGED as soon as a piece is not what was sealed for
    this head, after those before it were handed out.
    """
    from cryptography.exceptions import InvalidTag

    if not head.is_for(box.public_key):
        raise refuse(ProblemCode.PARCEL_NOT_FOR_US)
    cutter = _Cutter(chunks)
    if cutter.head() != head.raw:
        raise _damaged()
    try:
        cipher = _cipher(box.open(head.ephemeral), head.raw)
        for number, (piece, last) in enumerate(cutter.pieces()):
            yield cipher.decrypt(_nonce(number, last=last), piece, None)
    except (InvalidTag, ValueError):
        raise _damaged() from None


class _Cutter:
    """Cuts a parcel's bytes, in whatever chunks they come, into head, pieces and signature."""

    def __init__(self, chunks: Iterable[bytes]) -> None:
        self._chunks = iter(chunks)
        self._waiting = bytearray()

    def head(self) -> bytes:
        """The first bytes, fewer where there are no more."""
        self._fill(HEAD_SIZE)
        return self._take(HEAD_SIZE)

    def pieces(self) -> Iterator[tuple[bytes, bool]]:
        """Every sealed piece, and whether it is the last. Raises PARCEL_DAMAGED at a wrong end."""
        full = PIECE + TAG_SIZE
        while self._fill(full + SIGNATURE_SIZE + 1):
            yield self._take(full), False
        size = len(self._waiting) - SIGNATURE_SIZE
        if size < TAG_SIZE:
            raise _damaged()
        yield self._take(size), True

    def rest(self) -> bytes:
        """The signature, once the pieces are through."""
        return bytes(self._waiting)

    def _fill(self, size: int) -> bool:
        while len(self._waiting) < size:
            chunk = next(self._chunks, None)
            if chunk is None:
                return False
            self._waiting += chunk
        return True

    def _take(self, size: int) -> bytes:
        taken = bytes(self._waiting[:size])
        del self._waiting[:size]
        return taken


def _pieces(contents: Iterable[bytes]) -> Iterator[tuple[bytes, bool]]:
    waiting = bytearray()
    for chunk in contents:
        for at in range(0, len(chunk), PIECE):
            waiting += chunk[at : at + PIECE]
            if len(waiting) > PIECE:
                yield bytes(waiting[:PIECE]), False
                del waiting[:PIECE]
    yield bytes(waiting), True


def _cipher(secret: bytes, head: bytes) -> ChaCha20Poly1305:
    from cryptography.hazmat.primitives import hashes
    from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    info = PURPOSE.encode() + b"\n" + head
    return ChaCha20Poly1305(HKDF(hashes.SHA256(), 32, None, info).derive(secret))


def _nonce(number: int, *, last: bool) -> bytes:
    """Never twice under one key: every parcel has its own."""
    return number.to_bytes(11, "big") + bytes([last])


def _id_bytes(text: str) -> bytes:
    return UUID(text).bytes if text else _NOBODY


def _id_text(raw: bytes) -> str:
    return "" if raw == _NOBODY else str(UUID(bytes=raw))


def _damaged() -> Refused:
    return refuse(ProblemCode.PARCEL_DAMAGED)
