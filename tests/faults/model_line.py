"""The line of the model: what a question and its answer can meet on the way to the county."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from app.domain.problems import ProblemCode, refuse
from tests.faults.model_county import Heard, Killed, ModelCounty
from tests.faults.model_forger import forged

Answer = tuple[bytes, Mapping[str, str]]
# On the line, and at the county.
FAULTS = (
    "unreachable",
    "cut",
    "lost",
    "short",
    "twice",
    "replay",
    "late",
    "alter",
    "alter_request",
    "portal",
    "forge",
    "county_dies_before_commit",
    "county_dies_after_commit",
)
_PORTAL = b"<html><body>Please sign in</body></html>"
_PIECE = 4096
_KEPT = 12


@dataclass(frozen=True, slots=True)
class Fault:
    """One trouble: in the `request`-th request of a contact (from 0), at the `where`-th byte or
    commit.
    """

    kind: str = ""
    request: int = 0
    where: int = 0


@dataclass
class Request:
    """Everything that once went over the line, and may come again."""

    path: str
    body: bytes
    headers: Mapping[str, str]


@dataclass
class ModelLine:
    """One laptop's line, with one trouble at most in each contact. It remembers what went over
    it.
    """

    county: ModelCounty
    overheard: Callable[[], tuple[list[str], str]]
    fault: Fault = field(default_factory=Fault)
    requests: list[Request] = field(default_factory=list)
    answers: list[Answer] = field(default_factory=list)
    _number: int = 0

    def begin(self, fault: Fault) -> None:
        self.fault, self._number = fault, 0

    def post(self, path: str, body: bytes, headers: Mapping[str, str]) -> Answer:
        return self.stream(path, [body], headers)

    def stream(self, path: str, parts: Iterable[bytes], headers: Mapping[str, str]) -> Answer:
        fault = self.fault if self._number == self.fault.request else Fault()
        self._number += 1
        if fault.kind == "unreachable":
            raise refuse(ProblemCode.COUNTY_UNREACHABLE)
        if fault.kind == "portal":
            return _PORTAL, {"Content-Type": "text/html"}
        if fault.kind == "forge":
            return forged(path, headers, *self.overheard())
        sent = Request(path, b"", headers)
        pieces = _told(sent, parts, fault)
        if fault.kind.startswith("county_dies"):
            self.county.dies(1 + fault.where % 5, before=fault.kind.endswith("before_commit"))
        try:
            heard = self.county.ask(path, pieces, headers, cut=fault.kind == "cut")
            if fault.kind == "twice":
                heard = self.county.ask(path, [sent.body], headers)
        except Killed:
            self.county.reopen()
            raise refuse(ProblemCode.ANSWER_CUT) from None
        finally:
            if fault.kind.startswith("county_dies"):
                self.county.reopen()
            self.requests = [*self.requests, sent][-_KEPT:]
        return self._brought(heard, fault)

    def echo(self, number: int) -> None:
        """The network delivers an old request once more; nobody hears the answer."""
        if self.requests:
            old = self.requests[number % len(self.requests)]
            self.county.ask(old.path, [old.body], old.headers)

    def _brought(self, heard: Heard | None, fault: Fault) -> Answer:
        if heard is None:
            raise refuse(ProblemCode.ANSWER_CUT)
        if heard.status == 503:
            raise refuse(ProblemCode.COUNTY_BUSY)
        answer = heard.body, heard.headers
        before = self.answers
        self.answers = [*before, answer][-_KEPT:]
        if fault.kind == "lost":
            raise refuse(ProblemCode.ANSWER_CUT)
        if fault.kind == "late":
            raise refuse(ProblemCode.ANSWER_TOO_LATE)
        if fault.kind == "replay" and before:
            return before[fault.where % len(before)]
        if fault.kind == "short":
            return heard.body[: fault.where % max(1, len(heard.body))], heard.headers
        if fault.kind == "alter":
            return _altered(heard.body, fault.where), heard.headers
        return answer


def _told(sent: Request, parts: Iterable[bytes], fault: Fault) -> Iterator[bytes]:
    """The parts as they come to the county; `sent` remembers them as they left."""
    gone = 0
    for one in parts:
        sent.body += one
        if fault.kind == "cut" and gone + len(one) > fault.where:
            if rest := one[: fault.where - gone]:
                yield rest
            return
        if fault.kind == "alter_request" and gone <= fault.where < gone + len(one):
            one = _altered(one, fault.where - gone)
        gone += len(one)
        for start in range(0, len(one), _PIECE):
            yield one[start : start + _PIECE]


def _altered(body: bytes, where: int) -> bytes:
    changed = bytearray(body)
    if changed:
        changed[where % len(changed)] ^= 1 << (where % 8)
    return bytes(changed)
