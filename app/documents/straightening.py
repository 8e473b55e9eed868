"""Which way a scanned page must be turned to stand straight, and where the paper ends and the table
begins. Never cuts away what may be paper.
"""

from __future__ import annotations

from itertools import pairwise

from PIL import Image, ImageChops, ImageFilter

_LEVEL = 0.05  # degrees that nobody sees
REACH = 15  # degrees to either side
_COARSE = 320  # pixels of the longer side
_FINE = 1000
_CLEAR = 1.25  # the best angle must stand out by this much, else there are no lines to go by
_INK = 28  # darker than the paper around it by so many levels
_BORDER = 300  # pixels of the longer side when the paper is looked for
_TABLE = 0.45  # of the paper's brightness: darker is not paper
_PAPER_ROW = 0.5  # part of a row that must be paper
_LARGEST_CUT = 0.3  # of a side
_STEP = 1.6  # paper is so much brighter than a table; a shadow grows slower
_COVERED = 20  # of 255: below it a line tells nothing


def text_angle(grey: Image.Image, around: float | None = None) -> float:
    """By how many degrees counter-clockwise the page must be turned so that its lines lie level, to
    a twentieth of a degree; 0 where it has no lines.

    `around` is what is known already, from a code on the page for instance.
    """
    ink = _ink(grey, _FINE)
    if around is None:
        around = _coarse(_ink(grey, _COARSE))
        if around is None:
            return 0.0
        steps: tuple[tuple[float, int], ...] = ((0.25, 4), (0.05, 4))
    else:
        steps = ((0.4, 5), (0.1, 4), (0.05, 1))
    for step, count in steps:
        tries = [around + step * one for one in range(-count, count + 1)]
        around = max(tries, key=lambda angle: _levelness(ink, angle))
    return around


def _coarse(ink: Image.Image) -> float | None:
    scores = {float(angle): _levelness(ink, angle) for angle in range(-REACH, REACH + 1)}
    best = max(scores, key=lambda angle: scores[angle])
    middle = sorted(scores.values())[len(scores) // 2]
    return best if scores[best] > _CLEAR * middle else None


def _levelness(ink: Image.Image, angle: float) -> float:
    """How sharply rows with ink and rows without change when the picture is turned by `angle`."""
    turned = ink.rotate(angle, Image.Resampling.NEAREST)
    rows = turned.resize((1, turned.height), Image.Resampling.BOX).tobytes()
    return sum((one - other) ** 2 for one, other in pairwise(rows))


def _ink(grey: Image.Image, longest: int) -> Image.Image:
    """What is darker than its surroundings, white on black."""
    small = grey.copy()
    small.thumbnail((longest, longest), Image.Resampling.BOX)
    cells = small.resize(
        (max(1, small.width // 8), max(1, small.height // 8)), Image.Resampling.BOX
    )
    paper = cells.filter(ImageFilter.MaxFilter(5)).filter(ImageFilter.BoxBlur(2))
    darker = ImageChops.subtract(paper.resize(small.size, Image.Resampling.BILINEAR), small)
    return darker.point([255 if level > _INK else 0 for level in range(256)])


def turned(page: Image.Image, angle: float) -> Image.Image:
    """The whole page turned counter-clockwise by `angle` degrees, on a larger white sheet."""
    if abs(angle) < _LEVEL:
        return page
    white = "white" if page.mode == "RGB" else 255
    return page.rotate(angle, Image.Resampling.BILINEAR, expand=True, fillcolor=white)


def paper_box(grey: Image.Image, angle: float) -> tuple[int, int, int, int]:
    """Left, top, right, bottom of the paper, in pixels of the picture as `turned` gives it; all of
    it where no dark border is around the paper.
    """
    small = grey.copy()
    small.thumbnail((_BORDER, _BORDER), Image.Resampling.BOX)
    dark = _TABLE * _level(small, 0.8)
    paper = small.point([255 if level > dark else 0 for level in range(256)])
    layers = [paper, small, Image.new("L", small.size, 255)]
    whole = grey.size
    if abs(angle) >= _LEVEL:
        layers = [one.rotate(angle, expand=True, fillcolor=0) for one in layers]
        whole = Image.new("1", whole).rotate(angle, expand=True).size
    width, height = layers[0].size
    left, right = _span(*(one.resize((width, 1), Image.Resampling.BOX) for one in layers))
    top, bottom = _span(*(one.resize((1, height), Image.Resampling.BOX) for one in layers))
    across, down = whole[0] / width, whole[1] / height
    return round(left * across), round(top * down), round(right * across), round(bottom * down)


def _span(paper: Image.Image, light: Image.Image, inside: Image.Image) -> tuple[int, int]:
    """First line that is paper, and the one after the last: how much of each line is paper, how
    bright it is, and how much of it the picture covers at all.
    """
    lines = [
        (one / whole, level / whole) if whole > _COVERED else None
        for one, level, whole in zip(
            paper.tobytes(), light.tobytes(), inside.tobytes(), strict=True
        )
    ]
    return _border(lines), len(lines) - _border(lines[::-1])


def _border(lines: list[tuple[float, float] | None]) -> int:
    """How many lines from the beginning are table; 0 where it gets dark only little by little."""
    known = [number for number, line in enumerate(lines) if line]
    first = next((one for one in known if (lines[one] or (0, 0))[0] >= _PAPER_ROW), None)
    if first is None or first == known[0] or first > len(lines) * _LARGEST_CUT:
        return 0
    before = [line[1] for line in lines[max(0, first - 6) : max(1, first - 2)] if line]
    after = [line[1] for line in lines[first + 2 : first + 6] if line]
    if not before or not after:
        return first
    step = (sum(after) / len(after)) / max(sum(before) / len(before), 0.01)
    return first if step > _STEP else 0


def _level(grey: Image.Image, part: float) -> int:
    """The brightness below which `part` of the pixels lie."""
    wanted, seen = part * grey.width * grey.height, 0
    for level, count in enumerate(grey.histogram()):
        seen += count
        if seen >= wanted:
            return level
    return 255
