"""Loads the catalogues of the chosen language, Qt's own with them. Chinese is the source and needs
only Qt's.
"""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

from app import paths


def use_language(application: QCoreApplication, language: str) -> list[QTranslator]:
    """Sets locale and catalogues; the result must be kept as long as the window lives."""
    QLocale.setDefault(QLocale(language))
    wanted = []
    if language == "en":
        wanted.append((str(paths.translations()), "app_en.qm"))
    else:
        wanted.append(
            (QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath), "qtbase_zh_CN.qm")
        )
    installed = []
    for folder, name in wanted:
        translator = QTranslator()
        if translator.load(name, folder):
            application.installTranslator(translator)
            installed.append(translator)
    return installed
