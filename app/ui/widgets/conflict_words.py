"""What a card about two versions says of each side: who, when, the value, and where it differs.
Never a preference.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from itertools import takewhile
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from app.domain.ids import RecordId
from app.ui.runtime.language import language
from app.ui.runtime.texts import KIND_NAMES, act_name, field_name, name_of
from app.ui.widgets.clock_words import doubt_words, moment_words
from app.ui.widgets.value_words import shown_numbers, value_words

if TYPE_CHECKING:
    from app.services.conflicts import ConflictLine, OpenConflict, Written
    from app.services.ports import Practice, UnitOfWork
    from app.ui.widgets.value_words import Names

LONG = 300  # characters; of longer texts the card shows what differs and this much around it
AROUND = 60
_ID_LENGTH = 36
_HASH_SHOWN = 8


def conflict_names(uow: UnitOfWork, conflicts: Iterable[OpenConflict]) -> dict[str, str]:
    """What people call the records that conflicts are about or mention, by their ids. For
    workers.
    """
    from app.domain.agreements import Agreement
    from app.domain.committees import Committee, Mediator
    from app.domain.parties import Party
    from app.domain.people import Organisation, Person

    def name_of_id(text: str) -> str:
        identity = RecordId(text)
        party = uow.records.find(Party, identity)
        if party is not None:
            identity = party.person_id or party.organisation_id or identity
        records = uow.records
        named: Person | Organisation | Mediator | Committee | None = (
            records.find(Person, identity)
            or records.find(Organisation, identity)
            or records.find(Mediator, identity)
            or records.find(Committee, identity)
        )
        if named is not None:
            return named.name
        agreement = uow.records.find(Agreement, identity)
        return agreement.number if agreement else ""

    ids: set[str] = set()
    for one in conflicts:
        for line in one.lines:
            ids.add(line.record_id)
            ids.update(_ids([line.in_force.value, line.other.value], line.field))
    found = {text: name_of_id(text) for text in ids}
    return {text: name for text, name in found.items() if name}


def _ids(value: object, name: str) -> Iterable[str]:
    if isinstance(value, str):
        if name.endswith(("_id", "_ids")) or len(value) == _ID_LENGTH:
            yield value
    elif isinstance(value, dict):
        for key, one in value.items():
            yield from _ids(one, key)
    elif isinstance(value, (list, tuple)):
        for one in value:
            yield from _ids(one, name)


def title_words(line: ConflictLine, names: Names) -> str:
    """Whose field it is and what it is called."""
    field = field_name(line.kind, line.field, language())
    whose = line.title or names.get(line.record_id, "")
    if line.kind in ("case", "handover"):
        return field
    if not whose:
        whose = name_of(KIND_NAMES, line.kind, language())
    text = QCoreApplication.translate("ConflictWords", "{whose}：{field}")
    return text.format(whose=whose, field=field)


def side_words(practice: Practice, line: ConflictLine, names: Names) -> tuple[str, str]:
    """The value in force and the other one; what is empty says so."""
    sides = (line.in_force, line.other)
    if line.field == "id_no":
        said = shown_numbers(*(str(one.value or "") for one in sides))
    elif line.kind == "handover":
        said = str(sides[0].value or ""), str(sides[1].value or "")
    else:
        first, second = (
            value_words(practice, line.kind, line.field, one.value, names) for one in sides
        )
        said = first, second
    nothing = QCoreApplication.translate("ConflictWords", "（空着）")
    return said[0] or nothing, said[1] or nothing


def who_words(written: Written) -> str:
    """Who wrote a value and when, with what is doubtful about that laptop's clock."""
    translate = QCoreApplication.translate
    if written.at is None:
        return translate("ConflictWords", "没有记下是谁写的")
    when = moment_words(written.at, written.clock_error_ms)
    doubt = doubt_words(written.clock_error_ms)
    both = translate("ConflictWords", "{by}　{when}").format(by=written.by, when=when)
    said = both if written.by else when
    return (
        translate("ConflictWords", "{said}（{doubt}）").format(said=said, doubt=doubt)
        if doubt
        else said
    )


def head_words(conflict: OpenConflict) -> str:
    """What was not taken over, whose it is, and that nothing of it is lost."""
    translate = QCoreApplication.translate
    when = moment_words(conflict.at, conflict.clock_error_ms)
    doubt = doubt_words(conflict.clock_error_ms, own=conflict.own)
    if doubt:
        when = translate("ConflictWords", "{said}（{doubt}）").format(said=when, doubt=doubt)
    act = act_name(conflict.act, language())
    if conflict.own:
        text = translate(
            "ConflictWords",
            "您在本机{when}“{act}”时，县局已先收到别人写的，所以您写的先放在一边，没有丢。",
        )
        return text.format(when=when, act=act)
    text = translate(
        "ConflictWords",
        "{by}{when}“{act}”时，县局已先收到别人写的，所以这一份先放在一边，没有丢。",
    )
    return text.format(by=conflict.by, when=when, act=act)


def paper_words(lines: Sequence[ConflictLine], *, other: bool) -> str:
    """Number and short fingerprint of one of two papers; "" where nothing tells."""
    translate = QCoreApplication.translate
    told = {line.field: (line.other if other else line.in_force).value for line in lines}
    number, digest = str(told.get("number") or ""), str(told.get("content_hash") or "")
    said = [number]
    if digest:
        said.append(
            translate("ConflictWords", "定稿指纹 {hash}…").format(hash=digest[:_HASH_SHOWN])
        )
    return "\n".join(one for one in said if one)


def adds_words(conflict: OpenConflict) -> str:
    """New records that came with the entry; "" for none."""
    kinds: dict[str, int] = {}
    for one in conflict.adds:
        kind = one.partition(":")[0]
        kinds[kind] = kinds.get(kind, 0) + 1
    translate = QCoreApplication.translate
    said = [
        translate("ConflictWords", "{kind} {n} 条").format(
            kind=name_of(KIND_NAMES, kind, language()), n=n
        )
        for kind, n in kinds.items()
    ]
    return translate("ConflictWords", "、").join(said)


def marked(text: str, other: str, *, whole: bool = False) -> str:
    """`text` as rich text in which what differs from `other` is bold and underlined; of a long one
    the rest is left out unless the `whole` is wanted.
    """
    before = _alike(text, other)
    behind = _alike(text[before:][::-1], other[before:][::-1])
    end = len(text) - behind
    start, stop = 0, len(text)
    if len(text) > LONG and not whole:
        start, stop = max(0, before - AROUND), min(len(text), end + AROUND)
    parts = [
        "……" if start else "",
        _html(text[start:before]),
        f"<b><u>{_html(text[before:end])}</u></b>" if end > before else "",
        _html(text[end:stop]),
        "……" if stop < len(text) else "",
    ]
    return "".join(parts)


def _alike(one: str, other: str) -> int:
    pairs = takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False))
    return sum(1 for _ in pairs)


def _html(text: str) -> str:
    return escape(text).replace("\n", "<br>")
