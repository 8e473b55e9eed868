"""Every fault of the proxy happens where it says, to a raw client and a server that hide nothing;
healed, it is a plain line.
"""

from __future__ import annotations

import gzip
import http.client
import socket
import ssl
import threading
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import product
from pathlib import Path

import pytest

from app.wire import parts
from app.wire.exchange2 import EXCHANGE2_PATH, FILES_PATH
from app.wire.parts import part, read_parts
from tests.faults.certificates import HOST, Authority
from tests.faults.fault_proxy import NOWHERE, FaultProxy
from tests.faults.http_messages import Reply, Wire, made_reply, parts_of
from tests.faults.network_faults import Fault, Kind, Phase, Side, Target, to_path
from tests.faults.strikes import BOMB_BYTES, PAGE

KIND = "application/test"
ENTRIES = b"entries" * 30
HELLO = part(parts.HELLO, b"hello" * 20)
SENT = (HELLO, part(parts.ENTRIES, ENTRIES), part(parts.FILE, b"file" * 50), part(parts.END))
FRESH = (HELLO, part(parts.ENTRIES, b"fresh" * 20), part(parts.END))
ANSWERED = (part(parts.ANSWER, b"receipt" * 20), part(parts.LOG, b"log" * 40), part(parts.END))
# How long the client waits for one read (seconds), and where it waits in vain.
PATIENCE, HASTE = 10.0, 0.25
DRIP_S = 0.6
IN_VAIN = {Fault.BLACK_HOLE, Fault.LATE, Fault.DRIP}


class TinyCounty:
    """Takes parts as they arrive and answers with parts; `taken` and `ended` tell what came."""

    def __init__(self) -> None:
        self.taken: list[bytes] = []
        self.bodies: list[bytes] = []
        self.requests = 0
        self._listener = socket.create_server((HOST, 0))
        self.port: int = self._listener.getsockname()[1]
        self._threads = [threading.Thread(target=self._live, name="tiny county")]
        self._threads[0].start()

    def close(self) -> None:
        """Returns when all that came has been taken."""
        # A busy machine may not have let in yet who is already at the door: one after the other.
        with suppress(OSError), socket.create_connection((HOST, self.port)) as last:
            last.shutdown(socket.SHUT_WR)
            last.recv(1)
        with suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        for thread in self._threads:
            thread.join()
        self._listener.close()

    def entries(self) -> int:
        return self.taken.count(part(parts.ENTRIES, ENTRIES))

    def _live(self) -> None:
        while True:
            try:
                peer, _ = self._listener.accept()
            except OSError:
                return
            self._threads.append(threading.Thread(target=self._keep, args=[Wire(peer)]))
            self._threads[-1].start()

    def _keep(self, wire: Wire) -> None:
        try:
            while (head := wire.read_head()) is not None:
                self.requests += 1
                body, known = bytearray(), 0
                for piece in wire.body(head):
                    body += piece
                    whole = [
                        body[at:end] for _, at, end in parts_of(body) or () if end <= len(body)
                    ]
                    self.taken += [bytes(one) for one in whole[known:]]
                    known = len(whole)
                self.bodies.append(bytes(body))
                wire.send(self._answer(head.words[1]).whole())
        except OSError:
            pass  # The proxy has torn it off.
        finally:
            wire.close()

    def _answer(self, path: str) -> Reply:
        number = part(parts.ANSWER, b"%04d" % len(self.bodies))
        body = b"".join(ANSWERED) + number if path != FILES_PATH else part(parts.FILE, b"f" * 99)
        return made_reply("200 OK", body, Content_Type=KIND)


@dataclass(frozen=True)
class Outcome:
    """What a client sees of one contact: a word, and what came if something did."""

    word: str
    body: bytes = b""
    headers: tuple[tuple[str, str], ...] = ()

    def get(self, name: str) -> str:
        return dict(self.headers).get(name, "")


