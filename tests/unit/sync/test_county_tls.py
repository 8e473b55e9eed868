"""Only the county's own authority and name open the line; this computer's date has no say."""

from __future__ import annotations

import os
import socket
import ssl
import warnings
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import urllib3.connection

from app.domain.problems import ProblemCode, Refused
from app.sync.county_tls import county_context
from app.sync.http_line import HttpLine, Timeouts
from tests.unit.sync.scripted import DAY, OURS, Authority, Peer, county, whole

NOW = datetime.now(UTC)
YEAR = timedelta(days=365)


def one_answer(peer: Peer) -> None:
    peer.request()
    peer.sock.sendall(whole(b"[]"))
    peer.until_hung_up()


def asks(
    server: ssl.SSLContext, ca_file: Path | None, best: datetime | None = None
) -> ProblemCode | None:
    """What the line says of this server; None is an answer."""
    with county(one_answer, tls=server) as here:
        line = HttpLine(
            here.address,
            timeouts=Timeouts(connect=2.0, stall=2.0),
            ca_file=ca_file,
            best_time=lambda: best,
        )
        try:
            body, _ = line.stream("/v2/exchange", iter([b"H"]), {})
        except Refused as refusal:
            return refusal.first.code
        finally:
            line.close()
    assert body == b"[]"
    return None


@pytest.fixture(scope="module")
def ca() -> Authority:
    return Authority.root()


def test_the_countys_own_certificate_opens_the_line(ca: Authority, tmp_path: Path) -> None:
    assert asks(ca.server(tmp_path), ca.file(tmp_path)) is None


def test_another_authority_does_not(ca: Authority, tmp_path: Path) -> None:
    foreign = Authority.root().server(tmp_path)
    assert asks(foreign, ca.file(tmp_path)) is ProblemCode.LINE_NOT_COUNTY
    assert asks(foreign, None) is ProblemCode.LINE_NOT_COUNTY


def test_a_certificate_that_vouches_for_itself_does_not(ca: Authority, tmp_path: Path) -> None:
    portal = Authority.root()
    alone = Authority(portal.certificate, portal.key, (portal.certificate,))
    assert asks(alone.server(tmp_path), ca.file(tmp_path)) is ProblemCode.LINE_NOT_COUNTY


@pytest.mark.parametrize("host", ["127.0.0.2", "county.example"])
def test_another_name_does_not(ca: Authority, tmp_path: Path, host: str) -> None:
    server = ca.server(tmp_path, host=host)
    assert asks(server, ca.file(tmp_path)) is ProblemCode.LINE_NOT_COUNTY


@pytest.mark.parametrize(
    ("begins", "ends"),
    [
        (NOW - 80 * YEAR // 4, NOW - 2 * DAY),  # as a laptop in 2099 sees today's certificate
        (NOW + 2 * DAY, NOW + YEAR),  # as a laptop in 2000 sees it
    ],
)
def test_a_device_clock_in_2000_or_2099_stops_nothing(
    ca: Authority, tmp_path: Path, begins: datetime, ends: datetime
) -> None:
    server = ca.server(tmp_path, begins, ends)
    assert asks(server, ca.file(tmp_path)) is None
    within = begins + (ends - begins) / 2
    assert asks(server, ca.file(tmp_path), best=within) is None


def test_what_has_certainly_ended_is_refused(ca: Authority, tmp_path: Path) -> None:
    server = ca.server(tmp_path, NOW - 9 * DAY, NOW + 5 * DAY)
    file = ca.file(tmp_path)
    assert asks(server, file, best=NOW + 4 * DAY) is None
    assert asks(server, file, best=NOW + 6 * DAY) is ProblemCode.LINE_NOT_COUNTY


def test_a_certificate_renewed_while_the_laptop_was_away_is_taken(
    ca: Authority, tmp_path: Path
) -> None:
    assert asks(ca.server(tmp_path), ca.file(tmp_path), best=NOW - 6 * YEAR) is None


def test_a_certificate_of_a_far_future_is_refused(ca: Authority, tmp_path: Path) -> None:
    server = ca.server(tmp_path, NOW + 11 * YEAR, NOW + 12 * YEAR)
    assert asks(server, ca.file(tmp_path), best=NOW) is ProblemCode.LINE_NOT_COUNTY


def test_an_issuing_authority_that_has_ended_is_refused(ca: Authority, tmp_path: Path) -> None:
    good, over = ca.below(), ca.below(ends=NOW - 2 * DAY)
    assert asks(good.server(tmp_path), ca.file(tmp_path), best=NOW) is None
    refused = asks(over.server(tmp_path), ca.file(tmp_path), best=NOW)
    assert refused is ProblemCode.LINE_NOT_COUNTY
    assert asks(over.server(tmp_path), ca.file(tmp_path)) is None


def test_the_authority_handed_over_is_not_asked_for_its_age(tmp_path: Path) -> None:
    old = Authority.root(NOW - 9 * DAY, NOW - 2 * DAY)
    assert asks(old.server(tmp_path), old.file(tmp_path), best=NOW) is None


def test_with_the_countys_authority_no_public_one_counts(ca: Authority, tmp_path: Path) -> None:
    assert len(county_context(ca.file(tmp_path)).get_ca_certs()) == 1
    assert len(county_context(None).get_ca_certs()) > 50


def test_old_tls_is_not_spoken(ca: Authority, tmp_path: Path) -> None:
    server = ca.server(tmp_path)
    server.set_ciphers("ALL:@SECLEVEL=0")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        server.minimum_version = ssl.TLSVersion.TLSv1
        server.maximum_version = ssl.TLSVersion.TLSv1_1
    assert asks(server, ca.file(tmp_path)) is ProblemCode.LINE_NOT_COUNTY
    assert county_context(None).minimum_version is ssl.TLSVersion.TLSv1_2


def test_nobody_complains_about_the_date(
    ca: Authority, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Warnings are errors here, and urllib3 has one for clocks before this day.
    monkeypatch.setattr(urllib3.connection, "RECENT_DATE", (NOW + YEAR).date())
    assert asks(ca.server(tmp_path), ca.file(tmp_path)) is None


def test_a_handshake_that_nobody_answers_is_an_unreachable_county(
    ca: Authority, tmp_path: Path
) -> None:
    with county(lambda peer: peer.until_hung_up()) as here:
        address = here.address.replace("http:", "https:")
        line = HttpLine(address, timeouts=Timeouts(stall=0.3), ca_file=ca.file(tmp_path))
        with pytest.raises(Refused) as caught:
            line.post("/v1/enrol", b"{}", {})
        line.close()
    assert caught.value.first.code is ProblemCode.COUNTY_UNREACHABLE


def test_a_byte_changed_on_the_way_is_an_answer_cut(ca: Authority, tmp_path: Path) -> None:
    def altered(peer: Peer) -> None:
        peer.request()
        peer.sock.sendall(OURS + b"Content-Length: 2\r\n\r\n[")
        with socket.socket(fileno=os.dup(peer.sock.fileno())) as wire:
            wire.sendall(b"\x17\x03\x03\x00\x20" + bytes(32))
        peer.until_hung_up()

    with county(altered, tls=ca.server(tmp_path)) as here:
        line = HttpLine(here.address, ca_file=ca.file(tmp_path))
        with pytest.raises(Refused) as caught:
            line.post("/v1/exchange", b"{}", {})
        line.close()
    assert caught.value.first.code is ProblemCode.ANSWER_CUT
