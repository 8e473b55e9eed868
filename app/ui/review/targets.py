"""What a remark can point at: a section of the file (``parties``) or a field, written
``owner.field`` (``agreement.clauses``).

The case page understands the same words. A target that a newer program wrote is shown as it stands,
never hidden.
"""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from app.ui.runtime.texts import DOCUMENT_NAMES, KIND_NAMES, document_name, field_name, pick


def section_name(section: str) -> str:
    """The heading under which a section stands; "" for an unknown one."""
    translate = QCoreApplication.translate
    names = {
        "facts": translate("ReviewTargets", "纠纷情况"),
        "parties": translate("ReviewTargets", "当事人"),
        "acceptance": translate("ReviewTargets", "受理登记"),
        "notice": translate("ReviewTargets", "权利义务告知"),
        "sessions": translate("ReviewTargets", "调解记录"),
        "agreement": translate("ReviewTargets", "调解协议"),
        "documents": translate("ReviewTargets", "文书"),
        "follow_up": translate("ReviewTargets", "履行和回访"),
        "closing": translate("ReviewTargets", "结案归档"),
    }
    return names.get(section, "")


def target_name(target: str, language: str) -> str:
    """``agreement.clauses.1`` -> 协议 · 协议内容（第 2 条）; 整个卷 for no target."""
    if not target:
        return QCoreApplication.translate("ReviewTargets", "整个卷")
    owner, _, field = target.partition(".")
    if not field:
        if target in set(DOCUMENT_NAMES):
            return document_name(target, language)
        return section_name(target) or target
    heading = section_name(owner) or pick(KIND_NAMES.get(owner, (owner, owner)), language)
    parts = field.split(".")
    number = next((int(part) + 1 for part in parts if part.isdigit()), None)
    name = field_name(owner, ".".join(part for part in parts if not part.isdigit()), language)
    said = f"{heading} · {name}"
    if number is None:
        return said
    numbered = QCoreApplication.translate("ReviewTargets", "{name}（第 {number} 条）")
    return numbered.format(name=said, number=number)
