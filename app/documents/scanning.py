"""Reads a scanned or photographed page: the codes on it, and a clean, straight picture of it. Never
decides which paper it is (`services/scan_intake.py` does), and never keeps anything.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import atan2, degrees

import zxingcpp
from PIL import Image

from app.documents.opening import (
    LONGEST,
    jpeg,
    longest_side,
    open_picture,
    picture_pages,
    taken_on,
)
from app.documents.straightening import paper_box, text_angle, turned
from app.documents.whitening import page_jpeg, whitened
from app.services.paper_values import ScannedPage, TakenPhoto
from app.wire.paper_mark import decode

PAPER_PHOTO = 1280  # pixels of the longer side: half a page of A4 at 200 dpi
_SHARPEST = 5000  # a code that was not found is looked for again in the picture as it came
_LARGER = 1.25
_PHOTO_QUALITY = 85
_PAPER_QUALITY = 82
_QUARTERS = {
    90: Image.Transpose.ROTATE_90,
    180: Image.Transpose.ROTATE_180,
    270: Image.Transpose.ROTATE_270,
}


class PageReader:
    """Satisfies `services.ports.ScanReader`; may be used from any thread."""

    def pages(self, data: bytes) -> tuple[bytes, ...]:
        return picture_pages(data)

    def read(self, data: bytes) -> ScannedPage:
        """Codes first, while the picture is as it came; they also tell which way is up."""
        image = open_picture(data)
        codes = _codes(image.convert("L")) or _codes_of_larger(data)
        upright = _first_angle(codes)
        quarter = 0 if upright is None else round(upright / 90) * 90 % 360
        if quarter:
            image = image.transpose(_QUARTERS[quarter])
        grey = image.convert("L")
        hint = None if upright is None else (upright - quarter + 180) % 360 - 180
        angle = text_angle(grey, hint)
        box = paper_box(grey, angle)
        image = turned(whitened(image), angle).crop(box)
        kept = page_jpeg(image)
        marks = tuple(dict.fromkeys(one.text for one in codes))
        whole = (quarter + angle + 180) % 360 - 180
        return ScannedPage(
            kept.image, "image/jpeg", kept.width, kept.height, round(whole, 2), marks
        )

    def photo(self, data: bytes) -> TakenPhoto:
        image = open_picture(data)
        kept = jpeg(image, _PHOTO_QUALITY)
        return TakenPhoto(kept, "image/jpeg", image.width, image.height, taken_on(data))

    def photo_for_paper(self, data: bytes) -> bytes:
        return jpeg(open_picture(data, PAPER_PHOTO), _PAPER_QUALITY)


# --- codes ---


@dataclass(frozen=True, slots=True)
class _Code:
    """A code's text, and by how many degrees counter-clockwise the page must be turned to have it
    upright.
    """

    text: str
    angle: float


def _codes(grey: Image.Image) -> list[_Code]:
    """The codes in the picture; looked for harder until one of ours is among them."""
    found: list[_Code] = []
    for view in _views(grey):
        known = {one.text for one in found}
        found += [one for one in _read(view) if one.text not in known]
        if any(decode(one.text) for one in found):
            break
    return found


def _codes_of_larger(data: bytes) -> list[_Code]:
    """Once more in the picture as it came, if it was a good deal larger than a page must be."""
    if longest_side(data) < _LARGER * LONGEST:
        return []
    grey = open_picture(data, _SHARPEST).convert("L")
    return _read(grey) or _read(whitened(grey))


def _views(grey: Image.Image) -> Iterator[Image.Image]:
    """The whole page; all of it in even light; its edges, twice as large, where a code may stand
    whichever way the page lies.
    """
    yield grey
    yield whitened(grey)
    width, height = grey.size
    across, down = width // 4, height // 4
    for box in (
        (0, height - down, width, height),
        (0, 0, width, down),
        (0, 0, across, height),
        (width - across, 0, width, height),
    ):
        edge = grey.crop(box)
        yield edge.resize((edge.width * 2, edge.height * 2), Image.Resampling.BICUBIC)


def _read(grey: Image.Image) -> list[_Code]:
    found = zxingcpp.read_barcodes(
        grey,
        formats=zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode),
        text_mode=zxingcpp.TextMode.Plain,
        try_invert=False,
    )
    return [_Code(one.text, _upright(one.position)) for one in found if one.valid]


def _upright(place: zxingcpp.Position) -> float:
    """Upper and lower edge together are truer than one."""
    across = (
        place.top_right.x - place.top_left.x + place.bottom_right.x - place.bottom_left.x,
        place.top_right.y - place.top_left.y + place.bottom_right.y - place.bottom_left.y,
    )
    return degrees(atan2(across[1], across[0]))


def _first_angle(codes: list[_Code]) -> float | None:
    """What our own mark says, else nothing: another code may stand anyhow."""
    return next((one.angle for one in codes if decode(one.text)), None)
