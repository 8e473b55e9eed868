"""Rebuild the fonts in resources/fonts from their published packages.

For developers only: the finished fonts are kept in the repository, and neither the window, the
server nor the tests need this file to run. It wants npm (to fetch the packages), fontTools and
Debian's package ``unicode-data`` (for the table of general characters).

It must never run at start or in a build: fonts change when somebody decides so, not by chance.
The same packages and the same fontTools give the same files, byte for byte.

    python packaging/make_fonts.py              fetch, rebuild, check
    python packaging/make_fonts.py --from DIR   use packages already unpacked in DIR
"""

from __future__ import annotations

import argparse
import bz2
import io
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from fontTools import subset
from fontTools.pens.recordingPen import DecomposingRecordingPen
from fontTools.pens.transformPen import TransformPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont

FONTS = Path(__file__).resolve().parent.parent / "resources" / "fonts"
UNIHAN = Path("/usr/share/unicode/Unihan_OtherMappings.txt.bz2")
PACKAGE_VERSION = "0.4.3"

# Forms, official papers and pasted text: everything that is not a Han character.
SIGNS = (
    (0x0020, 0x007E),  # ASCII
    (0x00A0, 0x017F),  # Latin with marks, the middle dot of minority names
    (0x01CD, 0x01DC),  # pinyin vowels
    (0x0251, 0x0261),  # pinyin a and g
    (0x02C6, 0x02DC),  # tone marks
    (0x0391, 0x03C9),  # Greek
    (0x0401, 0x0451),  # Cyrillic
    (0x1E3E, 0x1EBF),  # pinyin with marks
    (0x2000, 0x206F),  # dashes, quotation marks, ellipsis
    (0x20A0, 0x20BF),  # currency
    (0x2100, 0x218F),  # numero, Celsius, Roman numerals
    (0x2190, 0x21FF),  # arrows
    (0x2200, 0x22FF),  # mathematics
    (0x2460, 0x24FF),  # numbers in circles and brackets
    (0x2500, 0x27BF),  # frames, boxes, ticks
    (0x2E80, 0x2FDF),  # radicals, which come in with text copied out of PDF files
    (0x3000, 0x312F),  # Chinese punctuation, kana, bopomofo
    (0x31C0, 0x31E3),  # strokes
    (0x3200, 0x33FF),  # bracketed characters, square metres
    (0xFE10, 0xFE6F),  # vertical and small forms
    (0xFF00, 0xFFEF),  # full width
)
# GB 18030-2022 level 2 = the unified block, extension A, and (below) the general characters
# that lie outside the first plane.
LEVEL_TWO = ((0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0xF900, 0xFAFF))

FEATURES = "ccmp,locl,mark,mkmk,kern,liga,calt,palt,halt,vert,vrt2,tnum,pnum,lnum,fwid,hwid,pwid"


@dataclass(frozen=True)
class Face:
    """One file to make: which package it comes from, and how much of it stays."""

    file: str
    package: str
    member: str
    licence: str
    whole_level_two: bool


FACES = (
    Face(
        "NotoSerifSC-Regular.ttf",
        "@expo-google-fonts/noto-serif-sc",
        "400Regular/NotoSerifSC_400Regular.ttf",
        "OFL-NotoSerifSC.txt",
        True,
    ),
    Face(
        "NotoSerifSC-Bold.ttf",
        "@expo-google-fonts/noto-serif-sc",
        "700Bold/NotoSerifSC_700Bold.ttf",
        "OFL-NotoSerifSC.txt",
        False,
    ),
    Face(
        "NotoSansSC-Regular.ttf",
        "@expo-google-fonts/noto-sans-sc",
        "400Regular/NotoSansSC_400Regular.ttf",
        "OFL-NotoSansSC.txt",
        True,
    ),
    Face(
        "NotoSansSC-Bold.ttf",
        "@expo-google-fonts/noto-sans-sc",
        "700Bold/NotoSansSC_700Bold.ttf",
        "OFL-NotoSansSC.txt",
        False,
    ),
)

MUST_HAVE = "□☐☑☒✓—…〔〕①⑳○●△※℃㎡￥·№×〇镕喆"
RARE_NAMES = "㛃䶮𬭬𫖮𬱖䲟"


def general_characters(unihan: Path = UNIHAN) -> set[int]:
    """Code points of the 8,105 characters of the general table (State Council, 2013).

    Unicode's Unihan data carries the table as the property kTGH. Raises SystemExit with what to
    install when the data is not there or is not complete.
    """
    if not unihan.is_file():
        raise SystemExit(f"{unihan} is missing. Install it with: apt-get install unicode-data")
    text = bz2.decompress(unihan.read_bytes()).decode("utf-8")
    found = {int(m[1], 16) for m in re.finditer(r"^U\+([0-9A-F]+)\tkTGH\t", text, re.MULTILINE)}
    if len(found) != 8105:
        raise SystemExit(
            f"The general table should have 8105 characters, {unihan} has {len(found)}"
        )
    return found


def wanted(face: Face, general: set[int]) -> set[int]:
    """Code points that stay in the face."""
    ranges = SIGNS + LEVEL_TWO if face.whole_level_two else SIGNS
    return general | {point for first, last in ranges for point in range(first, last + 1)}