class Client:
    """One contact after another, each on a connection of its own unless `keep`."""

    def __init__(self, proxy: FaultProxy, authority: Authority | None) -> None:
        self.patience = PATIENCE
        self._proxy = proxy
        self._trust = ssl.create_default_context(cafile=authority.ca_file) if authority else None
        self._line: http.client.HTTPConnection | None = None

    def close(self) -> None:
        if self._line:
            self._line.close()
        self._line = None

    def contact(
        self, body: Sequence[bytes] = SENT, path: str = EXCHANGE2_PATH, *, keep: bool = False
    ) -> Outcome:
        try:
            return self._contact(body, path)
        except ssl.SSLCertVerificationError:
            return Outcome("untrusted")
        except http.client.IncompleteRead:
            return Outcome("cut")
        except ConnectionRefusedError:
            return Outcome("refused")
        except TimeoutError:
            return Outcome("timeout")
        except (ConnectionError, http.client.HTTPException, ssl.SSLEOFError):
            return Outcome("reset")
        except ssl.SSLError:
            return Outcome("no tls")
        except socket.gaierror:
            return Outcome("no name")
        finally:
            if not keep:
                self.close()

    def _contact(self, body: Sequence[bytes], path: str) -> Outcome:
        host = NOWHERE if NOWHERE in self._proxy.address else HOST
        if host == NOWHERE:
            raise socket.gaierror
        line = self._line or self._connection(host)
        self._line = line
        headers = {"Content-Type": KIND}
        if len(body) > 1:
            headers["Transfer-Encoding"] = "chunked"
            line.request("POST", path, iter(body), headers, encode_chunked=True)
        else:
            line.request("POST", path, body[0], headers)
        with line.getresponse() as answer:
            came = answer.read()
            return Outcome(str(answer.status), came, tuple(answer.getheaders()))

    def _connection(self, host: str) -> http.client.HTTPConnection:
        if self._trust is None:
            return http.client.HTTPConnection(host, self._proxy.port, timeout=self.patience)
        return http.client.HTTPSConnection(
            host, self._proxy.port, timeout=self.patience, context=self._trust
        )


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return Authority(tmp_path_factory.mktemp("authority"))


@pytest.fixture
def county() -> Iterator[TinyCounty]:
    made = TinyCounty()
    yield made
    made.close()


@pytest.fixture
def proxy(county: TinyCounty, authority: Authority) -> Iterator[FaultProxy]:
    with FaultProxy(county.port, authority=authority, drip_s=DRIP_S) as made:
        yield made


@pytest.fixture
def client(proxy: FaultProxy, authority: Authority) -> Iterator[Client]:
    made = Client(proxy, authority)
    yield made
    made.close()


EXPECTED = {
    Fault.REFUSED: {"refused"},
    Fault.NO_NAME: {"no name"},
    Fault.BLACK_HOLE: {"timeout"},
    Fault.RESET_BEFORE: {"reset"},
    Fault.RESET_SENT: {"reset"},
    Fault.RESET_COMMITTED: {"reset", "cut"},
    Fault.LATE: {"timeout"},
    Fault.TWICE: {"200"},
    Fault.OUT_OF_ORDER: {"reset"},
    Fault.OLD_REPLY: {"200"},
    Fault.PORTAL_PAGE: {"200"},
    Fault.PORTAL_REDIRECT: {"302"},
    Fault.SELF_SIGNED: {"untrusted"},
    Fault.OTHER_AUTHORITY: {"untrusted"},
    Fault.OUT_OF_DATE: {"untrusted"},
    Fault.OLD_TLS: {"no tls"},
    Fault.SHORT_LENGTH: {"cut"},
    Fault.SILENT_CUT: {"200"},
    Fault.CHUNK_CUT: {"cut"},
    Fault.BOMB: {"200"},
    Fault.DRIP: {"timeout"},
    Fault.SERVER_ERRORS: {"500"},
    Fault.TOO_MANY: {"429"},
    Fault.NOT_ALLOWED: {"401"},
    Fault.TOO_LARGE: {"413"},
    Fault.ALTERED: {"200"},
}


@pytest.mark.parametrize(
    ("fault", "phase"), list(product(Fault, Phase)), ids=lambda one: one.name.lower()
)
def test_every_fault_strikes_in_every_phase_and_heals(
    fault: Fault, phase: Phase, proxy: FaultProxy, client: Client, county: TinyCounty
) -> None:
    assert client.contact().word == "200"
    proxy.arm(fault, phase)
    assert not proxy.struck
    client.patience = HASTE if fault in IN_VAIN else PATIENCE
    seen = client.contact()
    if not proxy.struck:
        # The line was torn off in the phase; the next connection meets the fault.
        assert fault.kind in {Kind.DOOR, Kind.TLS}
        assert phase is not Phase.HELLO
        assert seen.word in {"reset", "cut"}
        seen = client.contact()
    assert proxy.struck
    assert seen.word in EXPECTED[fault]
    proxy.heal()
    assert proxy.struck
    client.patience = PATIENCE
    healed = client.contact(FRESH)
    assert healed.word == "200"
    assert healed.body.startswith(b"".join(ANSWERED))
    assert county.taken.count(FRESH[1]) == 1
    assert county.bodies[-1 if fault is not Fault.OUT_OF_ORDER else -2] == b"".join(FRESH)


