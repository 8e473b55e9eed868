"""Codes on finalised pages, as small drawings: QR with enough correction for a village printer.

ZXing draws one in half a millisecond, a twentieth of what Python needs. Never reads a code.
"""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

from app.wire.paper_mark import PaperMark, check_code, encode

# Neighbouring dark fields are drawn apart; a hair of overlap closes the seams some viewers show.
_OVERLAP = '<path stroke="#000" stroke-width=".05" d='
_KEPT = 64  # drawings: a page is drawn as often as somebody looks at it


def page_codes(mark: PaperMark, pages: int) -> list[str]:
    """One SVG for each page from 1 to `pages`, without a quiet zone."""
    return [_drawing(encode(replace(mark, page=page))) for page in range(1, pages + 1)]


def check_lines(mark: PaperMark) -> list[str]:
    """The check code as it stands beside the code: four lines of two groups."""
    groups = check_code(mark.content_hash).split()
    return [" ".join(groups[at : at + 2]) for at in range(0, len(groups), 2)]


@lru_cache(maxsize=_KEPT)
def _drawing(text: str) -> str:
    import zxingcpp

    code = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.QRCode, ec_level="M")
    drawn = code.to_svg(add_quiet_zones=False)
    return drawn[drawn.index("<svg") :].replace("<path d=", _OVERLAP)
