"""Printed pages as they come back from the table: with ink, a little askew, a little grey.

The ink is a cross and a blot, and a line beside it says so. A signature is never made.
"""

from __future__ import annotations

import io

from PIL import Image, ImageChops, ImageDraw

from app.services.paper_values import PageImage
from drawings import label_font

LABEL = "演示用墨迹：叉和圆点，不是签名"
ASKEW = 3.0  # degrees
_BLUE, _RED = (30, 50, 140), (190, 40, 40)
_PAPER = (246, 245, 240)


def scanned(page: PageImage, *, last: bool) -> bytes:
    """The page as JPEG, marked, turned by `ASKEW` and grainy; the last one bears more marks."""
    image = Image.frombuffer(
        "RGB", (page.width, page.height), page.rgb, "raw", "RGB", page.stride, 1
    ).copy()
    _mark(ImageDraw.Draw(image), page.width, page.height, count=4 if last else 2)
    image = image.rotate(ASKEW, resample=Image.Resampling.BICUBIC, expand=True, fillcolor=_PAPER)
    grain = Image.effect_noise(image.size, 14).point(lambda grey: max(0, 128 - grey))
    image = ImageChops.subtract(image, Image.merge("RGB", (grain, grain, grain)))
    out = io.BytesIO()
    image.save(out, "JPEG", quality=78)
    return out.getvalue()


def _mark(draw: ImageDraw.ImageDraw, width: int, height: int, *, count: int) -> None:
    """Crosses and blots at the right edge, where nothing is printed."""
    reach, top = width // 45, height * 3 // 4
    for number in range(count):
        left, up = width - width // 11, top - number * reach * 3
        draw.line((left, up, left + reach, up + reach), fill=_BLUE, width=5)
        draw.line((left + reach, up, left, up + reach), fill=_BLUE, width=5)
        draw.ellipse((left, up + reach + 8, left + reach, up + reach * 2), fill=_RED)
    draw.text((width // 2, height // 60), LABEL, fill=_BLUE, font=label_font(width // 60))
