"""Make a Debian package of the frozen client: ``python3 packaging/linux/build_deb.py``.

Wants ``dist/heshi`` (``python3 packaging/dev.py freeze``) and dpkg-deb. xz, because the dpkg of
older domestic systems cannot read zstd.
"""

from __future__ import annotations

import platform
import shutil
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
sys.path.insert(0, str(ROOT / "packaging"))

from systemlibs import LIBRARIES  # noqa: E402  (found by the line above)


def lay_out(tree: Path, frozen: Path) -> None:
    """Put the program, its menu entry and its icon where Debian expects them."""
    shutil.copytree(frozen, tree / "opt" / "heshi", symlinks=True)
    applications = tree / "usr" / "share" / "applications"
    applications.mkdir(parents=True)
    shutil.copy(HERE / "heshi.desktop", applications)
    icons = tree / "usr" / "share" / "icons" / "hicolor" / "scalable" / "apps"
    icons.mkdir(parents=True)
    shutil.copy(ROOT / "resources" / "icons" / "heshi.svg", icons)
    binaries = tree / "usr" / "bin"
    binaries.mkdir()
    (binaries / "heshi").symlink_to("/opt/heshi/heshi")


def control(tree: Path, version: str, architecture: str) -> str:
    """The control file: sizes measured, libraries those that Qt opens at run time."""
    size = sum(path.lstat().st_size for path in tree.rglob("*") if path.is_file())
    return (
        (HERE / "control.in")
        .read_text(encoding="utf-8")
        .format(
            version=version,
            architecture=architecture,
            size_kib=size // 1024,
            # A bundle runs on nothing older than the system it was frozen on.
            glibc=platform.libc_ver()[1],
            libraries=", ".join(LIBRARIES.values()),
        )
    )


def build() -> Path:
    """The finished package in ``dist``."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    asked = ["dpkg", "--print-architecture"]
    architecture = subprocess.run(asked, check=True, capture_output=True, text=True).stdout.strip()
    package = ROOT / "dist" / f"heshi_{project['version']}_{architecture}.deb"
    with tempfile.TemporaryDirectory() as folder:
        tree = Path(folder) / "heshi"
        lay_out(tree, ROOT / "dist" / "heshi")
        text = control(tree, project["version"], architecture)
        (tree / "DEBIAN").mkdir()
        (tree / "DEBIAN" / "control").write_text(text, encoding="utf-8")
        tree.chmod(0o755)
        command = ["dpkg-deb", "--root-owner-group", "-Zxz", "--build", str(tree), str(package)]
        subprocess.run(command, check=True)
    return package


if __name__ == "__main__":
    print(build().relative_to(ROOT))
