"""What a remark can point at: a section of the file (``parties``) or a field, written
``owner.field`` (``agreement.clauses``); ``owner.field:id`` where there are several such records.

The case page understands the same words. A target that a newer program wrote is shown as it stands,
never hidden.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from app.domain.ids import is_id
from app.ui.runtime.texts import DOCUMENT_NAMES, KIND_NAMES, document_name, field_name, pick

if TYPE_CHECKING:
    from app.domain.file_review import Place


def section_name(section: str) -> str:
    """The heading under which a section stands; "" for an unknown one."""
    translate = QCoreApplication.translate
    names = {
        "facts": translate("ReviewTargets", "纠纷情况"),
        "parties": translate("ReviewTargets", "当事人"),
        "acceptance": translate("ReviewTargets", "受理登记"),
        "notice": translate("ReviewTargets", "权利义务告知"),
        "investigations": translate("ReviewTargets", "调查"),
        "evidence": translate("ReviewTargets", "证据"),
        "sessions": translate("ReviewTargets", "调解记录"),
        "agreement": translate("ReviewTargets", "调解协议"),
        "confirmation": translate("ReviewTargets", "司法确认"),
        "documents": translate("ReviewTargets", "文书"),
        "follow_up": translate("ReviewTargets", "履行和回访"),
        "letters": translate("ReviewTargets", "告知和函件"),
        "closing": translate("ReviewTargets", "结案归档"),
    }
    return names.get(section, "")


def target_of(place: Place) -> str:
    """The target that points at where something is lacking."""
    said = f"{place.owner}.{place.field}"
    return said if place.owner == "case" else f"{said}:{place.owner_id}"


def target_name(target: str, language: str) -> str:
    """``agreement.clauses.1`` -> 协议 · 协议内容（第 2 条）; 整个卷 for no target."""
    if not target:
        return QCoreApplication.translate("ReviewTargets", "整个卷")
    owner, _, field = target.partition(":")[0].partition(".")
    if not field:
        if target in set(DOCUMENT_NAMES):
            return document_name(target, language)
        return section_name(target) or target
    heading = section_name(owner) or pick(KIND_NAMES.get(owner, (owner, owner)), language)
    parts = field.split(".")
    number = next((int(part) + 1 for part in parts if part.isdigit()), None)
    words = [part for part in parts if not part.isdigit() and not is_id(part)]
    name = field_name(owner, ".".join(words), language)
    said = f"{heading} · {name}"
    if number is None:
        return said
    numbered = QCoreApplication.translate("ReviewTargets", "{name}（第 {number} 条）")
    return numbered.format(name=said, number=number)
