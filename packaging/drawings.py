"""Pictures for the demo's evidence, drawn by the program: nobody's house, nobody's face."""

from __future__ import annotations

import io

from PIL import Image, ImageDraw, ImageFont

from demo_world import ROOT

SIZE = (1600, 1200)
LABEL = "演示用图，由程序画成"
_FONT = ROOT / "resources" / "fonts" / "NotoSansSC-Regular.ttf"
_SKY, _TILE, _EDGE, _BROKEN = "#cfd9df", "#7b4a3a", "#5c352a", "#2b1c17"
_WALL, _BRICK, _WATER = "#e6dfd0", "#a8674c", "#8f9aa0"
_HOLES = {(2, 5), (3, 5), (3, 6), (3, 9)}


def label_font(size: int) -> ImageFont.FreeTypeFont:
    """The program's own font, `size` pixels high."""
    return ImageFont.truetype(str(_FONT), size)


def picture(name: str) -> bytes:
    """The drawing ``roof`` or ``wall`` as JPEG."""
    image = Image.new("RGB", SIZE, _SKY)
    draw = ImageDraw.Draw(image)
    {"roof": _roof, "wall": _wall}[name](draw)
    draw.text((40, SIZE[1] - 70), LABEL, fill="black", font=label_font(40))
    out = io.BytesIO()
    image.save(out, "JPEG", quality=80)
    return out.getvalue()


def _roof(draw: ImageDraw.ImageDraw) -> None:
    """Four rows of tiles, some broken, and drops under the eaves."""
    draw.rectangle((0, 700, *SIZE), fill=_WALL)
    for row in range(4):
        for column in range(12):
            left, top = 60 + column * 124 + (row % 2) * 40, 180 + row * 130
            broken = (row, column) in _HOLES
            box = (left, top, left + 130, top + 150)
            draw.pieslice(box, 0, 180, fill=_BROKEN if broken else _TILE, outline=_EDGE, width=5)
            if broken:
                draw.line((left + 20, top + 85, left + 105, top + 130), fill=_SKY, width=8)
    for column in range(5):
        left = 640 + column * 90
        draw.ellipse((left, 760 + column % 2 * 80, left + 22, 800 + column % 2 * 80), fill=_WATER)


def _wall(draw: ImageDraw.ImageDraw) -> None:
    """A wall whose plaster came off over the bricks, and the mark of water beside it."""
    draw.rectangle((0, 120, *SIZE), fill=_WALL)
    edge = [(420, 1080), (380, 820), (520, 640), (760, 600), (980, 700), (1060, 900), (990, 1080)]
    draw.polygon(edge, fill=_BRICK, outline=_EDGE)
    for row in range(9):
        draw.line((430, 650 + row * 50, 1000, 650 + row * 50), fill=_WALL, width=6)
    draw.polygon([(700, 120), (640, 600), (820, 600), (760, 120)], fill=_WATER)
    draw.line((1180, 560, 1180, 1080), fill="black", width=6)
    draw.text((1200, 780), "约 2 平方米", fill="black", font=label_font(48))