def test_all_twenty_six_are_there() -> None:
    assert [fault.id for fault in Fault] == [f"N-{number:02}" for number in range(1, 27)]
    assert len(Phase) == 5


def test_healthy_it_changes_nothing(proxy: FaultProxy, client: Client, county: TinyCounty) -> None:
    for body, path in ((SENT, EXCHANGE2_PATH), ((b"{}",), FILES_PATH), ((b"",), "/v1/enrol")):
        assert client.contact(body, path, keep=True).word == "200"
    assert county.bodies == [b"".join(SENT), b"{}", b""]
    seen = proxy.counters()
    assert (seen.connections, seen.requests, seen.strikes, seen.fooled) == (1, 3, 0, 0)
    assert [one.path for one in proxy.requests] == [EXCHANGE2_PATH, FILES_PATH, "/v1/enrol"]


def test_without_an_authority_it_speaks_http(county: TinyCounty) -> None:
    with FaultProxy(county.port) as proxy:
        client = Client(proxy, None)
        assert proxy.address.startswith(f"http://{HOST}:")
        proxy.arm(Fault.RESET_COMMITTED, Phase.ENTRIES)
        assert client.contact().word == "reset"
        assert client.contact().word == "200"
        for fault in (Fault.NO_NAME, Fault.SELF_SIGNED):
            with pytest.raises(ValueError, match="authority"):
                proxy.arm(fault, Phase.HELLO)
    assert county.entries() == 2


@pytest.mark.parametrize(
    ("fault", "phase", "entries"),
    [
        (Fault.RESET_BEFORE, Phase.ENTRIES, 0),
        (Fault.RESET_BEFORE, Phase.RECEIPT, 0),
        (Fault.RESET_SENT, Phase.HELLO, 0),
        (Fault.RESET_SENT, Phase.ENTRIES, 0),
        (Fault.RESET_SENT, Phase.FILE_PIECE, 1),
        (Fault.RESET_SENT, Phase.RECEIPT, 1),
        (Fault.RESET_COMMITTED, Phase.HELLO, 1),
        (Fault.PORTAL_PAGE, Phase.ENTRIES, 0),
        (Fault.PORTAL_PAGE, Phase.RECEIPT, 1),
        (Fault.NOT_ALLOWED, Phase.FILE_PIECE, 1),
        (Fault.TWICE, Phase.ENTRIES, 2),
        (Fault.REFUSED, Phase.FILE_PIECE, 1),
        (Fault.SELF_SIGNED, Phase.PULL, 1),
    ],
)
def test_the_server_has_got_what_went_before_the_fault(
    fault: Fault, phase: Phase, entries: int, county: TinyCounty, authority: Authority
) -> None:
    with FaultProxy(county.port, authority=authority) as proxy:
        proxy.arm(fault, phase)
        client = Client(proxy, authority)
        client.contact()
    county.close()
    assert county.entries() == entries


def test_a_request_without_the_phase_is_left_alone(proxy: FaultProxy, client: Client) -> None:
    proxy.arm(Fault.RESET_BEFORE, Phase.FILE_PIECE)
    assert client.contact((HELLO, part(parts.END))).word == "200"
    assert client.contact((b"{}",), "/v1/enrol").word == "200"
    assert not proxy.struck
    assert client.contact().word == "reset"
    assert client.contact().word == "200"
    assert proxy.strikes == 1


def test_files_that_come_down_are_a_pull(proxy: FaultProxy, client: Client) -> None:
    proxy.arm(Fault.SHORT_LENGTH, Phase.PULL)
    assert client.contact((b"{}",), FILES_PATH).word == "cut"
    proxy.arm(Fault.RESET_SENT, Phase.PULL)
    assert client.contact((b"{}",), FILES_PATH).word == "reset"


def test_the_nth_that_fits_and_a_byte_of_the_body(
    proxy: FaultProxy, client: Client, county: TinyCounty
) -> None:
    place = Target(to_path("/v1/exchange"), Side.REQUEST, 7, nth=2)
    proxy.arm(Fault.ALTERED, place)
    for _ in range(3):
        assert client.contact((b"0123456789",), "/v1/exchange").word == "200"
    assert county.bodies == [b"0123456789", b"0123456689", b"0123456789"]


