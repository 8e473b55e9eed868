"""Pictures on paper: what the typesetter needs to know of a JPEG or PNG, and how it gets it.

The typesetter takes text only from memory, and a picture must never lie on a disk in plain text; so
each travels inside an SVG. Its bytes are taken over as they are, never compressed again.
"""

from __future__ import annotations

import struct
from base64 import b64encode
from dataclasses import dataclass

_PNG = b"\x89PNG\r\n\x1a\n"
_SIZES = frozenset({*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC})  # JPEG: frame headers
_BARE = frozenset({0x01, *range(0xD0, 0xD9)})  # JPEG: markers without a length


@dataclass(frozen=True, slots=True)
class Picture:
    """Media type, and width and height in pixels as stored."""

    media_type: str
    width: int
    height: int


def read_picture(image: bytes) -> Picture:
    """Kind and size out of the first bytes. Raises ValueError for anything else."""
    try:
        if image.startswith(_PNG):
            picture = Picture("image/png", *struct.unpack(">II", image[16:24]))
        else:
            picture = _jpeg(image)
    except (struct.error, IndexError):
        raise ValueError("cut picture") from None
    if not picture.width or not picture.height:
        raise ValueError("empty picture")
    return picture


def _jpeg(image: bytes) -> Picture:
    if not image.startswith(b"\xff\xd8"):
        raise ValueError("neither JPEG nor PNG")
    at = 2
    while True:
        if image[at] != 0xFF:
            raise ValueError("broken JPEG")
        marker = image[at + 1]
        if marker in _SIZES:
            height, width = struct.unpack(">HH", image[at + 5 : at + 9])
            return Picture("image/jpeg", width, height)
        if marker == 0xFF:  # a fill byte
            at += 1
        elif marker in _BARE:
            at += 2
        else:
            at += 2 + int(struct.unpack(">H", image[at + 2 : at + 4])[0])


def drawing(image: bytes, picture: Picture, *, upright: bool = False) -> bytes:
    """An SVG that holds the picture; `upright` turns a wide one, its head to the binding side."""
    width, height = picture.width, picture.height
    turned = upright and width > height
    size = (height, width) if turned else (width, height)
    turn = f' transform="translate(0 {width}) rotate(-90)"' if turned else ""
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{size[0]}" height="{size[1]}">'
        f'<image width="{width}" height="{height}"{turn} href="data:{picture.media_type};base64,'
    )
    return head.encode() + b64encode(image) + b'"/></svg>'
