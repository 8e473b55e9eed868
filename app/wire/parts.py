"""The parts of protocol 2: the one byte stream that travels over HTTP in both directions and inside
a parcel on a stick.

Cuts, joins and packs bytes; never decides what they mean, and never trusts a length or a frame
before it is checked against its limit. A part that arrived whole counts even when the rest of the
stream never comes.

Layout: kind (1 byte), length of the payload (4 bytes, big-endian), payload.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256

import zstandard

from app.wire.journal import SealedEntry, entry_hash

HELLO, ENTRIES, FILE, END, ANSWER, LOG, PACK = b"H", b"E", b"F", b"Z", b"A", b"L", b"P"
PART_LIMIT = 5 * 1024 * 1024  # bytes of one payload: the largest entry, even where nothing shrinks
PLAIN_LIMIT = 8 * 1024 * 1024  # bytes of one payload unpacked: one entry may be 4 MiB
# Plain bytes of a file in one part: with all heads it fills one TLS record.
FILE_PIECE = 16 * 1024 - 128
FILE_PIECE_LIMIT = 64 * 1024
PACK_LIMIT = 1024 * 1024  # bytes of a whole data pack, packed
ENTRIES_LIMIT = 500
# More at once packs hardly better, because the part before is the dictionary of the next, and takes
# more time and memory.
PLAIN_TARGET = 64 * 1024
_LEVEL = 19
_KINDS = frozenset({HELLO, ENTRIES, FILE, END, ANSWER, LOG, PACK})
_HEAD = struct.Struct(">cI")
_COUNT = struct.Struct(">H")
_ENTRY = struct.Struct(">IH")
_FILE = struct.Struct(">32sQQ8s")
_LINE = struct.Struct(">QB64s")
_PACK = struct.Struct(">32sQQ")
_WHOLE = 0xFFFF
_SIGNATURE = 64
# A change of these words would make every packed byte unreadable for older programs.
VERDICTS = ("applied", "conflict")


class BadPart(ValueError):
    """The bytes are no part as this protocol has them; holds a kind of fault, never content."""


@dataclass(frozen=True, slots=True)
class Part:
    kind: bytes
    payload: bytes


@dataclass(frozen=True, slots=True)
class FilePiece:
    """Some bytes of a file of `size` bytes, from `offset` on; `sha256` (hex) names the whole."""

    sha256: str
    offset: int
    size: int
    data: bytes


@dataclass(frozen=True, slots=True)
class PackPiece:
    """Some bytes of the county's data pack, from `offset` on. `mark` (hex) is the SHA-256 of the
    whole document, `size` how many bytes it has packed.
    """

    mark: str
    offset: int
    size: int
    data: bytes


@dataclass(frozen=True, slots=True)
class LogLine:
    """An entry of somebody else at its position in the county's log, with what was thought of
    it.
    """

    position: int
    verdict: str
    sealed: SealedEntry


def part(kind: bytes, payload: bytes = b"") -> bytes:
    """One part as it travels."""
    if len(payload) > PART_LIMIT:
        raise ValueError("a part of more than 5 MiB")
    return _HEAD.pack(kind, len(payload)) + payload


class PartReader:
    """Cuts arriving bytes into parts. `over` once the end part was seen."""

    def __init__(self) -> None:
        self._waiting = bytearray()
        self.over = False

    def feed(self, data: bytes) -> Iterator[Part]:
        """The parts that are whole now. Raises `BadPart` for a kind that must be known and is not,
        a payload beyond the limit, and bytes behind the end.

        A kind in lower case is an addition of a later version; who does not know it leaves it out.
        """
        self._waiting += data
        while len(self._waiting) >= _HEAD.size:
            if self.over:
                raise BadPart("bytes behind the end")
            kind, length = _HEAD.unpack_from(self._waiting)
            if not (kind in _KINDS or kind.islower()) or length > PART_LIMIT:
                raise BadPart("kind or length")
            end = _HEAD.size + length
            if len(self._waiting) < end:
                return
            payload = bytes(self._waiting[_HEAD.size : end])
            del self._waiting[:end]
            self.over = kind == END
            if kind in _KINDS:
                yield Part(kind, payload)
        if self.over and self._waiting:
            raise BadPart("bytes behind the end")

    def broken_off(self) -> FilePiece | None:
        """What arrived of a file part when the line was cut within it; None for any other.

        Its own hash cannot be compared. What a bad line altered is found when the whole file is
        hashed.
        """
        start = _HEAD.size + _FILE.size
        if len(self._waiting) <= start or not self._waiting.startswith(FILE):
            return None
        name, offset, size, _ = _FILE.unpack_from(self._waiting, _HEAD.size)
        data = bytes(self._waiting[start:])
        return FilePiece(name.hex(), offset, size, data) if offset + len(data) <= size else None


def read_parts(body: bytes) -> tuple[Part, ...]:
    """All parts of a whole body. Raises `BadPart` for one without an end."""
    reader = PartReader()
    parts = tuple(reader.feed(body))
    if not reader.over:
        raise BadPart("no end")
    return parts


class EntryPacker:
    """Packs own entries, in the order of the journal, for one stream.

    Each part is packed with the text of the one before as its dictionary, so that many small parts
    take hardly more room than one large one. The first entry of a stream travels whole: who reads
    it may hold another one before it, and must be able to see that.
    """

    def __init__(self, dictionary: bytes) -> None:
        self._words = dictionary
        self._before = b""

    def pack(self, entries: Sequence[SealedEntry], previous: str) -> bytes:
        """An entries part: `entries` follow each other in one journal, the first of them the entry
        whose hash is `previous`.
        """
        if not 0 < len(entries) <= ENTRIES_LIMIT:
            raise ValueError("between 1 and 500 entries travel in one part")
        before = [previous if self._before else "", *(one.hash for one in entries)]
        plain = b"".join(
            _without_previous(one.raw, hash_before)
            for one, hash_before in zip(entries, before, strict=False)
        )
        packed = pack_text(plain, self._words + self._before)
        self._before = plain
        signatures = b"".join(bytes.fromhex(one.signature) for one in entries)
        return part(ENTRIES, _COUNT.pack(len(entries)) + signatures + packed)


class EntryUnpacker:
    """The other end of an `EntryPacker`."""

    def __init__(self, dictionary: bytes) -> None:
        self._words = dictionary
        self._before = b""

    def unpack(self, payload: bytes, previous: str) -> Iterator[SealedEntry]:
        """The entries of one part, exactly as they were signed; `previous` is the hash of the entry
        before the first one. Raises `BadPart`.

        Nothing says here that they are genuine: only signatures do.
        """
        signatures, packed = _signed(payload, _SIGNATURE)
        plain = unpack_text(packed, self._words + self._before)
        self._before = plain
        view, at = memoryview(plain), 0
        for signature in signatures:
            if at + _ENTRY.size > len(plain):
                raise BadPart("entries")
            length, tail = _ENTRY.unpack_from(plain, at)
            at += _ENTRY.size
            raw = _with_previous(bytes(view[at : at + length]), tail, previous)
            if at + length > len(plain):
                raise BadPart("entries")
            at += length
            previous = entry_hash(raw)
            yield SealedEntry(raw, signature.hex(), previous)
        if at != len(plain):
            raise BadPart("entries")


def pack_log(lines: Sequence[LogLine], dictionary: bytes) -> bytes:
    """A log part: entries of others, whole, because who reads them may not hold those before."""
    heads = b"".join(
        _LINE.pack(one.position, VERDICTS.index(one.verdict), bytes.fromhex(one.sealed.signature))
        for one in lines
    )
    plain = b"".join(struct.pack(">I", len(one.sealed.raw)) + one.sealed.raw for one in lines)
    return part(LOG, _COUNT.pack(len(lines)) + heads + pack_text(plain, dictionary))


def unpack_log(payload: bytes, dictionary: bytes) -> tuple[LogLine, ...]:
    """The lines of a log part. Raises `BadPart`."""
    heads, packed = _signed(payload, _LINE.size)
    plain = unpack_text(packed, dictionary)
    lines, at = [], 0
    for head in heads:
        position, verdict, signature = _LINE.unpack(head)
        if at + 4 > len(plain) or verdict >= len(VERDICTS):
            raise BadPart("log")
        length = int.from_bytes(plain[at : at + 4], "big")
        raw = plain[at + 4 : at + 4 + length]
        at += 4 + length
        if at > len(plain):
            raise BadPart("log")
        sealed = SealedEntry(raw, signature.hex(), entry_hash(raw))
        lines.append(LogLine(position, VERDICTS[verdict], sealed))
    if at != len(plain):
        raise BadPart("log")
    return tuple(lines)


def pack_file(piece: FilePiece) -> bytes:
    """A file part. The eight bytes of its own hash find what a bad line altered before it costs the
    whole file.
    """
    mark = sha256(piece.data).digest()[:8]
    head = _FILE.pack(bytes.fromhex(piece.sha256), piece.offset, piece.size, mark)
    return part(FILE, head + piece.data)


def unpack_file(payload: bytes) -> FilePiece:
    """Raises `BadPart`: too short, too long, altered, or beyond the size it names."""
    if not _FILE.size < len(payload) <= _FILE.size + FILE_PIECE_LIMIT:
        raise BadPart("file")
    name, offset, size, mark = _FILE.unpack_from(payload)
    data = payload[_FILE.size :]
    if sha256(data).digest()[:8] != mark or offset + len(data) > size:
        raise BadPart("file")
    return FilePiece(name.hex(), offset, size, data)


def pack_pack(piece: PackPiece) -> bytes:
    """A part of the county's data pack."""
    return part(PACK, _PACK.pack(bytes.fromhex(piece.mark), piece.offset, piece.size) + piece.data)


