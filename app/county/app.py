"""The county's HTTP face: signed questions and a sign of life.

Carries bytes to `exchange`, `contact` and `file_requests`, and words of trouble back.

Never parses what it carries, never echoes input, and never answers with a trace.
"""

from __future__ import annotations

import asyncio
import logging
import re
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import datetime
from pathlib import Path

from fastapi import FastAPI, Request, Response
from sqlalchemy.exc import OperationalError
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect

from app.county.api_words import EXCHANGE2_BODY, HEALTH_ANSWERS, answers, json_body
from app.county.clock import utc_now
from app.county.contact import Contact, first_hello, log_fault
from app.county.database import open_database, upgrade
from app.county.exchange import County, Envelope
from app.county.file_requests import answer_files
from app.county.keys import CountyKey
from app.county.patience import SILENCE_SECONDS
from app.county.trouble import Troubled
from app.wire.canonical import canonical
from app.wire.exchange import (
    ANSWER_PURPOSE,
    BODY_LIMIT_BYTES,
    CONTENT_TYPE,
    DEVICE_HEADER,
    ENROL_PATH,
    EXCHANGE_PATH,
    NONCE_HEADER,
    SIGNATURE_HEADER,
    EnrolRequest,
    ExchangeRequest,
    message_digest,
)
from app.wire.exchange2 import (
    ANSWER2_PURPOSE,
    EXCHANGE2_PATH,
    FILES_PATH,
    HELLO_LIMIT_BYTES,
    REQUEST2_PURPOSE,
    FilesRequest,
)
from app.wire.parts import BadPart, Part, PartReader

HEALTH_PATH = "/v1/health"
_NONCE = re.compile(r"[0-9a-f]{32}")
_DEVICE = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_SIGNATURE = re.compile(r"[0-9a-f]{128}")
_SMALL_BODY = 64 * 1024
_LOG = logging.getLogger(__name__)
_Answer = Callable[[Request], Awaitable[bytes]]


def create_app(
    database_url: str,
    key: CountyKey,
    *,
    data: Path | None = None,
    now: Callable[[], datetime] = utc_now,
    debug: bool = False,
) -> FastAPI:
    """The server on one database, whose tables it brings up to date. `data` is its own folder, that
    of the database file when not told.

    The description of the API is shown with `debug` only.
    """
    engine = open_database(database_url)
    upgrade(engine)
    county = County(engine, key, now, data)
    app = FastAPI(
        title="Heshi county",
        openapi_url="/openapi.json" if debug else None,
        docs_url="/docs" if debug else None,
        redoc_url=None,
    )
    app.state.county = county
    for path, purpose, answer, described in (
        (EXCHANGE_PATH, ANSWER_PURPOSE, _whole(county.exchange), json_body(ExchangeRequest)),
        (ENROL_PATH, ANSWER_PURPOSE, _whole(county.enrol), json_body(EnrolRequest)),
        (EXCHANGE2_PATH, ANSWER2_PURPOSE, _contact(county), EXCHANGE2_BODY),
        (
            FILES_PATH,
            ANSWER2_PURPOSE,
            _whole(lambda envelope: answer_files(county, envelope), _SMALL_BODY),
            json_body(FilesRequest),
        ),
    ):
        app.add_api_route(
            path,
            _endpoint(county.key, path, purpose, answer),
            methods=["POST"],
            responses=answers(path),
            openapi_extra=described,
        )
    app.add_api_route(HEALTH_PATH, _health, methods=["GET"], responses=HEALTH_ANSWERS)
    app.add_exception_handler(HTTPException, _not_here)
    return app


def _endpoint(
    key: CountyKey, path: str, purpose: str, answer: _Answer
) -> Callable[[Request], object]:
    async def endpoint(request: Request) -> Response:
        nonce = request.headers.get(NONCE_HEADER, "")
        try:
            body, status = await answer(request), 200
        except ClientDisconnect:
            return Response(status_code=400, headers={"Connection": "close"})
        except Troubled as trouble:
            body, status = canonical({"code": trouble.code}), trouble.status
        except OperationalError as error:
            _LOG.error("database: %s", type(error.orig).__name__)
            body, status = canonical({"code": "busy"}), 503
        except Exception as error:
            log_fault(error)
            body, status = canonical({"code": "fault"}), 500
        return _signed(key, purpose, path, nonce, body, status)

    return endpoint


