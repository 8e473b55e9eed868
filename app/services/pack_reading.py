"""What a data pack means, whatever brought it: a file beside the program, or the county.

Never judges what is in it: a county's pack beside the national one adds newer versions of tables
and takes the place of texts; of papers, letters, clauses, clocks and the like it takes the place
one by one. `resources/packs/README.md` tells counties how. The long texts that Heshi brings along
are parsed when they are first asked for; the first list needs none.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from app.domain.clocks import ClockRules
from app.domain.codes import Code, CodeBook, CodeTable
from app.services.pack_texts import EARLIER, RENAMED
from app.services.ports import Practice

if TYPE_CHECKING:
    from typing_extensions import override
else:  # loading it would cost the first list as much as all packs together

    def override(method):
        return method


ENDING = ".json"
# Read when it is first needed, and national: see storage/regions.py.
LATER = frozenset({"regions"})
DEFAULT_PATTERN = "〔{year}〕{short}人调字第{serial:03d}号"
# Texts whose lines a county's pack adds to, or replaces by their keys, instead of the whole.
_MERGED = {
    "clause_bank": ("clauses", "id"),
    "clocks": ("clocks", "id"),
    "document_set": ("documents", "kind"),
    "letters": ("letters", "kind"),
    "not_to_mediate": ("matters", "id"),
    "number_format": ("formats", "kind"),
    "responsibility": ("patterns", "id"),
    "transfer_addressees": ("addressees", "code"),
}
_PAPER_TEXTS, _PAPERS = "paper_texts", "papers"  # its papers are the keys of an object
# Of these a line need say only what is otherwise in the county.
_BY_VALUE = frozenset({"clocks", "document_set", "number_format"})
# No table can be in a file without this word; what others write is parsed at once, to find faults.
_TABLE = b'"table"'
_OF_A_CODE = frozenset({"code", "zh", "en", "moj"})
# Our name for a number of days -> clock in the pack, and which of its values.
_CLOCKS = {
    "mediation_days": ("mediation_period", "value"),
    "mediation_warn_days": ("mediation_period", "notice_at"),
    "confirmation_days": ("judicial_confirmation", "value"),
    "first_visit_days": ("first_follow_up", "value"),
}

# What reading a pack of another shape can raise.
UNFIT = (ValueError, KeyError, TypeError, AttributeError, IndexError)


class PackReader:
    """Puts packs together, in the order in which they are given."""

    def __init__(self) -> None:
        self._tables: dict[str, list[CodeTable]] = {}
        self._texts = _Texts()

    def add_unread(self, name: str, raw: bytes) -> None:
        """A file that Heshi brought along. Raises ValueError for what is no JSON."""
        if _TABLE in raw:
            self.add(name, json.loads(raw))
        else:
            self._texts.add(name, raw)

    def add(self, name: str, content: dict[str, Any]) -> None:
        """The content of the file `name`.json. Raises ValueError for a table without its dates and
        a line without its key.
        """
        _check_keys(name, content)
        if "table" in content:
            self._tables.setdefault(content["table"], []).append(_read_table(name, content))
        else:
            self._texts.add(name, content)

    def add_document(self, document: Mapping[str, Any]) -> None:
        """A whole pack: file name -> content."""
        for name, content in sorted(document.items()):
            stem = name.removesuffix(ENDING)
            if stem not in LATER:
                self.add(stem, content)

    def practice_texts(self) -> Mapping[str, object]:
        """All texts, put together now."""
        return dict(self._texts)

    def practice(self) -> Practice:
        """All that was added."""
        newest_first = {
            name: tuple(sorted(versions, key=lambda one: one.effective_from))[::-1]
            for name, versions in self._tables.items()
        }
        texts = self._texts
        return Practice(
            codes=CodeBook(newest_first),
            clocks=_clock_rules(texts.get("clocks")),
            number_pattern=_number_pattern(texts.get("number_format")),
            texts=texts,
        )


def check_pack(document: Mapping[str, Any]) -> None:
    """Raises ValueError for a county's pack (file name -> content) that a laptop could not start
    with; its text names the file.
    """
    if not document:
        raise ValueError("no file of a pack")
    for name, content in sorted(document.items()):
        if not name.endswith(ENDING) or not isinstance(content, dict):
            raise ValueError(f"{name}: not a file of a pack")
        reader = PackReader()
        try:
            # Twice, so that it is once put together with something, as it will be.
            reader.add_document({name: content})
            reader.add_document({name: content})
            texts = reader.practice_texts()
            _clock_rules(texts.get("clocks"))
            _check_patterns(texts.get("number_format"))
        except ValueError as fault:
            said = str(fault)
            raise ValueError(said if name in said else f"{name}: {said}") from None
        except UNFIT as fault:
            raise ValueError(f"{name}: not as a pack has it ({fault})") from None


def _check_patterns(content: object) -> None:
    lines = content.get("formats", ()) if isinstance(content, dict) else ()
    for line in lines:
        if "pattern" in line:
            line["pattern"].format(year=2026, short="", block="", serial=1)


class _Texts(Mapping[str, object]):
    """Texts by name: of each what the packs say in their order, parsed or still as bytes, put
    together when somebody asks. Any thread may ask.
    """

    def __init__(self) -> None:
        self._said: dict[str, list[bytes | dict[str, Any]]] = {}
        self._known: dict[str, object] = {}

    def add(self, name: str, content: bytes | dict[str, Any]) -> None:
        self._said.setdefault(name, []).append(content)

    @override
    def __getitem__(self, name: str) -> object:
        if name in self._known:
            return self._known[name]
        found: object = None
        for one in self._said[name]:
            found = _merged(name, found, json.loads(one) if isinstance(one, bytes) else one)
        return self._known.setdefault(name, found)

    @override
    def __iter__(self) -> Iterator[str]:
        return iter(self._said)

    @override
    def __len__(self) -> int:
        return len(self._said)


def _check_keys(name: str, content: Mapping[str, Any]) -> None:
    """Raises ValueError for a line that nobody could find again."""
    part, key = _MERGED.get(name, ("", ""))
    if not all(one.get(key) for one in content.get(part, ())):
        raise ValueError(f"{name}{ENDING}: {part}: a line without {key}")


def _merged(name: str, earlier: object, content: dict[str, Any]) -> dict[str, Any]:
    """What the packs so far say and what one more says; a text of a later day keeps the earlier one
    for the papers of earlier days.
    """
    if not isinstance(earlier, dict):
        return content
    found = content
    if name in _MERGED:
        part, key = _MERGED[name]
        found = {**earlier, **content, part: _lines(name, key, earlier, content, part)}
    elif name == _PAPER_TEXTS:
        papers = {**earlier.get(_PAPERS, {}), **content.get(_PAPERS, {})}
        found = {**earlier, **content, _PAPERS: papers}
    first, since = earlier.get("effective_from") or "", content.get("effective_from") or ""
    before = earlier if since > first else earlier.get(EARLIER)
    rest = {key: value for key, value in found.items() if key != EARLIER}
    return {**rest, EARLIER: before} if before else rest


def _lines(
    name: str, key: str, earlier: dict[str, Any], content: dict[str, Any], part: str
) -> list[dict[str, Any]]:
    lines = {line[key]: line for line in earlier.get(part, ())}
    for line in content.get(part, ()):
        known = lines.get(line[key])
        if known is not None and name in _BY_VALUE:
            renamed = {RENAMED: True} if line.get("zh", known.get("zh")) != known.get("zh") else {}
            line = {**known, **line, **renamed}
        lines[line[key]] = line
    return list(lines.values())


def _read_table(name: str, content: Mapping[str, Any]) -> CodeTable:
    try:
        return _table(content)
    except KeyError as fault:
        raise ValueError(f"{name}{ENDING}: {fault} is missing") from None


def _table(content: Mapping[str, Any]) -> CodeTable:
    until = content.get("effective_to")
    return CodeTable(
        name=content["table"],
        title_zh=content["title_zh"],
        title_en=content["title_en"],
        effective_from=date.fromisoformat(content["effective_from"]),
        effective_to=date.fromisoformat(until) if until else None,
        codes=tuple(_code(line) for line in content["codes"]),
    )


def _code(line: Mapping[str, Any]) -> Code:
    return Code(
        code=line["code"],
        zh=line["zh"],
        en=line["en"],
        moj=line.get("moj", ""),
        extra={name: _plain(value) for name, value in line.items() if name not in _OF_A_CODE},
    )


def _plain(value: Any) -> str | bool | int:
    """What a column of only some tables holds; several words are joined by spaces."""
    if value is None:
        return ""
    if isinstance(value, list):
        return " ".join(str(one) for one in value)
    return value if isinstance(value, (str, bool, int)) else json.dumps(value, ensure_ascii=False)


def _clock_rules(content: object) -> ClockRules:
    """The clocks that Heshi counts; what a pack does not say stays as `ClockRules` has it.

    Only whole days count.
    """
    found: dict[str, int] = {}
    lines = content.get("clocks", ()) if isinstance(content, dict) else ()
    clocks = {line.get("id"): line for line in lines if line.get("unit") == "days"}
    for name, (clock, value) in _CLOCKS.items():
        days = clocks.get(clock, {}).get(value)
        if isinstance(days, int):
            found[name] = days
    return ClockRules(**found)


def _number_pattern(content: object) -> str:
    lines = content.get("formats", ()) if isinstance(content, dict) else ()
    found = [line["pattern"] for line in lines if line.get("kind") == "agreement"]
    return str(found[0]) if found else DEFAULT_PATTERN
