"""Lists in the texts of a data pack, read without trusting their shape."""

from __future__ import annotations

from collections.abc import Mapping

from app.services.ports import Practice


def pack_lines(practice: Practice, text: str, name: str) -> list[Mapping[str, object]]:
    """The objects of list `name` in one of the pack's texts; none where the pack lacks it."""
    whole = practice.texts.get(text)
    found = whole.get(name) if isinstance(whole, Mapping) else None
    return [one for one in found if isinstance(one, Mapping)] if isinstance(found, list) else []