def test_after_the_server_answered(proxy: FaultProxy, client: Client, county: TinyCounty) -> None:
    proxy.arm(Fault.RESET_COMMITTED, Target(to_path("/v1/enrol"), Side.ANSWER, 0), times=2)
    words = [client.contact((b"{}",), "/v1/enrol").word for _ in range(3)]
    # A reset may overtake the head of the answer.
    assert {*words[:2]} <= {"cut", "reset"}
    assert words[2] == "200"
    assert len(county.bodies) == 3


@pytest.mark.parametrize("phase", [Phase.HELLO, Phase.ENTRIES, Phase.FILE_PIECE])
def test_one_byte_of_the_request_is_altered(
    phase: Phase, proxy: FaultProxy, client: Client, county: TinyCounty
) -> None:
    proxy.arm(Fault.ALTERED, phase)
    client.contact()
    pairs = zip(county.bodies[0], b"".join(SENT), strict=True)
    assert sum(one != other for one, other in pairs) == 1


@pytest.mark.parametrize("phase", [Phase.PULL, Phase.RECEIPT])
def test_one_byte_of_the_answer_is_altered(phase: Phase, proxy: FaultProxy, client: Client) -> None:
    proxy.arm(Fault.ALTERED, phase)
    came = client.contact().body
    good = b"".join(ANSWERED)
    places = [at for at, byte in enumerate(good) if byte != came[at]]
    kind = {Phase.PULL: parts.LOG, Phase.RECEIPT: parts.ANSWER}[phase]
    assert [name for name, at, end in parts_of(good) or () if at <= places[0] < end] == [kind]
    assert len(places) == 1


@pytest.mark.parametrize(("phase", "left"), [(Phase.RECEIPT, 1), (Phase.PULL, 2)])
def test_a_silent_cut_lies_between_parts(
    phase: Phase, left: int, proxy: FaultProxy, client: Client
) -> None:
    proxy.arm(Fault.SILENT_CUT, phase)
    came = client.contact()
    assert came.body == b"".join(ANSWERED[:left])
    assert came.get("Content-Length") == ""


def test_an_old_reply_waits_until_there_is_one(proxy: FaultProxy, client: Client) -> None:
    proxy.arm(Fault.OLD_REPLY, Phase.RECEIPT)
    first = client.contact()
    assert not proxy.struck
    again = client.contact()
    assert proxy.struck
    assert again.body == first.body
    assert client.contact().body not in {first.body, again.body}


def test_a_later_request_overtakes(proxy: FaultProxy, client: Client, county: TinyCounty) -> None:
    late = (HELLO, part(parts.ENTRIES, b"late"), part(parts.END))
    proxy.arm(Fault.OUT_OF_ORDER, Phase.ENTRIES)
    assert client.contact(late).word == "reset"
    assert county.bodies == []
    assert client.contact().word == "200"
    assert county.bodies == [b"".join(SENT), b"".join(late)]


def test_who_follows_a_portal_finds_its_page(proxy: FaultProxy, client: Client) -> None:
    proxy.arm(Fault.PORTAL_REDIRECT, Phase.HELLO)
    place = client.contact().get("Location")
    assert place.startswith(f"http://{HOST}:{proxy.port}/")
    line = http.client.HTTPConnection(HOST, proxy.port, timeout=2)
    line.request("GET", place.removeprefix(f"http://{HOST}:{proxy.port}"))
    with line.getresponse() as answer:
        assert (answer.status, answer.read()) == (200, PAGE)
    line.close()
    assert proxy.counters().portal_visits == 1


def test_the_bomb_opens_to_a_hundred_megabytes(proxy: FaultProxy, client: Client) -> None:
    proxy.arm(Fault.BOMB, Phase.HELLO)
    came = client.contact()
    assert (came.get("Content-Type"), came.get("Content-Encoding")) == (KIND, "gzip")
    assert len(came.body) < 110_000
    assert len(gzip.decompress(came.body)) == BOMB_BYTES


@pytest.mark.parametrize("variant", Fault.TOO_MANY.variants)
def test_the_ways_to_say_later(variant: str, proxy: FaultProxy, client: Client) -> None:
    proxy.arm(Fault.TOO_MANY, Phase.HELLO, variant=variant)
    said = client.contact().get("Retry-After")
    assert said == variant or (variant in {"date", "2099"} and said.endswith("GMT"))