def add_ballot_boxes(font: TTFont) -> None:
    """Give the font ☐ ☑ ☒, which the source lacks, drawn from its own □ ✓ ×.

    A form's ticked box must come from the same face as its empty box; a fallback face would
    change its size, and PDF/A printing allows no fallback to the system.
    """
    names = font.getBestCmap()
    glyphs, box_name = font["glyf"], names[ord("□")]
    advance, bearing = font["hmtx"][box_name]
    additions = {0x2610: None, 0x2611: "✓", 0x2612: "×"}
    for point, mark in additions.items():
        if point in names:
            continue
        glyph_name = f"uni{point:04X}"
        pen = TTGlyphPen(None)
        _draw(font, box_name, pen, (1, 0, 0, 1, 0, 0))
        if mark is not None:
            _draw(font, names[ord(mark)], pen, _centred(font, box_name, names[ord(mark)]))
        outline = pen.glyph()
        outline.recalcBounds(glyphs)
        glyphs[glyph_name] = outline
        font["hmtx"][glyph_name] = (advance, bearing)
        font["vmtx"][glyph_name] = font["vmtx"][box_name]
        for table in font["cmap"].tables:
            if table.isUnicode():
                table.cmap[point] = glyph_name


def _draw(font: TTFont, name: str, pen: TTGlyphPen, move: tuple[float, ...]) -> None:
    glyphs = font.getGlyphSet()
    recording = DecomposingRecordingPen(glyphs)
    glyphs[name].draw(recording)
    recording.replay(TransformPen(pen, move))


def _centred(font: TTFont, box: str, mark: str) -> tuple[float, ...]:
    """Scale and shift that puts the mark in the middle of the box, at four fifths of its width."""
    outer, inner = font["glyf"][box], font["glyf"][mark]
    scale = 0.8 * (outer.xMax - outer.xMin) / max(inner.xMax - inner.xMin, inner.yMax - inner.yMin)
    right = (outer.xMin + outer.xMax) / 2 - scale * (inner.xMin + inner.xMax) / 2
    up = (outer.yMin + outer.yMax) / 2 - scale * (inner.yMin + inner.yMax) / 2
    return (scale, 0, 0, scale, right, up)


def make(face: Face, source: Path, general: set[int]) -> TTFont:
    """Subset one face; the result is not yet written."""
    options = subset.Options()
    options.hinting = False
    options.layout_features = FEATURES.split(",")
    options.name_IDs = ["*"]
    options.notdef_outline = True
    options.recalc_timestamp = False
    font = subset.load_font(str(source / face.package / face.member), options)
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=wanted(face, general))
    subsetter.subset(font)
    add_ballot_boxes(font)
    return font


def check(face: Face, data: bytes, general: set[int]) -> None:
    """Raise SystemExit when the face lacks a character it promises."""
    has = set(TTFont(io.BytesIO(data)).getBestCmap())
    promised = general | {ord(c) for c in MUST_HAVE}
    if face.whole_level_two:
        promised |= set(range(0x4E00, 0x9FA6)) | set(range(0x3400, 0x4DB6))
        promised |= {ord(c) for c in RARE_NAMES}
    missing = sorted(promised - has)
    if missing:
        shown = " ".join(f"U+{point:04X}" for point in missing[:20])
        raise SystemExit(f"{face.file}: {len(missing)} characters are missing: {shown}")


@contextmanager
def packages(given: Path | None) -> Iterator[Path]:
    """Folder with the unpacked packages, one folder per package name."""
    if given is not None:
        yield given
        return
    npm = shutil.which("npm")
    if npm is None:
        raise SystemExit("npm is needed to fetch the font packages.")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for package in sorted({face.package for face in FACES}):
            done = subprocess.run(
                [npm, "pack", "--silent", f"{package}@{PACKAGE_VERSION}"],
                cwd=folder,
                check=True,
                capture_output=True,
                text=True,
            )
            with tarfile.open(folder / done.stdout.split()[-1]) as archive:
                archive.extractall(folder / "unpacked", filter="data")
            (folder / package).parent.mkdir(parents=True, exist_ok=True)
            (folder / "unpacked" / "package").rename(folder / package)
        yield folder


def main(arguments: list[str] | None = None) -> int:
    """Rebuild every face and its licence text."""
    parser = argparse.ArgumentParser(description="Rebuild the fonts in resources/fonts.")
    parser.add_argument("--from", dest="source", type=Path, help="unpacked packages")
    given = parser.parse_args(arguments)
    general = general_characters()
    FONTS.mkdir(parents=True, exist_ok=True)
    with packages(given.source) as source:
        for face in FACES:
            buffer = io.BytesIO()
            make(face, source, general).save(buffer)
            check(face, buffer.getvalue(), general)
            (FONTS / face.file).write_bytes(buffer.getvalue())
            licence = (source / face.package / "LICENSE_FONT").read_text(encoding="utf-8")
            (FONTS / face.licence).write_text(licence, encoding="utf-8", newline="\n")
            print(f"{face.file}  {len(buffer.getvalue()):,} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main())
