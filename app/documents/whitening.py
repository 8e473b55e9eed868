"""Makes a photographed or scanned page look like paper: even light, white ground, small in bytes.
Colours stay: a fingerprint and a seal must be red afterwards. Never makes black and white of grey.
"""

from __future__ import annotations

from dataclasses import dataclass

from PIL import Image, ImageChops, ImageFilter

from app.documents.opening import jpeg

PAGE_BYTES = 300_000
_QUALITIES = (78, 64, 50, 36)
_SMALLER = 0.85  # of each side, where a very grainy page is too large even so
_CELL = 16  # pixels; lines and fingerprints are taken out of the ground over 13 cells
_GROUND = 244  # brightness of paper after the light was evened
_WHITE = 234  # and from here on it is white
_BLACK = 12
_COLOURED = 48  # levels between the strongest and the weakest channel
_COLOURED_PART = 0.0002  # of the page: a fingerprint is ten times that


def whitened(image: Image.Image) -> Image.Image:
    """The page in even light on white ground; L where nothing on it has a colour, else RGB."""
    even = _levels(_evened(image))
    return even.convert("L") if even.mode == "RGB" and not _has_colour(even) else even


@dataclass(frozen=True, slots=True)
class PageJpeg:
    """A page as JPEG, and its size in pixels."""

    image: bytes
    width: int
    height: int


def page_jpeg(page: Image.Image) -> PageJpeg:
    """The page in at most 300 kB: coarser first, then smaller."""
    while True:
        for quality in _QUALITIES:
            data = jpeg(page, quality)
            if len(data) <= PAGE_BYTES:
                return PageJpeg(data, page.width, page.height)
        page = page.resize((int(page.width * _SMALLER), int(page.height * _SMALLER)))


def brightest(image: Image.Image) -> Image.Image:
    """The strongest channel of each pixel. Red ink is bright in it: it is ink, not a shadow."""
    if image.mode == "L":
        return image
    red, green, blue = image.split()
    return ImageChops.lighter(ImageChops.lighter(red, green), blue)


def _evened(image: Image.Image) -> Image.Image:
    """Each place brightened as its ground needs, fourfold at most."""
    size = max(1, image.width // _CELL), max(1, image.height // _CELL)
    ground = brightest(image.resize(size, Image.Resampling.BOX))
    for _ in range(3):
        ground = ground.filter(ImageFilter.MaxFilter(5))
    ground = ground.filter(ImageFilter.GaussianBlur(3))
    for _ in range(2):  # a picture and itself once more: at most twice as bright in one go
        need = ground.point([_doubling(level) for level in range(256)])
        if need.getextrema()[1] == 0:
            break
        more = need.resize(image.size, Image.Resampling.BILINEAR)
        bands = more if image.mode == "L" else Image.merge("RGB", (more, more, more))
        image = ImageChops.add(image, ImageChops.multiply(image, bands))
        ground = ImageChops.add(ground, ImageChops.multiply(ground, need))
    return image


def _doubling(level: int) -> int:
    """How much of itself, in 255ths, a place with ground `level` needs to be paper."""
    return round(255 * min(1.0, max(0.0, _GROUND / max(level, 1) - 1)))


def _levels(image: Image.Image) -> Image.Image:
    """Paper of a yellow lamp becomes white, and its grain with it."""
    small = image.resize((max(1, image.width // _CELL), max(1, image.height // _CELL)))
    table: list[int] = []
    for band in small.split():
        paper = max(_median(band), 128)
        white = min(_WHITE, _WHITE * paper / _GROUND)
        stretch = 255 / (white - _BLACK)
        table += [min(255, max(0, round((level - _BLACK) * stretch))) for level in range(256)]
    return image.point(table)


def _median(band: Image.Image) -> int:
    half, seen = band.width * band.height / 2, 0
    for level, count in enumerate(band.histogram()):
        seen += count
        if seen >= half:
            return level
    return 255


def _has_colour(image: Image.Image) -> bool:
    small = image.reduce(8)
    red, green, blue = small.split()
    weakest = ImageChops.darker(ImageChops.darker(red, green), blue)
    strength = ImageChops.difference(brightest(small), weakest).histogram()
    return sum(strength[_COLOURED:]) > _COLOURED_PART * small.width * small.height
