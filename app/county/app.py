"""The county's HTTP face: two signed questions and a sign of life.

Carries bytes to `exchange` and words of trouble back.

Never parses what it carries, never echoes input, and never answers with a trace.
"""

from __future__ import annotations

import logging
import re
import traceback
from collections.abc import Callable
from datetime import datetime

from fastapi import FastAPI, Request, Response
from sqlalchemy.exc import OperationalError
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect

from app.county.clock import utc_now
from app.county.database import open_database, upgrade
from app.county.exchange import County, Envelope
from app.county.keys import CountyKey
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
    message_digest,
)

HEALTH_PATH = "/v1/health"
_NONCE = re.compile(r"[0-9a-f]{32}")
_DEVICE = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_SIGNATURE = re.compile(r"[0-9a-f]{128}")
_LOG = logging.getLogger(__name__)


def create_app(
    database_url: str,
    key: CountyKey,
    *,
    now: Callable[[], datetime] = utc_now,
    debug: bool = False,
) -> FastAPI:
    """The server on one database, whose tables it brings up to date.

    The description of the API is shown with `debug` only.
    """
    engine = open_database(database_url)
    upgrade(engine)
    county = County(engine, key, now)
    app = FastAPI(
        title="Heshi county",
        openapi_url="/openapi.json" if debug else None,
        docs_url="/docs" if debug else None,
        redoc_url=None,
    )
    app.state.county = county
    app.add_api_route(
        EXCHANGE_PATH, _endpoint(county, EXCHANGE_PATH, county.exchange), methods=["POST"]
    )
    app.add_api_route(ENROL_PATH, _endpoint(county, ENROL_PATH, county.enrol), methods=["POST"])
    app.add_api_route(HEALTH_PATH, _health, methods=["GET"])
    app.add_exception_handler(HTTPException, _not_here)
    return app


def _endpoint(
    county: County, path: str, answer: Callable[[Envelope], bytes]
) -> Callable[[Request], object]:
    async def endpoint(request: Request) -> Response:
        nonce = request.headers.get(NONCE_HEADER, "")
        try:
            envelope = await _envelope(request, nonce)
            body = await run_in_threadpool(answer, envelope)
            status = 200
        except ClientDisconnect:
            return Response(status_code=400)
        except Troubled as trouble:
            body, status = canonical({"code": trouble.code}), trouble.status
        except OperationalError as error:
            _LOG.error("database: %s", type(error.orig).__name__)
            body, status = canonical({"code": "busy"}), 503
        except Exception as error:
            # Type and place only: a message may quote what was sent.
            last = traceback.extract_tb(error.__traceback__)[-1]
            _LOG.error("fault: %s at %s:%s", type(error).__name__, last.filename, last.lineno)
            body, status = canonical({"code": "fault"}), 500
        return _signed(county.key, path, nonce, body, status)

    return endpoint


async def _envelope(request: Request, nonce: str) -> Envelope:
    device = request.headers.get(DEVICE_HEADER, "")
    signature = request.headers.get(SIGNATURE_HEADER, "")
    shapes = ((_NONCE, nonce), (_DEVICE, device), (_SIGNATURE, signature))
    if not all(shape.fullmatch(text) for shape, text in shapes):
        raise Troubled("malformed")
    body = bytearray()
    async for piece in request.stream():
        body += piece
        if len(body) > BODY_LIMIT_BYTES:
            raise Troubled("too_large")
    source = request.client.host if request.client else ""
    return Envelope(device, nonce, signature, bytes(body), source)


def _signed(key: CountyKey, path: str, nonce: str, body: bytes, status: int) -> Response:
    """An answer, signed wherever the question had a nonce to bind it to."""
    headers = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}
    if _NONCE.fullmatch(nonce):
        message = message_digest(ANSWER_PURPOSE, path, nonce, body)
        headers[SIGNATURE_HEADER] = key.sign(message)
    return Response(body, status_code=status, headers=headers, media_type=CONTENT_TYPE)


def _health() -> Response:
    return Response(canonical({"ok": True}), media_type=CONTENT_TYPE)


def _not_here(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    body = canonical({"code": "malformed"})
    return Response(body, status_code=error.status_code, media_type=CONTENT_TYPE)