def _whole(answer: Callable[[Envelope], bytes], limit: int = BODY_LIMIT_BYTES) -> _Answer:
    """For questions that are read to their end before anything is done."""

    async def read_and_answer(request: Request) -> bytes:
        return await run_in_threadpool(answer, await _envelope(request, limit))

    return read_and_answer


def _contact(county: County) -> _Answer:
    """For a stream: each part is taken in as it arrives, and the next one is not read before."""

    async def read_and_answer(request: Request) -> bytes:
        claimed = _claimed(request)
        reader, contact = PartReader(), None
        unread = 0
        try:
            async for piece in _pieces(request):
                unread += len(piece)
                for one in reader.feed(piece):
                    if contact is None:
                        contact = await run_in_threadpool(_opened, county, claimed, one)
                    else:
                        await run_in_threadpool(contact.take, one)
                if contact is None and unread > 2 * HELLO_LIMIT_BYTES:
                    raise Troubled("too_large")
                if contact is not None and not contact.goes_on:
                    break
        except BadPart:
            if contact is None:
                raise Troubled("malformed") from None
            contact.stop("malformed")
        except ClientDisconnect:
            if contact is not None:
                await run_in_threadpool(contact.cut, reader.broken_off())
            raise
        except Troubled:
            if contact is not None:
                await run_in_threadpool(contact.close)
            raise
        if contact is None:
            raise Troubled("malformed")
        return await run_in_threadpool(contact.answer)

    return read_and_answer


def _opened(county: County, claimed: Envelope, first: Part) -> Contact:
    """The contact that a genuine hello opens: until then nothing else is looked at."""
    envelope = Envelope(claimed.device, claimed.nonce, claimed.signature, first.payload)
    county.check_known(envelope, REQUEST2_PURPOSE, EXCHANGE2_PATH)
    return Contact(county, claimed.device, first_hello(first))


async def _envelope(request: Request, limit: int) -> Envelope:
    claimed = _claimed(request)
    body = bytearray()
    async for piece in _pieces(request):
        body += piece
        if len(body) > limit:
            raise Troubled("too_large")
    source = request.client.host if request.client else ""
    return Envelope(claimed.device, claimed.nonce, claimed.signature, bytes(body), source)


async def _pieces(request: Request) -> AsyncIterator[bytes]:
    """The body as it comes. Raises `ClientDisconnect` also where nothing more comes: whoever is cut
    off on the way may never tell.
    """
    stream = request.stream()
    while True:
        try:
            async with asyncio.timeout(SILENCE_SECONDS):
                piece = await anext(stream)
        except StopAsyncIteration:
            return
        except TimeoutError:
            raise ClientDisconnect from None
        yield piece


def _claimed(request: Request) -> Envelope:
    """What the headers say, without a body. Raises `Troubled` malformed."""
    device = request.headers.get(DEVICE_HEADER, "")
    nonce = request.headers.get(NONCE_HEADER, "")
    signature = request.headers.get(SIGNATURE_HEADER, "")
    shapes = ((_NONCE, nonce), (_DEVICE, device), (_SIGNATURE, signature))
    if not all(shape.fullmatch(text) for shape, text in shapes):
        raise Troubled("malformed")
    return Envelope(device, nonce, signature, b"")


def _signed(
    key: CountyKey, purpose: str, path: str, nonce: str, body: bytes, status: int
) -> Response:
    """An answer, signed wherever the question had a nonce to bind it to."""
    headers = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}
    if _NONCE.fullmatch(nonce):
        headers[SIGNATURE_HEADER] = key.sign(message_digest(purpose, path, nonce, body))
    return Response(body, status_code=status, headers=headers, media_type=CONTENT_TYPE)


def _health() -> Response:
    return Response(canonical({"ok": True}), media_type=CONTENT_TYPE)


def _not_here(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    body = canonical({"code": "malformed"})
    return Response(
        body, status_code=error.status_code, headers=error.headers, media_type=CONTENT_TYPE
    )