def test_a_burst_is_four_different_errors(proxy: FaultProxy, client: Client) -> None:
    proxy.arm(Fault.SERVER_ERRORS, Phase.ENTRIES)
    words = [client.contact().word for _ in range(5)]
    assert words == ["500", "502", "503", "504", "200"]
    proxy.arm(Fault.SERVER_ERRORS, Phase.ENTRIES, variant="503", times=1)
    assert [client.contact().word for _ in range(2)] == ["503", "200"]


@pytest.mark.parametrize(
    ("fault", "variant", "word"),
    [
        (Fault.NOT_ALLOWED, "403", "403"),
        (Fault.TOO_LARGE, "507", "507"),
        (Fault.OUT_OF_DATE, "next", "untrusted"),
        (Fault.OLD_TLS, "plain", "no tls"),
    ],
)
def test_the_other_variants(
    fault: Fault, variant: str, word: str, proxy: FaultProxy, client: Client
) -> None:
    proxy.arm(fault, Phase.HELLO, variant=variant)
    assert client.contact().word == word
    assert client.contact().word == "200"
    with pytest.raises(ValueError, match="variant"):
        proxy.arm(fault, Phase.HELLO, variant="nonsense")


def test_a_client_that_trusts_anybody_is_counted(proxy: FaultProxy, county: TinyCounty) -> None:
    proxy.arm(Fault.SELF_SIGNED, Phase.HELLO)
    trusting = ssl.create_default_context()
    trusting.check_hostname = False
    trusting.verify_mode = ssl.CERT_NONE
    line = http.client.HTTPSConnection(HOST, proxy.port, timeout=2, context=trusting)
    line.request("POST", EXCHANGE2_PATH, b"{}")
    line.getresponse().read()
    line.close()
    assert proxy.counters().fooled == 1
    assert len(county.bodies) == 1


def test_a_door_stays_until_it_is_healed(proxy: FaultProxy, client: Client) -> None:
    for fault, word in ((Fault.REFUSED, "refused"), (Fault.BLACK_HOLE, "timeout")):
        proxy.arm(fault, Phase.HELLO)
        client.patience = HASTE if fault in IN_VAIN else PATIENCE
        assert [client.contact().word for _ in range(2)] == [word] * 2
        assert proxy.strikes >= 2
        proxy.heal()
        client.patience = PATIENCE
        assert client.contact().word == "200"


def test_in_the_hello_an_open_connection_is_no_way_around(
    proxy: FaultProxy, client: Client
) -> None:
    assert client.contact(keep=True).word == "200"
    proxy.arm(Fault.OTHER_AUTHORITY, Phase.HELLO)
    assert client.contact().word == "reset"
    assert client.contact().word == "untrusted"
    assert client.contact().word == "200"


@pytest.mark.parametrize("fault", [Fault.LATE, Fault.DRIP])
def test_healing_lets_go_what_is_held(
    fault: Fault, proxy: FaultProxy, authority: Authority
) -> None:
    proxy.arm(fault, Phase.RECEIPT)
    seen: list[Outcome] = []
    patient = Client(proxy, authority)
    thread = threading.Thread(target=lambda: seen.append(patient.contact()))
    thread.start()
    while not proxy.struck:
        thread.join(0.001)
    proxy.heal()
    thread.join()
    assert [one.word for one in seen] == ["200"]
    assert read_parts(seen[0].body[: len(b"".join(ANSWERED))])


@pytest.mark.parametrize("fault", [Fault.LATE, Fault.DRIP, Fault.BLACK_HOLE])
def test_leaving_in_the_middle_leaves_nothing(
    fault: Fault, county: TinyCounty, authority: Authority
) -> None:
    before = set(threading.enumerate())
    with FaultProxy(county.port, authority=authority, drip_s=DRIP_S) as proxy:
        proxy.arm(fault, Phase.HELLO)
        client = Client(proxy, authority)
        client.patience = HASTE
        client.contact()
    assert {one for one in threading.enumerate() if "proxy" in one.name} <= before


def test_a_silent_client_does_not_hold_it_up(county: TinyCounty, tmp_path: Path) -> None:
    for authority in (None, Authority(tmp_path)):
        with (
            FaultProxy(county.port, authority=authority) as proxy,
            socket.create_connection((HOST, proxy.port)) as silent,
        ):
            silent.sendall(b"\x16")
        assert county.requests == 0
