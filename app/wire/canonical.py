"""Canonical JSON (RFC 8785) for everything that is hashed or signed. Refuses floats, huge integers
and lone surrogates.

Keys are ASCII and numbers are integers, so the standard library's sorted, compact output is the
canonical form; a test compares it with another implementation.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence

Json = None | bool | int | str | Sequence["Json"] | Mapping[str, "Json"]

LARGEST_INTEGER = 2**53 - 1
DEEPEST = 20


def canonical(value: Json) -> bytes:
    """The canonical UTF-8 bytes of `value`. Raises ValueError for what must not be signed: floats,
    integers beyond 2^53, keys that are not ASCII, lone surrogates, nesting deeper than 20.
    """
    _check(value, 0)
    return json.dumps(
        value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False
    ).encode()


def _check(value: object, depth: int) -> None:
    if value is None or isinstance(value, (str, bool)):
        return
    if isinstance(value, int):
        if abs(value) > LARGEST_INTEGER:
            raise ValueError("integer too large to be signed")
    elif depth >= DEEPEST:
        raise ValueError("nested too deeply")
    elif isinstance(value, dict):
        for key, part in value.items():
            if not (isinstance(key, str) and key.isascii()):
                raise ValueError("keys must be ASCII text")
            _check(part, depth + 1)
    elif isinstance(value, (list, tuple)):
        for part in value:
            _check(part, depth + 1)
    else:
        raise ValueError(f"{type(value).__name__} cannot be signed")


def strict_json(raw: bytes) -> Json:
    """Parses UTF-8 JSON that both ends must read alike. Raises ValueError for duplicate keys, NaN,
    floats, BOM, NUL, surrogates, integers beyond 2^53 and nesting deeper than 20.
    """
    if raw.startswith(b"\xef\xbb\xbf"):
        raise ValueError("byte order mark")
    text = raw.decode("utf-8")
    try:
        value: Json = json.loads(
            text,
            object_pairs_hook=_no_duplicates,
            parse_constant=_no_constant,
            parse_float=_no_float,
            parse_int=_bounded,
        )
    except RecursionError:
        raise ValueError("nested too deeply") from None
    _check(value, 0)
    _check_text(value)
    return value


def _check_text(value: Json) -> None:
    if isinstance(value, str):
        if "\0" in value:
            raise ValueError("NUL in text")
        value.encode("utf-8")
    elif isinstance(value, dict):
        for key, part in value.items():
            _check_text(key)
            _check_text(part)
    elif isinstance(value, list):
        for part in value:
            _check_text(part)


def _no_duplicates(pairs: list[tuple[str, Json]]) -> dict[str, Json]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("duplicate key")
    return found


def _no_constant(name: str) -> Json:
    raise ValueError(f"{name} is not JSON")


def _no_float(text: str) -> Json:
    raise ValueError("a number with a decimal point")


def _bounded(text: str) -> int:
    if len(text) > 17:
        raise ValueError("integer too large")
    return int(text)


def digest(purpose: str, raw: bytes) -> str:
    """SHA-256 in hex over a purpose line and the bytes, so that a hash made for one purpose can
    never serve another.
    """
    return hashlib.sha256(purpose.encode() + b"\n" + raw).hexdigest()
