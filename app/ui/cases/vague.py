"""Words too vague for an agreement: named beside the clause, never forbidden, never changed."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from app.domain.clauses import vague_lines
from app.ui.runtime.desk import Desk

SHOWN = 4


def vague_notes(desk: Desk, text: str) -> list[str]:
    """One sentence for each vague word in `text` that no date or amount makes clear."""
    pack = desk.practice.texts.get("vague_words")
    lines = pack.get("words", ()) if isinstance(pack, dict) else ()
    ask = "ask_en" if desk.language.startswith("en") else "ask_zh"
    note = QCoreApplication.translate("VagueWords", "“{word}”说不清：{ask}。")
    found = vague_lines(text, lines)[:SHOWN]
    return [note.format(word=one["word"], ask=one[ask]) for one in found]
