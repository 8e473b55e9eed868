"""A parcel has no next contact: all of it is taken in, however much it is, with the memory of one
part.
"""

from __future__ import annotations

import tracemalloc
from collections.abc import Iterator
from hashlib import sha256

from app.county.contact import CONTACT_LIMIT_BYTES, take_parts
from app.county.exchange import County
from app.domain.attachments import SIZE_LIMIT
from app.wire.canonical import canonical
from app.wire.exchange2 import FileReceipt, Hello, read_answer
from app.wire.parts import END, FILE_PIECE_LIMIT, HELLO, FilePiece, pack_file, part
from app.wire.words import WORDS
from tests.county.laptop import RawLaptop
from tests.county.server import RunningCounty

SIZE = SIZE_LIMIT
FILES = 300_000_000 // SIZE
MEMORY = 24_000_000


def content(number: int) -> Iterator[bytes]:
    """A file of SIZE bytes, piece by piece."""
    some = bytes([number]) * FILE_PIECE_LIMIT
    for at in range(0, SIZE, FILE_PIECE_LIMIT):
        yield some[: SIZE - at]


def digest(number: int) -> str:
    whole = sha256()
    for some in content(number):
        whole.update(some)
    return whole.hexdigest()


def test_300_megabytes_are_taken_in_whole(county: RunningCounty, laptop: RawLaptop) -> None:
    names = [digest(number) for number in range(FILES)]
    assert FILES * SIZE > CONTACT_LIMIT_BYTES

    def parts() -> Iterator[bytes]:
        yield part(HELLO, canonical(Hello().model_dump(mode="json")))
        for number, name in enumerate(names):
            at = 0
            for some in content(number):
                yield pack_file(FilePiece(name, at, SIZE, some))
                at += len(some)
        yield part(END)

    desk = County(county.engine, county.key, county.now, county.folder)
    tracemalloc.start()
    try:
        body = take_parts(desk, laptop.id, "00" * 16, parts())
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    answer = read_answer(body, WORDS)[0]
    receipts = [FileReceipt.model_validate_json(one.raw) for one in answer.file_receipts]
    assert answer.trouble == ""
    assert sorted(one.sha256 for one in receipts) == sorted(names)
    assert {one.size for one in receipts} == {SIZE}
    assert peak < MEMORY
