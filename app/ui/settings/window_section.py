"""How the window looks: language, size, theme. Takes effect with the next start, except the theme,
which changes at once.
"""

from __future__ import annotations

from PySide6.QtWidgets import QApplication

from app.ui.runtime import theme
from app.ui.runtime.desk import Desk
from app.ui.runtime.preferences import SCALES
from app.ui.widgets.fields import Choice, ChoiceField
from app.ui.widgets.frame import Section, words


class WindowSection(Section):
    """Language, scale and theme as buttons."""

    def __init__(self, desk: Desk) -> None:
        super().__init__("")
        self.set_title(self.tr("窗口"))
        self._desk = desk
        self._preferences = desk.preferences
        self.language = ChoiceField(
            self.tr("语言"),
            [
                Choice("zh_CN", self.tr("中文", "language")),
                Choice("en", self.tr("English", "language")),
            ],
        )
        self.scale = ChoiceField(
            self.tr("字和界面的大小"), [Choice(str(scale), f"{scale} %") for scale in SCALES]
        )
        self.theme = ChoiceField(
            self.tr("颜色"),
            [
                Choice("light", self.tr("纸色")),
                Choice("dark", self.tr("深色")),
                Choice("contrast", self.tr("高对比")),
            ],
        )
        self.language.set_value(self._preferences.get("language", desk.language))
        self.scale.set_value(self._preferences.get("scale", "100"))
        self.theme.set_value(self._preferences.get("theme", "light"))
        self.note = words("", "muted")
        for field in (self.language, self.scale, self.theme):
            self.add(field)
        self.add(self.note)
        self.note.hide()
        self.language.edited.connect(self._choose_language)
        self.scale.edited.connect(self._choose_scale)
        self.theme.edited.connect(self._choose_theme)

    def _choose_language(self) -> None:
        self._keep("language", self.language.value() or self._desk.language)
        self.language.set_value(self._preferences.get("language"))
        self._say_later()

    def _choose_scale(self) -> None:
        self._keep("scale", self.scale.value() or "100")
        self.scale.set_value(self._preferences.get("scale"))
        self._say_later()

    def _choose_theme(self) -> None:
        chosen = self.theme.value() or "light"
        self._keep("theme", chosen)
        self.theme.set_value(chosen)
        application = QApplication.instance()
        if isinstance(application, QApplication):
            theme.apply(application, chosen)

    def _keep(self, key: str, value: str) -> None:
        self._preferences.put(key, value)

    def _say_later(self) -> None:
        self.note.setText(self.tr("记下了，下次打开和事时生效。"))
        self.note.show()
