"""How a name is found by typing: its pinyin and initials in every reading a surname or a character
may have.

Never decides how a name is written; what was typed stays as it is.
"""

from __future__ import annotations

import os
import unicodedata
from functools import lru_cache
from itertools import islice, product

from app.domain.text import NAME_SEPARATORS

# Readings as surnames, where the dictionary gives others too, gives them first or knows fewer.
SURNAMES: dict[str, tuple[str, ...]] = {
    "单": ("shan",),
    "仇": ("qiu",),
    "解": ("xie",),
    "曾": ("zeng",),
    "查": ("zha",),
    "区": ("ou",),
    "盖": ("ge", "gai"),
    "朴": ("piao",),
    "员": ("yun",),
    "缪": ("miao",),
    "秘": ("bi",),
    "洗": ("xian",),
    "冼": ("xian",),
    "翟": ("zhai", "di"),
    "覃": ("qin", "tan", "xun"),
    "任": ("ren",),
    "宁": ("ning",),
    "尹": ("yin",),
    "乐": ("yue", "le"),
    "召": ("shao", "zhao"),
    "种": ("chong",),
    "重": ("chong",),
    "繁": ("po",),
    "车": ("che",),
    "折": ("she",),
    "黑": ("he", "hei"),
    "祭": ("zhai",),
    "能": ("nai",),
    "贲": ("ben",),
    "隗": ("wei", "kui"),
    "谌": ("chen", "shen"),
    "哈": ("ha",),
    "褚": ("chu",),
    "逄": ("pang",),
    "长": ("chang", "zhang"),
    "都": ("du",),
    "那": ("na",),
    "晁": ("chao",),
    "卜": ("bu",),
    "瞿": ("qu",),
    "沈": ("shen",),
    "贾": ("jia",),
    "石": ("shi",),
    "叶": ("ye",),
    "阚": ("kan",),
    "郇": ("xun", "huan"),
    "于": ("yu",),
    "尉迟": ("yu chi",),
    "万俟": ("mo qi",),
    "单于": ("chan yu",),
    "长孙": ("zhang sun",),
    "令狐": ("ling hu",),
    "澹台": ("tan tai",),
    "宇文": ("yu wen",),
    "皇甫": ("huang fu",),
}
_CHARACTER_READINGS = 2
_SPELLINGS_LIMIT = 16
_LONG_NAME = 8  # from here on it is an organisation, read in one way only


def plain(text: str) -> str:
    """What names are compared by: NFKC, lower case, without spaces and name separators."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return "".join(one for one in folded if not one.isspace() and one not in NAME_SEPARATORS)


@lru_cache(maxsize=8192)
def _syllables(character: str) -> tuple[str, ...]:
    """The readings of one character, the usual one first; itself where it has none."""
    # Documented switches of pypinyin: its phrases would take 50 MB that names do not need.
    os.environ.setdefault("PYPINYIN_NO_PHRASES", "true")
    os.environ.setdefault("PYPINYIN_NO_DICT_COPY", "true")
    from pypinyin import Style, pinyin

    found = pinyin(character, style=Style.NORMAL, heteronym=True)
    return tuple(found[0][:_CHARACTER_READINGS]) if found else (character,)


def _choices(name: str) -> list[tuple[str, ...]]:
    """For each syllable of the name what it may sound like; the surname first, by its own table."""
    for length in (2, 1):
        surname = name[:length]
        if len(name) >= length and surname in SURNAMES and len(surname) == length:
            readings = [one.split() for one in SURNAMES[surname]]
            if length == 1:
                head = [tuple(one[0] for one in readings)]
            else:
                head = [(part,) for part in readings[0]]
            return head + [_syllables(one) for one in name[length:]]
    return [_syllables(one) for one in name]


@lru_cache(maxsize=1024)
def spellings(name: str) -> tuple[tuple[str, ...], ...]:
    """The name as syllables, in every reading up to a limit; the likeliest first.

    ``lü`` is ``lv``, as it is typed.
    """
    bare = plain(name)
    choices = _choices(bare)
    if len(bare) >= _LONG_NAME:
        choices = [one[:1] for one in choices]
    return tuple(islice(product(*choices), _SPELLINGS_LIMIT)) if bare else ()


def sort_key(name: str) -> str:
    """What lists of names are ordered by: pinyin syllable by syllable, then the characters."""
    first = spellings(name)[:1]
    return "".join(f"{syllable} " for syllable in first[0]) + f"|{name}" if first else ""


@lru_cache(maxsize=1024)
def typed_ways(name: str) -> tuple[str, ...]:
    """What somebody may type in letters to find the name: whole pinyin and initials of every
    reading; ``lv`` also as ``lu``.
    """
    ways: dict[str, None] = {}
    for syllables in spellings(name):
        whole = "".join(syllables)
        for way in (whole, "".join(one[0] for one in syllables), whole.replace("v", "u")):
            ways[way] = None
    return tuple(ways)
