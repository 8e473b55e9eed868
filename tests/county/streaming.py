"""A laptop's protocol 2, made of parts by hand: whole, cut, forged or out of order, which is what a
server must be tried with.
"""

from __future__ import annotations

import http.client
import socket
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from app.security.device import verify
from app.services.answers import new_nonce
from app.wire.canonical import canonical
from app.wire.exchange import (
    CONTENT_TYPE,
    DEVICE_HEADER,
    NONCE_HEADER,
    SIGNATURE_HEADER,
    message_digest,
)
from app.wire.exchange2 import (
    ANSWER2_PURPOSE,
    EXCHANGE2_PATH,
    FILES_PATH,
    REQUEST2_PURPOSE,
    Answer,
    FilesRequest,
    Hello,
    SpanReceipt,
    read_answer,
    span_message,
)
from app.wire.journal import SealedEntry, read_entry
from app.wire.parts import (
    END,
    FILE_PIECE,
    HELLO,
    EntryPacker,
    FilePiece,
    LogLine,
    pack_file,
    part,
    read_parts,
    unpack_file,
)
from app.wire.words import WORDS
from tests.county.laptop import RawLaptop


@dataclass(frozen=True, slots=True)
class Heard:
    """One HTTP answer: nothing in it is believed yet."""

    status: int
    body: bytes
    signature: str


@dataclass
class Stream:
    """What one laptop says over protocol 2. `epoch`, `cursor` and `colleagues` are kept as a real
    one would.
    """

    laptop: RawLaptop
    address: str
    epoch: str = ""
    cursor: int = 0
    colleagues: str = ""
    mirror: dict[str, LogLine] = field(default_factory=dict)

    def hello(self, **more: Any) -> Hello:
        kept = {"epoch": self.epoch, "cursor": self.cursor, "colleagues": self.colleagues}
        return Hello.model_validate({**kept, **more})

    def contact(
        self,
        entries: Sequence[SealedEntry] = (),
        *,
        per_part: int = 50,
        more_parts: Iterable[bytes] = (),
        **hello: Any,
    ) -> Answer:
        """One verified round; what it brought is kept in `mirror`."""
        body = self.body(entries, per_part=per_part, more_parts=more_parts, **hello)
        answer, lines = self.read(*self.say(body))
        self.epoch, self.cursor, self.colleagues = answer.epoch, answer.cursor, answer.colleagues
        self.mirror.update({one.sealed.hash: one for one in lines})
        return answer

    def body(
        self,
        entries: Sequence[SealedEntry] = (),
        *,
        per_part: int = 50,
        more_parts: Iterable[bytes] = (),
        **hello: Any,
    ) -> list[bytes]:
        """Hello, entries, whatever else, end."""
        first = read_entry(entries[0].raw).seq if entries else 0
        said = self.hello(**{"first": first, **hello})
        return [
            part(HELLO, canonical(said.model_dump(mode="json"))),
            *entry_parts(entries, per_part),
            *more_parts,
            part(END),
        ]

    def headers(self, hello: bytes, nonce: str, path: str = EXCHANGE2_PATH) -> dict[str, str]:
        message = message_digest(REQUEST2_PURPOSE, path, nonce, hello)
        return {
            DEVICE_HEADER: self.laptop.id,
            NONCE_HEADER: nonce,
            SIGNATURE_HEADER: self.laptop.device.sign(message).hex(),
            "Content-Type": CONTENT_TYPE,
        }

    def say(self, parts: Sequence[bytes]) -> tuple[Heard, str]:
        """The parts, each in a chunk of its own, and the nonce that they went with."""
        nonce = new_nonce()
        return post(self.address, parts, self.headers(parts[0][5:], nonce)), nonce

    def read(self, heard: Heard, nonce: str) -> tuple[Answer, tuple[LogLine, ...]]:
        assert heard.status == 200, (heard.status, heard.body)
        assert self.is_genuine(heard, nonce)
        return read_answer(heard.body, WORDS)[:2]

    def is_genuine(self, heard: Heard, nonce: str, path: str = EXCHANGE2_PATH) -> bool:
        message = message_digest(ANSWER2_PURPOSE, path, nonce, heard.body)
        return verify(self.laptop.county_key, message, heard.signature)

    def cut_off(self, parts: Sequence[bytes], at: int) -> None:
        """Sends the first `at` bytes and tears the line."""
        nonce = new_nonce()
        host = urlsplit(self.address)
        body = b"".join(parts)
        lines = [f"POST {EXCHANGE2_PATH} HTTP/1.1", f"Host: {host.netloc}"]
        lines += [f"{k}: {v}" for k, v in self.headers(parts[0][5:], nonce).items()]
        lines += [f"Content-Length: {len(body)}", "", ""]
        assert host.hostname and host.port
        with socket.create_connection((host.hostname, host.port)) as line:
            line.sendall("\r\n".join(lines).encode() + body[:at])

    def fetch(self, *files: tuple[str, int], room: int = 1 << 20) -> list[FilePiece]:
        """Pieces of files, asked for as (sha256, offset)."""
        request = FilesRequest.model_validate(
            {"files": [{"sha256": name, "offset": at} for name, at in files], "room": room}
        )
        body, nonce = canonical(request.model_dump(mode="json")), new_nonce()
        heard = post(self.address, [body], self.headers(body, nonce, FILES_PATH), FILES_PATH)
        assert heard.status == 200, (heard.status, heard.body)
        assert self.is_genuine(heard, nonce, FILES_PATH)
        return [unpack_file(one.payload) for one in read_parts(heard.body)[:-1]]

    def spans(self, answer: Answer) -> list[SpanReceipt]:
        """The receipts of an answer, each of them genuine."""
        for one in answer.receipts:
            assert verify(self.laptop.county_key, span_message(one.raw), one.signature)
        return [SpanReceipt.model_validate_json(one.raw) for one in answer.receipts]


def entry_parts(entries: Sequence[SealedEntry], per_part: int = 50) -> Iterator[bytes]:
    packer = EntryPacker(WORDS)
    for start in range(0, len(entries), per_part):
        some = entries[start : start + per_part]
        yield packer.pack(some, read_entry(some[0].raw).prev)


def file_parts(digest: str, content: bytes, offset: int = 0) -> Iterator[bytes]:
    for at in range(offset, len(content), FILE_PIECE):
        yield pack_file(FilePiece(digest, at, len(content), content[at : at + FILE_PIECE]))


def post(
    address: str, pieces: Sequence[bytes], headers: dict[str, str], path: str = EXCHANGE2_PATH
) -> Heard:
    """One request whose body travels chunk by chunk."""
    line = http.client.HTTPConnection(urlsplit(address).netloc, timeout=60)
    try:
        line.request("POST", path, body=iter(pieces), headers=headers, encode_chunked=True)
        answer = line.getresponse()
        return Heard(answer.status, answer.read(), answer.getheader(SIGNATURE_HEADER, ""))
    finally:
        line.close()
