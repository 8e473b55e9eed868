"""Where files live: what the program brings along, and what it keeps for a person. Never opens or
makes any of them.
"""

from __future__ import annotations

import os
import sys
from functools import cache
from pathlib import Path

APPLICATION = "heshi"
RECORDS = "heshi.db"


@cache
def root() -> Path:
    """The folder that holds ``resources`` and ``i18n``: the repository, or the unpacked bundle when
    frozen.
    """
    bundle = getattr(sys, "_MEIPASS", None)
    return Path(bundle) if bundle else Path(__file__).resolve().parent.parent


def resources() -> Path:
    """Fonts, icons, styles, templates, packs, help."""
    return root() / "resources"


def translations() -> Path:
    """Compiled catalogues (``app_en.qm``)."""
    frozen = root() / "i18n"
    return frozen if getattr(sys, "frozen", False) else root() / "build" / "i18n"


def data_folder(chosen: str | Path | None = None) -> Path:
    """Where the records are: `chosen`, else ``HESHI_DATA``, else the system's place for a person's
    data.
    """
    if chosen or os.environ.get("HESHI_DATA"):
        return Path(chosen or os.environ["HESHI_DATA"]).expanduser().absolute()
    if sys.platform.startswith("linux"):  # what platformdirs says, without the time to load it
        home = os.environ.get("XDG_DATA_HOME", "").strip() or "~/.local/share"
        return Path(home).expanduser() / APPLICATION
    import platformdirs

    return platformdirs.user_data_path(APPLICATION, appauthor=False, roaming=False)


def has_records(data: Path) -> bool:
    """Whether records lie in `data`: where they do, missing keys are a loss and no first start."""
    try:
        return (data / RECORDS).stat().st_size > 0
    except OSError:
        return False


def cache_folder(data: Path) -> Path:
    """Where things lie that may vanish at any time and hold no record."""
    return data / "cache"


def logs(data: Path) -> Path:
    """Reports of our own bugs, without personal data."""
    return data / "logs"


def keys(data: Path) -> Path:
    return data / "keys"


def backups(data: Path) -> Path:
    return data / "backups"
