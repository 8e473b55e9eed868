"""By which words a label is found: its characters, full pinyin and initials. Never for the store's
own search.
"""

from __future__ import annotations

import os
from functools import lru_cache


@lru_cache(maxsize=4096)
def search_words(label: str) -> str:
    """``家庭纠纷`` -> ``家庭纠纷 jiatingjiufen jtjf`` in lower case."""
    plain = label.lower()
    if plain.isascii():
        initials = "".join(word[0] for word in plain.split())
        return f"{plain} {initials}"
    # Documented switches of pypinyin: its phrases would take 50 MB and a third of a second.
    os.environ.setdefault("PYPINYIN_NO_PHRASES", "true")
    os.environ.setdefault("PYPINYIN_NO_DICT_COPY", "true")
    from pypinyin import lazy_pinyin  # late: its dictionary is large and the first page needs none

    syllables = lazy_pinyin(plain)
    return f"{plain} {''.join(syllables)} {''.join(one[:1] for one in syllables)}"


def read_dictionary() -> None:
    """Has the dictionary ready. For workers: it takes a tenth of a second."""
    search_words(chr(0x4E00))  # any character asks for it


def matches(wanted: str, words: str) -> bool:
    """Whether every part of what was typed (lower case, divided by spaces) stands in `words`."""
    return all(part in words for part in wanted.split())
