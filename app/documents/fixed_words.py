"""The fixed sentences and labels of papers, as the pack has them, with their blanks filled.

Never holds a sentence itself: what a county words otherwise is changed in its pack
(``paper_texts``).
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from app.domain.completeness import DocumentKind
from app.services.pack_texts import in_force, text_on
from app.services.ports import Practice

_BLANK = re.compile(r"\{(\w+)\}")
_OPTION = re.compile(r"\[([^\[\]]*)\]")


@dataclass(frozen=True, slots=True)
class FixedWords:
    """The words of one paper: sentences by id with blanks in { }, labels by id, and the names of
    blanks that may vanish.
    """

    sentences: Mapping[str, str]
    labels: Mapping[str, str]
    optional: frozenset[str]

    def label(self, name: str) -> str:
        """Raises KeyError for a pack without it."""
        return self.labels[name]

    def line(self, name: str, /, **values: str) -> list[str | None]:
        """The sentence with its blanks filled (see `fill`). Raises KeyError for a pack without
        it.
        """
        return fill(self.sentences[name], values, self.optional)

    def chosen(self, *names: str) -> dict[str, str]:
        """Some labels, as a template gets them."""
        return {name: self.labels[name] for name in names}


def fixed_words(practice: Practice, kind: DocumentKind, day: date) -> FixedWords:
    """The words of paper `kind` in force on local date `day`. Raises KeyError, TypeError for a pack
    that lacks them.
    """
    paper: Mapping[str, Any] = text_on(practice, "paper_texts", day)["papers"][kind.value]
    sentences = _sentences(paper["lines"], day)
    labels = {one["id"]: str(one["zh"]) for one in paper["labels"]}
    optional = frozenset(one["name"] for one in paper["blanks"] if not one["required"])
    return FixedWords(sentences, labels, optional)


def _sentences(lines: Sequence[Mapping[str, Any]], day: date) -> dict[str, str]:
    """Text by id. Before its first day a sentence is the one that came first: a laptop whose clock
    has fallen back by years must still print.
    """
    found = {str(one["id"]): str(one["text"]) for one in lines if in_force(one, day)}
    later = [one for one in lines if (one.get("effective_from") or "") > day.isoformat()]
    for one in sorted(later, key=lambda line: str(line["effective_from"])):
        found.setdefault(str(one["id"]), str(one["text"]))
    return found


def fill(text: str, values: Mapping[str, str], optional: Collection[str] = ()) -> list[str | None]:
    """The parts of a sentence: its words with the values in place, and None for each blank left to
    the pen.

    Words in [ ] fall out when a value in them is empty. An empty value vanishes when its name is in
    `optional`; a name without any value is always a blank.
    """
    text = _OPTION.sub(lambda found: found[1] if _complete(found[1], values) else "", text)
    parts: list[str | None] = []
    for place, piece in enumerate(_BLANK.split(text)):
        value = piece if place % 2 == 0 else values.get(piece)
        if place % 2 and (value is None or (value == "" and piece not in optional)):
            parts.append(None)
        elif value and parts and parts[-1] is not None:
            parts[-1] += value
        elif value:
            parts.append(value)
    return parts


def _complete(words: str, values: Mapping[str, str]) -> bool:
    return all(values.get(name, " ") for name in _BLANK.findall(words))
