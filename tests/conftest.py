"""What holds for every test: no real home, no real keyring, no screen, nothing left running.

Must never sleep and never hold a fixture that belongs to one room only.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from pathlib import Path

import keyring
import pytest
from hypothesis import HealthCheck, settings

from tests.leaks import nothing_left_running as nothing_left_running
from tests.memory_keyring import MemoryKeyring

# The same cases in every run of the checks; "random" looks for new ones, "deep" looks long.
settings.register_profile("ci", max_examples=60, deadline=None, derandomize=True, database=None)
settings.register_profile("random", max_examples=60, deadline=None, database=None)
settings.register_profile(
    "deep", max_examples=3000, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile(os.environ.get("HESHI_HYPOTHESIS", "ci"))


def pytest_addoption(parser: pytest.Parser) -> None:
    """``--onscreen`` shows the windows instead of drawing them in memory."""
    parser.addoption("--onscreen", action="store_true", help="use the real screen")


def pytest_configure(config: pytest.Config) -> None:
    """Before the first QApplication: no screen, and the wall clock that mediators read."""
    if not config.getoption("--onscreen"):
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    os.environ["TZ"] = "Asia/Shanghai"
    if hasattr(time, "tzset"):
        time.tzset()


@pytest.fixture(scope="session", autouse=True)
def own_home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A home of its own for the whole run: no test reads or writes the real one."""
    home = tmp_path_factory.mktemp("home")
    with pytest.MonkeyPatch.context() as patch:
        for name in ("HOME", "USERPROFILE", "APPDATA", "LOCALAPPDATA"):
            patch.setenv(name, str(home))
        for name in ("CONFIG", "DATA", "STATE", "CACHE"):
            patch.setenv(f"XDG_{name}_HOME", str(home / name.lower()))
        runtime = home / "runtime"
        runtime.mkdir(mode=0o700)
        patch.setenv("XDG_RUNTIME_DIR", str(runtime))
        for name in [name for name in os.environ if name.startswith("HESHI_")]:
            patch.delenv(name)
        # Programs that a test starts find no keyring at all.
        patch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.fail.Keyring")
        patch.delenv("DBUS_SESSION_BUS_ADDRESS", raising=False)
        yield home


@pytest.fixture(autouse=True)
def memory_keyring() -> Iterator[MemoryKeyring]:
    """A keyring in memory, empty at the start of every test."""
    before = keyring.get_keyring()
    memory = MemoryKeyring()
    keyring.set_keyring(memory)
    yield memory
    keyring.set_keyring(before)
