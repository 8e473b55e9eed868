"""A signed page read and cleaned, against opening and saving the same picture.

Product: `PageReader.read` of an A4 page at 200 dpi from a telephone: decoded, code read, set
straight, evened, cut, saved. Yardstick: Pillow decodes the same JPEG and encodes it again.
"""

from __future__ import annotations

import io
from functools import partial

from PIL import Image

from app.documents.scanning import PageReader
from tests.bench.figures import Figure, spread, timed_ms
from tests.unit.documents.scanned_pages import Way, agreement_pages, as_jpeg, scanned

WAYS = (
    Way(angle=2.3, shadow=0.7),
    Way(angle=-4.1, shadow=0.6, table=True, grain=7),
    Way(angle=91.2, shadow=0.8),
)


def measure(runs: int) -> list[Figure]:
    reader = PageReader()
    sheet = agreement_pages()[0]
    bare = sheet.copy()
    bare.paste("white", (0, 2050, *sheet.size))
    scans = [scanned(sheet, one) for one in WAYS]
    without = [scanned(bare, one) for one in WAYS[:2]]
    reader.read(scans[0])
    found, floor, unknown = [], [], []
    for _ in range(runs):
        for one in scans:
            found.append(timed_ms(partial(reader.read, one)))
            floor.append(timed_ms(partial(_again, one)))
        unknown += [timed_ms(partial(reader.read, one)) for one in without]
    return [
        Figure("signed page at 200 dpi, read and cleaned", "ms", spread(found), spread(floor), 12),
        Figure("  the same, all in all", "ms", spread(found), None, 1000),
        Figure("  a page without a code", "ms", spread(unknown), None, 1000),
    ]


def _again(data: bytes) -> bytes:
    with Image.open(io.BytesIO(data)) as image:
        return as_jpeg(image.convert("RGB"))