def unpack_pack(payload: bytes) -> PackPiece:
    """Raises `BadPart`: too short, or beyond the size it names."""
    if len(payload) <= _PACK.size:
        raise BadPart("pack")
    mark, offset, size = _PACK.unpack_from(payload)
    data = payload[_PACK.size :]
    if not offset + len(data) <= size <= PACK_LIMIT:
        raise BadPart("pack")
    return PackPiece(mark.hex(), offset, size, data)


def pack_text(plain: bytes, dictionary: bytes = b"") -> bytes:
    """One zstd frame that names its own size."""
    if len(plain) > PLAIN_LIMIT:
        raise ValueError("more than 8 MiB in one part")
    return zstandard.ZstdCompressor(level=_LEVEL, dict_data=_dictionary(dictionary)).compress(plain)


def unpack_text(packed: bytes, dictionary: bytes = b"", limit: int = PLAIN_LIMIT) -> bytes:
    """The plain bytes of one frame of at most `limit`. Raises `BadPart` before it makes room for
    more.
    """
    try:
        size = zstandard.get_frame_parameters(packed).content_size
        if size > limit:
            raise BadPart("too large")
        opener = zstandard.ZstdDecompressor(dict_data=_dictionary(dictionary))
        return opener.decompress(packed, allow_extra_data=False)
    except zstandard.ZstdError:
        raise BadPart("zstd") from None


