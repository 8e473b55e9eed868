"""Translations: what the sources say goes into ``i18n/*.ts``, and from there into ``build/i18n``.

It must never write a sentence itself: people write those in the .ts file.
"""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from pathlib import Path

from environment import ROOT, tool

CATALOGUE = ROOT / "i18n" / "app_en.ts"
COMPILED = ROOT / "build" / "i18n"


def update(catalogue: Path = CATALOGUE) -> None:
    """Bring the English catalogue up to date with the sources: same sources, same bytes.

    The heuristics are off: a sentence that is nearly like an old one does not inherit its English.
    """
    sources = sorted((ROOT / "app" / "ui").rglob("*.py"))
    sources += [ROOT / "app" / "main.py"] if (ROOT / "app" / "main.py").exists() else []
    with tempfile.TemporaryDirectory() as folder:
        names = Path(folder) / "sources.lst"
        names.write_text("\n".join(str(source) for source in sources), encoding="utf-8")
        command = [str(tool("pyside6-lupdate")), f"@{names}", "-ts", str(catalogue), "-silent"]
        command += ["-source-language", "zh_CN", "-target-language", "en"]
        command += ["-locations", "none", "-no-obsolete"]
        command += ["-disable-heuristic", "sametext", "-disable-heuristic", "similartext"]
        subprocess.run(command, cwd=ROOT, check=True)


def updated_copy(folder: Path) -> Path:
    """The catalogue as ``update`` would leave it, written into ``folder`` and nowhere else."""
    copy = folder / CATALOGUE.name
    shutil.copyfile(CATALOGUE, copy)
    update(copy)
    return copy


def compile_all() -> None:
    """Compile every catalogue that is newer than its compiled form."""
    for source in sorted((ROOT / "i18n").glob("*.ts")):
        target = COMPILED / f"{source.stem}.qm"
        if target.exists() and target.stat().st_mtime >= source.stat().st_mtime:
            continue
        COMPILED.mkdir(parents=True, exist_ok=True)
        command = [str(tool("pyside6-lrelease")), "-silent", str(source), "-qm", str(target)]
        subprocess.run(command, cwd=ROOT, check=True)
