"""What is imported after Qt is imported without being read as source."""

from __future__ import annotations

import subprocess
import sys

from tests.house.sources import APP

SAID = """
import linecache
from app.ui.runtime.plain_imports import use_plain_imports
use_plain_imports()
import app.ui.shell.window
sources = [name for name in linecache.cache if "shell" in name]
assert not sources, sources
print("plain")
"""


def test_qt_reads_no_source_after_it() -> None:
    done = subprocess.run(
        [sys.executable, "-c", SAID],
        capture_output=True,
        text=True,
        cwd=APP.parent,
        timeout=60,
        check=False,
    )
    assert done.stdout == "plain\n", done.stderr