def hashes_sum(hashes: Iterable[str]) -> str:
    """A sum of entry hashes that does not depend on their order (256 bits in hex): two ends that
    hold the same entries have the same sum.
    """
    return f"{sum(int(one, 16) for one in hashes) % (1 << 256):064x}"


def bucket_sums(hashes: Iterable[str]) -> str:
    """256 such sums of 64 bits, by the first byte of the hash, in hex one after the other: they
    tell where two ends differ.
    """
    sums = [0] * 256
    for one in hashes:
        sums[int(one[:2], 16)] += int(one[:16], 16)
    return "".join(f"{one % (1 << 64):016x}" for one in sums)


def differing_buckets(one: str, other: str) -> frozenset[int]:
    """The buckets in which two `bucket_sums` differ."""
    return frozenset(
        number
        for number in range(256)
        if one[number * 16 : number * 16 + 16] != other[number * 16 : number * 16 + 16]
    )


def _dictionary(words: bytes) -> zstandard.ZstdCompressionDict | None:
    if not words:
        return None
    return zstandard.ZstdCompressionDict(words, dict_type=zstandard.DICT_TYPE_RAWCONTENT)


def _signed(payload: bytes, size: int) -> tuple[list[bytes], bytes]:
    """The heads of `size` bytes that stand before the packed text, and that text."""
    if len(payload) < _COUNT.size:
        raise BadPart("count")
    (count,) = _COUNT.unpack_from(payload)
    end = _COUNT.size + count * size
    if not 0 < count <= ENTRIES_LIMIT or len(payload) < end:
        raise BadPart("count")
    heads = [payload[at : at + size] for at in range(_COUNT.size, end, size)]
    return heads, payload[end:]


def _previous_field(previous: str) -> bytes:
    return b'"prev":"' + previous.encode() + b'",'


def _without_previous(raw: bytes, previous: str) -> bytes:
    """An entry without the hash of the one before, which the other end knows: nothing shrinks a
    hash. The place is told as bytes from the end, so that putting it back is exact.
    """
    field = _previous_field(previous)
    at = raw.rfind(field)
    tail = len(raw) - at - len(field)
    if at < 0 or tail >= _WHOLE:
        return _ENTRY.pack(len(raw), _WHOLE) + raw
    return _ENTRY.pack(len(raw) - len(field), tail) + raw[:at] + raw[at + len(field) :]


def _with_previous(stripped: bytes, tail: int, previous: str) -> bytes:
    if tail == _WHOLE:
        return stripped
    if tail > len(stripped):
        raise BadPart("entries")
    at = len(stripped) - tail
    return stripped[:at] + _previous_field(previous) + stripped[at:]
