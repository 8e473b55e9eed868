"""Scans as they come from villages, made from real pages: turned, shadowed, grainy, with red
fingerprints, on a table or on the glass. For tests and measurements only.
"""

from __future__ import annotations

import io
import random
from dataclasses import dataclass, replace
from functools import cache

import pypdfium2
from PIL import Image, ImageChops, ImageDraw, ImageFilter

from app.documents.printshop import PdfPrintshop
from app.domain.casefile import CaseFile
from app.wire.paper_mark import PaperMark
from app.wire.sealing import content_hash
from tests.unit.documents import worked_case

DPI = 200
TABLE = (72, 56, 44)
RED = (198, 38, 46)


@cache
def frozen_case() -> CaseFile:
    """The worked case with its written agreement frozen once."""
    file = worked_case.full_case()
    agreement = replace(file.agreements[0], version=1)
    agreement = replace(agreement, content_hash=content_hash(file, agreement))
    return replace(file, agreements=(agreement, *file.agreements[1:]))


def mark_of(page: int) -> PaperMark:
    agreement = frozen_case().agreements[0]
    return PaperMark(
        record_id=agreement.id,
        version=1,
        content_hash=agreement.content_hash,
        page=page,
        number=agreement.number,
    )


@cache
def agreement_pages() -> tuple[Image.Image, ...]:
    """The frozen agreement as clean pages at 200 dpi."""
    shop = PdfPrintshop(worked_case.RESOURCES, worked_case.practice())
    agreement = frozen_case().agreements[0]
    made = shop.make(frozen_case(), "written_agreement", agreement.id, worked_case.TODAY)
    return pictures(made.pdf)


def agreement_pdf() -> bytes:
    shop = PdfPrintshop(worked_case.RESOURCES, worked_case.practice())
    agreement = frozen_case().agreements[0]
    return shop.make(frozen_case(), "written_agreement", agreement.id, worked_case.TODAY).pdf


def pictures(pdf: bytes) -> tuple[Image.Image, ...]:
    with pypdfium2.PdfDocument(pdf) as document:
        return tuple(page.render(scale=DPI / 72).to_pil().convert("RGB") for page in document)


@dataclass(frozen=True, slots=True)
class Way:
    """How a page was scanned: `angle` degrees counter-clockwise, brightness at the darkest end of a
    `shadow` (1 is none) that falls from `side` (quarters), `grain` in levels, `blur` in pixels.
    """

    angle: float = 0.0
    shadow: float = 1.0
    side: int = 0
    grain: float = 4.0
    blur: float = 0.4
    table: bool = False
    quality: int = 80
    scale: float = 1.0
    fingers: int = 2
    seed: int = 0


def any_way(seed: int) -> Way:
    """One of countless ways, always the same for a seed."""
    chance = random.Random(seed)
    quarter = chance.choice((0, 0, 0, 90, 180, 270))
    return Way(
        angle=quarter + chance.uniform(-7, 7),
        shadow=chance.uniform(0.45, 1),
        side=chance.randrange(4),
        grain=chance.uniform(1, 10),
        blur=chance.uniform(0, 0.8),
        table=chance.random() < 0.5,
        quality=chance.randint(60, 92),
        scale=chance.uniform(0.9, 1.5),
        fingers=chance.randrange(5),
        seed=seed,
    )


def scanned(page: Image.Image, way: Way) -> bytes:
    """The page as a JPEG from a scanner or a telephone."""
    image = page.resize((round(page.width * way.scale), round(page.height * way.scale)))
    _press_fingers(image, way)
    if way.table:
        edge = image.width // 14
        sheet = Image.new("RGB", (image.width + 2 * edge, image.height + 2 * edge), TABLE)
        sheet.paste(image, (edge, edge))
        image = sheet
    around = TABLE if way.table else (255, 255, 255)
    image = image.rotate(way.angle, Image.Resampling.BICUBIC, expand=True, fillcolor=around)
    image = _shadowed(image, way).filter(ImageFilter.GaussianBlur(way.blur))
    return as_jpeg(_grained(image, way), way.quality)


def as_jpeg(image: Image.Image, quality: int = 85) -> bytes:
    out = io.BytesIO()
    image.save(out, "JPEG", quality=quality)
    return out.getvalue()


def finger_places(page: Image.Image, way: Way) -> list[tuple[int, int]]:
    """Where fingers are pressed, away from the code at the foot."""
    chance = random.Random(way.seed + 1)
    width, height = page.size
    return [
        (chance.randint(width // 4, width * 3 // 4), chance.randint(height // 3, height * 4 // 5))
        for _ in range(way.fingers)
    ]


def _press_fingers(image: Image.Image, way: Way) -> None:
    pen = ImageDraw.Draw(image, "RGBA")
    radius = image.width // 24
    for left, top in finger_places(image, way):
        for ring in range(radius, 0, -6):
            box = (left - ring, top - ring, left + ring, top + ring)
            pen.ellipse(box, outline=(*RED, 190), width=4)


def _shadowed(image: Image.Image, way: Way) -> Image.Image:
    if way.shadow >= 1:
        return image
    dark = round(255 * way.shadow)
    light = Image.linear_gradient("L").rotate(90 * way.side).resize(image.size)
    light = light.point([dark + level * (255 - dark) // 255 for level in range(256)])
    return ImageChops.multiply(image, Image.merge("RGB", (light, light, light)))


def _grained(image: Image.Image, way: Way) -> Image.Image:
    if not way.grain:
        return image
    grain = Image.effect_noise(image.size, way.grain)
    return ImageChops.add(image, Image.merge("RGB", (grain, grain, grain)), 1, -128)
