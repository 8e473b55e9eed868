"""Words for the search index and for questions to it. Every character is one word, so that any part
of a text is found.

Never sees a row: takes text, gives text.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

# A word that nobody types keeps two neighbours from being read as one text.
_BETWEEN = "\ue000"
# Where a text stands in the index: of a case at its key, then kind and key of the record; of people
# below zero. So the index itself tells whose text it is.
CASE_SHIFT = 40
_KIND_SHIFT = 36


def words(text: str) -> str:
    """The text as single characters, normalised (NFKC, lower case); punctuation is left to the
    index, which skips it.
    """
    return " ".join("".join(unicodedata.normalize("NFKC", text).casefold().split()))


def joined_words(texts: Iterable[str]) -> str:
    """Several texts as words, kept apart from each other."""
    return words(_BETWEEN.join(one for one in texts if one))


def terms(typed: str) -> tuple[str, ...]:
    """What was typed, as separate wishes that must all be fulfilled."""
    return tuple(unicodedata.normalize("NFKC", typed).casefold().split())


def phrase(term: str) -> str | None:
    """A term's characters in a row, as the index is asked for them; None where nothing is left.

    What is no letter is skipped by the index here as it was in the text: it knows other characters
    than Python does.
    """
    quotable = words(term.replace('"', ""))
    return f'"{quotable}"' if quotable else None


def question(term: str) -> str | None:
    """The index's question for one term in a case.

    Any text, any name, or for letters the beginning of somebody's pinyin.
    """
    wanted = phrase(term)
    if wanted and is_letters(term):
        return f"{{name body}} : {wanted} OR pinyin : {term} *"
    return f"{{name body}} : {wanted}" if wanted else None


def is_letters(term: str) -> bool:
    """Whether a term may be pinyin."""
    return term.isascii() and term.isalpha()


def case_text_key(case_key: int, kind: int, record_key: int) -> int:
    """The place of a record's text; `kind` from 0 to 14."""
    return case_key << CASE_SHIFT | (kind + 1) << _KIND_SHIFT | record_key


def names_key(case_key: int) -> int:
    """The place of the names of a case's parties."""
    return case_key << CASE_SHIFT


def person_text_key(key: int, *, organisation: bool) -> int:
    """The place of what is known of a person or an organisation."""
    return -(key << 1 | organisation)


def person_of(text_key: int) -> tuple[int, bool]:
    """Key, and whether it is an organisation's, of what stands at a place below zero."""
    return -text_key >> 1, bool(-text_key & 1)
