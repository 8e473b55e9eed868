"""Answers that grant nothing: one short word, and the HTTP status that goes with it.

Never a text, never a value.
"""

from __future__ import annotations

STATUS = {
    "malformed": 400,
    "code_wrong": 403,
    "code_expired": 403,
    "code_not_yours": 403,
    "unknown_device": 401,
    "not_genuine": 401,
    "revoked": 403,
    "forked": 409,
    "too_large": 413,
    "busy": 503,
    "fault": 500,
}


class Troubled(Exception):
    """A request that gets no more than a word (`code`, a key of `STATUS`)."""

    def __init__(self, code: str) -> None:
        self.code = code
        super().__init__(code)

    @property
    def status(self) -> int:
        return STATUS[self.code]
