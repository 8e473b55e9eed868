"""What packs tell the checker: vague words, matters that must not be mediated, patterns.

Only shapes and how they are looked up; the words themselves are data that counties change.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

_SENTENCE = re.compile(r"[^。；;！\n]+")


@dataclass(frozen=True)
class Matter:
    """A matter that must not be mediated, or only in part (Decree 75 art. 22).

    `words` hint at it; `decides` are patterns of a clause that settles the matter itself, which is
    never allowed; where one of `unless` stands in the same sentence, nothing is meant. Nobody needs
    to be told of it in a dispute of `unless_types`.
    """

    id: str
    zh: str
    en: str
    advice_zh: str
    advice_en: str
    words: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    decides: tuple[str, ...] = ()
    confirmable: bool = True
    unless_types: tuple[str, ...] = ()

    @cached_property
    def _decides(self) -> re.Pattern[str] | None:
        return re.compile("|".join(self.decides)) if self.decides else None

    def decided_in(self, text: str) -> str:
        """The words by which `text` settles the matter itself; empty if it does not."""
        return first_match(self._decides, text, self.unless)

    def hinted_in(self, text: str) -> str:
        """The first word in `text` that points to the matter."""
        for sentence in sentences_of(text):
            if not any(one in sentence for one in self.unless):
                for word in self.words:
                    if word in sentence:
                        return word
        return ""

    def facts(self, **more: str) -> dict[str, str | int]:
        return {
            "matter_zh": self.zh,
            "matter_en": self.en,
            "advice_zh": self.advice_zh,
            "advice_en": self.advice_en,
            **more,
        }


@dataclass(frozen=True)
class Rule:
    """A pattern that a clause must not match, unless one of `unless` is in the same sentence."""

    patterns: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()

    @cached_property
    def _pattern(self) -> re.Pattern[str] | None:
        return re.compile("|".join(self.patterns)) if self.patterns else None

    def found_in(self, text: str) -> str:
        return first_match(self._pattern, text, self.unless)

    def __bool__(self) -> bool:
        return bool(self.patterns)


@dataclass(frozen=True)
class CheckRules:
    """All rules of the packs: `vague` lines as `clauses.vague_lines` takes them; `obligation` what
    makes a clause one that somebody owes; `when`, `who` and `way` what answers those questions.
    """

    vague: tuple[Mapping[str, object], ...] = ()
    matters: tuple[Matter, ...] = ()
    fee: Rule = Rule()
    self_help: Rule = Rule()
    suit: Rule = Rule()
    obligation: Rule = Rule()
    when: Rule = Rule()
    who: Rule = Rule()
    way: Rule = Rule()
    no_further: tuple[str, ...] = ()
    both: tuple[str, ...] = ()


def rules_of(texts: Mapping[str, object]) -> CheckRules:
    """The rules out of the packs' texts; what a pack does not have is not checked.

    Raises `re.error` and KeyError for a pack that is broken.
    """
    checker, words = _text(texts, "checker"), _text(texts, "vague_words")
    named = {name: _rule(line) for name, line in checker.get("rules", {}).items()}
    lists = checker.get("words", {})
    return CheckRules(
        vague=tuple(words.get("words", ())),
        matters=tuple(_matter(one) for one in _text(texts, "not_to_mediate").get("matters", ())),
        no_further=tuple(lists.get("no_further", ())),
        both=tuple(lists.get("both", ())),
        **{name: named[name] for name in _RULES if name in named},
    )


_RULES = ("fee", "self_help", "suit", "obligation", "when", "who", "way")


def _text(texts: Mapping[str, object], name: str) -> Mapping[str, Any]:
    found = texts.get(name)
    return found if isinstance(found, dict) else {}


def _rule(line: Mapping[str, Any]) -> Rule:
    return Rule(tuple(line["patterns"]), tuple(line.get("unless", ())))


def _matter(line: Mapping[str, Any]) -> Matter:
    return Matter(
        id=line["id"],
        zh=line["zh"],
        en=line["en"],
        advice_zh=line["advice_zh"],
        advice_en=line["advice_en"],
        words=tuple(line.get("words", ())),
        unless=tuple(line.get("unless_words", ())),
        decides=tuple(line.get("decides", ())),
        confirmable=bool(line.get("confirmable", True)),
        unless_types=tuple(line.get("unless_types", ())),
    )


def sentences_of(text: str) -> Iterator[str]:
    return (one.group() for one in _SENTENCE.finditer(text))


def first_match(pattern: re.Pattern[str] | None, text: str, unless: Iterable[str] = ()) -> str:
    """What `pattern` finds in a sentence of `text` that holds none of `unless`."""
    if pattern is None:
        return ""
    for sentence in sentences_of(text):
        found = pattern.search(sentence)
        if found and not any(one in sentence for one in unless):
            return found.group()
    return ""
