"""What the list asks the store. Apart from the other verbs, because it is loaded before the first
list is shown and needs no records. Never touches a widget.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from app.services.lines import CaseLine, CaseQuery
    from app.services.ports import Lists

FIRST_SCREEN = 64
T = TypeVar("T")
Look = Callable[["Lists"], T]


@dataclass(frozen=True, slots=True)
class Listing:
    """What a list begins with: all keys in order, and the lines of the first screen."""

    keys: tuple[int, ...]
    lines: tuple[CaseLine, ...]


def list_cases(query: CaseQuery) -> Look[Listing]:
    """All cases that match. For `jobs.look`: it is answered before the whole store is loaded."""

    def work(lists: Lists) -> Listing:
        keys = lists.case_keys(query)
        return Listing(keys, lists.case_lines(keys[:FIRST_SCREEN]))

    return work


def list_lines(keys: Sequence[int]) -> Look[tuple[CaseLine, ...]]:
    """The lines of some keys. For `jobs.look`."""
    return lambda lists: lists.case_lines(keys)
