"""All pages of a PDF, small, on one picture: to be looked over at a glance."""

from __future__ import annotations

import io

from PIL import Image

from app.documents.preview import page_images

DPI = 36
COLUMNS = 8
_GAP = 8


def contact_sheet(pdf: bytes) -> bytes:
    """A PNG with the pages row by row."""
    pages = [
        Image.frombuffer("RGB", (one.width, one.height), one.rgb, "raw", "RGB", one.stride, 1)
        for one in page_images(pdf, DPI)
    ]
    width = max(one.width for one in pages) + _GAP
    height = max(one.height for one in pages) + _GAP
    rows = -(-len(pages) // COLUMNS)
    sheet = Image.new("RGB", (COLUMNS * width + _GAP, rows * height + _GAP), "#9aa3a8")
    for index, page in enumerate(pages):
        row, column = divmod(index, COLUMNS)
        sheet.paste(page, (_GAP + column * width, _GAP + row * height))
    out = io.BytesIO()
    sheet.save(out, "PNG")
    return out.getvalue()
