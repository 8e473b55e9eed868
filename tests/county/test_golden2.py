"""What travels in protocol 2 stays readable: the files in ``golden/2/`` are never edited.

Packed texts are read and not compared byte by byte: another version of the packer may pack the same
text otherwise, and everybody must be able to read both.
"""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

import pytest

from app.security.device import verify
from app.wire.canonical import canonical, strict_json
from app.wire.exchange import message_digest
from app.wire.exchange2 import (
    ANSWER2_PURPOSE,
    EXCHANGE2_PATH,
    REQUEST2_PURPOSE,
    Answer,
    FileReceipt,
    FilesRequest,
    Hello,
    SpanReceipt,
    file_receipt_message,
    read_answer,
    read_hello,
    span_message,
)
from app.wire.journal import Model, entry_message, read_entry
from app.wire.parts import (
    END,
    ENTRIES,
    FILE,
    HELLO,
    EntryUnpacker,
    PartReader,
    unpack_file,
    unpack_text,
)
from app.wire.words import WORDS

GOLDEN = Path(__file__).parent / "golden" / "2"


def golden(name: str) -> bytes:
    return (GOLDEN / name).read_bytes()


def marks() -> dict[str, str]:
    value = strict_json(golden("marks.json"))
    assert isinstance(value, dict)
    return {name: str(text) for name, text in value.items()}


@pytest.mark.parametrize(
    ("name", "model"),
    [
        ("hello.json", Hello),
        ("answer.json", Answer),
        ("span-receipt.json", SpanReceipt),
        ("file-receipt.json", FileReceipt),
        ("files-request.json", FilesRequest),
    ],
)
def test_a_message_is_written_as_it_was(name: str, model: type[Model]) -> None:
    value = model.model_validate(strict_json(golden(name)))
    assert canonical(value.model_dump(mode="json")) == golden(name)
    assert value.model_extra == {}


def test_a_request_is_read_as_it_was() -> None:
    reader = PartReader()
    hello, entries, file, end = reader.feed(golden("request.bin"))
    assert [one.kind for one in (hello, entries, file, end)] == [HELLO, ENTRIES, FILE, END]
    assert reader.over
    told = marks()
    signed = message_digest(REQUEST2_PURPOSE, EXCHANGE2_PATH, told["nonce"], hello.payload)
    assert verify(told["device_key"], signed, told["hello_signature"])
    assert canonical(read_hello(hello.payload).model_dump(mode="json")) == golden("hello.json")
    sealed = list(EntryUnpacker(WORDS).unpack(entries.payload, "0" * 64))
    assert [one.raw for one in sealed] == golden("entries.jsonl").splitlines()
    assert [read_entry(one.raw).seq for one in sealed] == [1, 2]
    for one in sealed:
        assert verify(told["device_key"], entry_message(one.raw), one.signature)
    piece = unpack_file(file.payload)
    assert (piece.sha256, piece.offset, piece.size) == (told["file"], 3, 8)
    assert piece.data == b"photo"


def test_an_answer_is_read_as_it_was() -> None:
    told, body = marks(), golden("answer.bin")
    signed = message_digest(ANSWER2_PURPOSE, EXCHANGE2_PATH, told["nonce"], body)
    assert verify(told["county_key"], signed, told["answer_signature"])
    answer, log, pack = read_answer(body, WORDS)
    assert canonical(answer.model_dump(mode="json")) == golden("answer.json")
    assert [(one.position, one.verdict) for one in log] == [(7, "applied"), (9, "conflict")]
    assert [one.sealed.raw for one in log] == golden("entries.jsonl").splitlines()
    assert pack is not None and (pack.offset, pack.size) == (0, len(pack.data))
    assert unpack_text(pack.data) == golden("pack.json")
    assert pack.mark == answer.pack_mark == sha256(golden("pack.json")).hexdigest()


def test_receipts_still_fit() -> None:
    told = marks()
    span, file = golden("span-receipt.json").decode(), golden("file-receipt.json").decode()
    assert verify(told["county_key"], span_message(span), told["span_signature"])
    assert verify(told["county_key"], file_receipt_message(file), told["file_signature"])
