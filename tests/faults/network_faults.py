"""The twenty-six things a network does to a contact with the county, the five phases in which it
does them, and where in a request or answer each of them strikes.

Words only: `fault_proxy` does them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

from app.wire import parts
from app.wire.exchange2 import EXCHANGE2_PATH, FILES_PATH


class Kind(Enum):
    """How a fault is done, whatever the phase."""

    # No connection comes about. The one that carries the phase is torn off at the phase's place,
    # and whoever knocks from then on meets the fault, until `heal`. In the hello: at once.
    DOOR = "door"
    # The same, but a stranger answers the next connection's greeting; the one after is good again.
    TLS = "tls"
    # Something happens to the request; see each fault.
    REQUEST = "request"
    # The request goes through whole, and the answer suffers.
    ANSWER = "answer"
    # Somebody else answers. Where the phase lies in the request, the server has got it up to the
    # phase's place and then a reset; where it lies in the answer, the server has got and answered
    # it all. Either way the client can send all it wants before it hears the false answer.
    IMPOSTOR = "impostor"
    # One byte is changed at the phase's place, in the request or in the answer.
    BYTE = "byte"


@dataclass(frozen=True, slots=True)
class _Case:
    id: str
    kind: Kind
    words: str
    variants: tuple[str, ...] = ("",)
    times: int = 1


class Fault(Enum):
    """One of the twenty-six. Where it comes in `variants`, the first is the usual one."""

    REFUSED = _Case("N-01", Kind.DOOR, "the connection is refused")
    NO_NAME = _Case("N-02", Kind.DOOR, "the address has a name that nobody knows")
    BLACK_HOLE = _Case("N-03", Kind.DOOR, "the knock on the door is swallowed in silence")
    # The server sees nothing of a request that carries the phase; the client sees a reset there.
    RESET_BEFORE = _Case("N-04", Kind.REQUEST, "reset before the request")
    # The server gets it up to the phase's place; the client sends all of it, then sees the reset.
    RESET_SENT = _Case("N-05", Kind.REQUEST, "reset after the request was sent, before the commit")
    # The server has answered. Where the phase lies in the answer, the client gets it up to there.
    RESET_COMMITTED = _Case("N-06", Kind.ANSWER, "reset after the commit, before the reply")
    # Held until the client hangs up or `heal`; where the phase lies in the answer, its first bytes
    # come in time.
    LATE = _Case("N-07", Kind.ANSWER, "the reply comes after every deadline")
    # Sent again at once on a second connection. The client gets the first answer; where the phase
    # lies in the answer, it gets the second.
    TWICE = _Case("N-08", Kind.REQUEST, "the request arrives twice")
    # The client sees a reset, and the server gets the request after the next one on that path.
    OUT_OF_ORDER = _Case("N-09", Kind.REQUEST, "a later request overtakes this one")
    # An earlier answer of the same path; the first answer that passes is only noted.
    OLD_REPLY = _Case("N-10", Kind.IMPOSTOR, "an old reply comes again")
    PORTAL_PAGE = _Case("N-11", Kind.IMPOSTOR, "200 and a portal's page")
    PORTAL_REDIRECT = _Case("N-12", Kind.IMPOSTOR, "302 to a portal over plain http")
    SELF_SIGNED = _Case("N-13", Kind.TLS, "a certificate that signs itself")
    OTHER_AUTHORITY = _Case("N-14", Kind.TLS, "the right name by another authority")
    OUT_OF_DATE = _Case("N-15", Kind.TLS, "the right authority, outside its time", ("past", "next"))
    OLD_TLS = _Case("N-16", Kind.TLS, "an old protocol, or none", ("1.1", "plain"))
    # The phase's place for a cut answer is the middle of it where the phase lies in the request.
    SHORT_LENGTH = _Case("N-17", Kind.ANSWER, "Content-Length promises more than comes")
    # Cut between two parts, never before the first; a body without parts becomes ``{}``.
    SILENT_CUT = _Case("N-18", Kind.ANSWER, "no length, cut where it still reads well")
    CHUNK_CUT = _Case("N-19", Kind.ANSWER, "a chunk breaks off")
    BOMB = _Case("N-20", Kind.IMPOSTOR, "97 kB of gzip that become 100 MB")
    # From the phase's place on, or from the start, byte by byte until the client leaves or `heal`.
    DRIP = _Case("N-21", Kind.ANSWER, "the answer drips")
    # Four requests in a row, one of each; with a variant, four times that.
    SERVER_ERRORS = _Case(
        "N-22", Kind.IMPOSTOR, "a burst of 5xx", ("", "500", "502", "503", "504"), times=4
    )
    TOO_MANY = _Case(
        "N-23", Kind.IMPOSTOR, "429 and a Retry-After", ("120", "date", "2099", "-5", "abc")
    )
    NOT_ALLOWED = _Case("N-24", Kind.IMPOSTOR, "401 or 403 in the middle", ("401", "403"))
    TOO_LARGE = _Case("N-25", Kind.IMPOSTOR, "413 or 507", ("413", "507"))
    ALTERED = _Case("N-26", Kind.BYTE, "one byte is altered")

    @property
    def id(self) -> str:
        """``N-01`` to ``N-26``."""
        return self.value.id

    @property
    def kind(self) -> Kind:
        return self.value.kind

    @property
    def words(self) -> str:
        return self.value.words

    @property
    def variants(self) -> tuple[str, ...]:
        return self.value.variants

    @property
    def times(self) -> int:
        """How many requests it hits before it is over by itself; a DOOR stays until `heal`."""
        return self.value.times


class Side(Enum):
    REQUEST = "request"
    ANSWER = "answer"


@dataclass(frozen=True, slots=True)
class Target:
    """Which request, and the place in it or in its answer.

    `matches` sees method and path. `place`: the middle of the first part of one of these kinds, or
    a byte offset in the body (0 = nothing of it passes), or None = the middle of the body. A
    request or answer without such a part is left alone; a body that is no stream of parts has its
    place in the middle. `carries`: the request must also hold a part of this kind. `nth`: the
    first, second ... that fits since the fault was armed.
    """

    matches: Callable[[str, str], bool]
    side: Side
    place: bytes | int | None
    carries: bytes = b""
    nth: int = 1


def to_path(*paths: str) -> Callable[[str, str], bool]:
    """Matches a POST to one of `paths`."""
    return lambda method, path: method == "POST" and path in paths


class Phase(Enum):
    """A contact in five phases; the parts of one stream tell them apart.

    For faults of the request, PULL and RECEIPT lie in its end part: all has come except the word
    that it is all. For faults of the answer, the first three are the answer to a request with that
    part.
    """

    HELLO = Target(to_path(EXCHANGE2_PATH), Side.REQUEST, parts.HELLO)
    ENTRIES = Target(to_path(EXCHANGE2_PATH), Side.REQUEST, parts.ENTRIES)
    FILE_PIECE = Target(to_path(EXCHANGE2_PATH), Side.REQUEST, parts.FILE)
    PULL = Target(to_path(EXCHANGE2_PATH, FILES_PATH), Side.ANSWER, parts.LOG + parts.FILE)
    RECEIPT = Target(to_path(EXCHANGE2_PATH), Side.ANSWER, parts.ANSWER, carries=parts.ENTRIES)


def request_place(target: Target) -> bytes | int | None:
    """Where a fault of the request strikes."""
    return target.place if target.side is Side.REQUEST else parts.END


def answer_place(target: Target) -> bytes | int | None:
    """Where a fault of the answer strikes."""
    return target.place if target.side is Side.ANSWER else None


def carried(target: Target) -> bytes:
    """Kinds of which the request must hold one; b"" = any request fits."""
    if target.side is Side.REQUEST and isinstance(target.place, bytes):
        return target.place
    return target.carries
