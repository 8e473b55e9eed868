"""A finalised agreement cannot change (design: signed agreements).

What may still happen to it is told here, and nothing else may.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any, cast

from app.domain.agreements import Agreement, AgreementState
from app.wire.records import from_fields

_BINDING = frozenset({AgreementState.FINAL, AgreementState.EFFECTIVE})


def breaks_seal(kind: str, before: dict[str, Any] | None, after: dict[str, Any]) -> bool:
    """Whether the change touches what was sealed. Both sides must make a record of `kind`."""
    if kind != "agreement" or before is None:
        return False
    old = cast(Agreement, from_fields(kind, before))
    new = cast(Agreement, from_fields(kind, after))
    if new.version < old.version:
        # It counts how often the text was frozen, so that two prints are told apart for ever.
        return True
    if old.state not in _BINDING:
        return False
    if old.state is AgreementState.FINAL and not old.sign_offs:
        # Before anybody signed it may be spoiled: back to a draft under the same number.
        return new.state is not AgreementState.DRAFT and _content(old) != _content(new)
    if _content(old) != _content(new) or new.state is AgreementState.DRAFT:
        return True
    if old.state is AgreementState.EFFECTIVE:
        return new.state is not AgreementState.EFFECTIVE or new.sign_offs != old.sign_offs
    return False


def _content(agreement: Agreement) -> Agreement:
    """What stands on the paper: everything but hands, performance and how far it has come.

    Version, frozen names and moment of freezing are on it; papers frozen before there were any
    have none on either side. Why a warning was overridden is not on it.
    """
    return replace(
        agreement,
        state=AgreementState.FINAL,
        sign_offs=(),
        performed_on=None,
        void_reason="",
        waivers=(),
    )
