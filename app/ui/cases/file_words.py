"""Where one file of a case is, in words. Never more than the county has signed for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

if TYPE_CHECKING:
    from app.ui.cases.view import CaseView


def file_words(view: CaseView, sha256: str) -> str:
    """A few words below a small picture; "" where nothing is known."""
    translate = QCoreApplication.translate
    state = view.files.get(sha256)
    if state is None:
        return ""
    if not state.here:
        if view.fetches_files:
            return translate("FileWords", "还没取到")
        return translate("FileWords", "不在本机")
    if state.received:
        return translate("FileWords", "县局已收")
    if state.needy:
        return translate("FileWords", "需要处理")
    if view.foreign or not view.enrolled:
        return translate("FileWords", "在本机")
    return translate("FileWords", "等着上传")


def file_tip(view: CaseView, sha256: str) -> str:
    """The same as a sentence."""
    translate = QCoreApplication.translate
    state = view.files.get(sha256)
    if state is None:
        return ""
    if not state.here:
        return absent_words(view)
    if state.received:
        return translate("FileWords", "在本机，县局也收到了。")
    if state.needy:
        return translate("FileWords", "在本机，没有传上去，请到“待上报”看原因。")
    if view.foreign or not view.enrolled:
        return translate("FileWords", "在本机。")
    return translate("FileWords", "在本机，等着上传。有网时自动传，断了接着传。")


def absent_words(view: CaseView) -> str:
    """What becomes of a file that is not here."""
    translate = QCoreApplication.translate
    if view.fetches_files:
        return translate("FileWords", "还没取到，有网时自动取。")
    if view.role == "mediator":
        return translate("FileWords", "这个文件在办案的那台电脑上，这里不取。")
    return translate("FileWords", "还没取到；这件案子报送审核以后，有网时自动取。")
