"""The lock is whole: pins with hashes for everything, and nothing that names a host or a place."""

from __future__ import annotations

import re
import tomllib

import pytest

from tests.house.sources import ROOT


@pytest.mark.parametrize("name", ["client", "county", "dev"])
def test_the_lock_is_whole(name: str) -> None:
    """Every package pinned with hashes; no host, no link, no path."""
    text = (ROOT / "requirements" / f"{name}.txt").read_text(encoding="utf-8")
    entries = text.replace("\\\n", " ").splitlines()
    assert entries
    wanted = re.compile(r"[a-z0-9][a-z0-9._-]*==\S+( ; [^/]+?)?( +--hash=sha256:[0-9a-f]{64})+ *")
    assert [entry for entry in entries if not wanted.fullmatch(entry)] == []
    assert "://" not in text


def test_the_locks_agree() -> None:
    pins = {name: _pins(name) for name in ("client", "county", "dev")}
    assert pins["client"].items() <= pins["county"].items() <= pins["dev"].items()


def test_the_lock_holds_what_the_project_asks_for() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = project["optional-dependencies"]
    for name, wishes in {
        "client": project["dependencies"],
        "county": project["dependencies"] + extras["county"],
        "dev": project["dependencies"] + extras["county"] + extras["dev"],
    }.items():
        wanted = dict(_pin(wish) for wish in wishes)
        assert wanted.items() <= _pins(name).items()


def _pins(name: str) -> dict[str, str]:
    text = (ROOT / "requirements" / f"{name}.txt").read_text(encoding="utf-8")
    return dict(re.findall(r"^([a-z0-9._-]+)==([^ \\]+)", text, re.MULTILINE))


def _pin(wish: str) -> tuple[str, str]:
    name, version = wish.split(";")[0].split("==")
    return re.sub(r"\[.*\]", "", name).lower().replace("_", "-"), version.strip()
