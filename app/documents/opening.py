"""Opens pictures from scanners, telephones and strangers: by their first bytes, within limits of
pixels and memory, the right way up. Never follows what a file says about itself further than that.
"""

from __future__ import annotations

import io
import warnings
from collections.abc import Callable
from datetime import date, datetime
from typing import TYPE_CHECKING, TypeVar

from PIL import ExifTags, Image, ImageOps

from app.domain.attachments import media_type_of
from app.domain.problems import ProblemCode, Refused, refuse

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument

T = TypeVar("T")

LONGEST = 2480  # pixels: A4 at 210 dpi
SHORTEST = 32
PAGES_LIMIT = 60
_FORMATS = {"image/jpeg": "JPEG", "image/png": "PNG", "image/tiff": "TIFF"}
_MILLION = 1_000_000
_PIXELS_LIMIT = 50  # millions
# Wide pixels cannot be read at half size, and a progressive JPEG is held whole while it is read.
_WIDE_LIMIT = 25
_PROGRESSIVE_LIMIT = 16
_NARROW = ("1", "L", "P")
_PAGE_QUALITY = 92


def open_picture(data: bytes, longest: int = LONGEST) -> Image.Image:
    """The picture in RGB or L, turned as its EXIF says, its longer side at most `longest` pixels.

    Raises `Refused` as `services.ports.ScanReader` says.
    """
    return _guarded(lambda: _opened(data, longest))


def longest_side(data: bytes) -> int:
    """Pixels of the longer side, as the file came."""
    return max(_guarded(lambda: _bare(data).size))


def taken_on(data: bytes) -> date | None:
    """The local date that the camera wrote into the picture."""
    return _guarded(lambda: _taken_on(data))


def picture_pages(data: bytes) -> tuple[bytes, ...]:
    """Each page of a PDF or TIFF as a JPEG of its own; another picture as it is."""
    kind = media_type_of(data)
    if kind == "application/pdf":
        return _guarded(lambda: _pdf_pages(data))
    if kind == "image/tiff":
        return _guarded(lambda: _tiff_pages(data))
    if kind not in _FORMATS:
        raise refuse(ProblemCode.ATTACHMENT_KIND_UNKNOWN)
    return (data,)


def jpeg(image: Image.Image, quality: int) -> bytes:
    """The picture as JPEG, without anything but its pixels."""
    out = io.BytesIO()
    image.save(out, "JPEG", quality=quality)
    return out.getvalue()


def _guarded(work: Callable[[], T]) -> T:
    """What broken files make their readers raise is anything at all, and means one thing."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about the file; our own limits are stricter
            return work()
    except Refused:
        raise
    except Image.DecompressionBombError:
        raise refuse(ProblemCode.PICTURE_TOO_LARGE, "", limit=_PIXELS_LIMIT) from None
    except Exception:
        raise refuse(ProblemCode.SCAN_UNREADABLE) from None


def _bare(data: bytes) -> Image.Image:
    """The picture with its head read and its pixels not yet."""
    kind = media_type_of(data)
    if kind not in _FORMATS:
        raise refuse(ProblemCode.ATTACHMENT_KIND_UNKNOWN)
    image = Image.open(io.BytesIO(data), formats=[_FORMATS[kind]])
    _check_size(image)
    return image


def _check_size(image: Image.Image) -> None:
    limit = _PIXELS_LIMIT
    if image.format == "JPEG":
        limit = _PROGRESSIVE_LIMIT if image.info.get("progressive") else limit
    elif image.mode not in _NARROW:
        limit = _WIDE_LIMIT
    if image.width * image.height > limit * _MILLION:
        raise refuse(ProblemCode.PICTURE_TOO_LARGE, "", limit=limit)


def _opened(data: bytes, longest: int) -> Image.Image:
    with _bare(data) as image:
        part = longest / max(image.size)
        if part < 1:  # a JPEG can be read at half or a quarter of its size
            image.draft(None, (int(image.width * part) + 1, int(image.height * part) + 1))
        image.load()
        return _plain(image, longest)


def _plain(image: Image.Image, longest: int) -> Image.Image:
    if image.mode == "P":
        image = image.convert("RGBA" if "transparency" in image.info else "RGB")
    elif image.mode == "1":
        image = image.convert("L")
    elif image.mode.startswith("I"):  # 16 bits of grey
        image = image.convert("I").point(lambda level: level * (1 / 256)).convert("L")
    if max(image.size) > longest:
        image.thumbnail((longest, longest), Image.Resampling.HAMMING, reducing_gap=2)
    if image.mode in ("LA", "RGBA", "PA", "La", "RGBa"):
        sheet = Image.new("RGBA", image.size, "white")
        sheet.alpha_composite(image.convert("RGBA"))
        image = sheet
    image = ImageOps.exif_transpose(image)
    if min(image.size) < SHORTEST:
        raise refuse(ProblemCode.SCAN_UNREADABLE)
    return image if image.mode in ("L", "RGB") else image.convert("RGB")


def _taken_on(data: bytes) -> date | None:
    with _bare(data) as image:
        exif = image.getexif()
        texts = (
            exif.get_ifd(ExifTags.IFD.Exif).get(ExifTags.Base.DateTimeOriginal),
            exif.get(ExifTags.Base.DateTime),
        )
    for text in texts:
        try:
            # A camera writes local time without a zone; only its date is asked for.
            return datetime.strptime(str(text)[:10], "%Y:%m:%d").date()  # noqa: DTZ007
        except ValueError:
            continue
    return None


def _tiff_pages(data: bytes) -> tuple[bytes, ...]:
    pages = []
    with _bare(data) as image:
        count = getattr(image, "n_frames", 1)
        _check_count(count)
        if count == 1:
            return (data,)
        for number in range(count):
            image.seek(number)
            _check_size(image)
            frame = image.copy()
            frame.info.pop("transparency", None)
            pages.append(jpeg(_plain(frame, LONGEST), _PAGE_QUALITY))
    return tuple(pages)


def _pdf_pages(data: bytes) -> tuple[bytes, ...]:
    import pypdfium2

    with pypdfium2.PdfDocument(data) as document:
        _check_count(len(document))
        return tuple(_pdf_page(document, number) for number in range(len(document)))


def _pdf_page(document: PdfDocument, number: int) -> bytes:
    page = document[number]
    try:
        bitmap = page.render(scale=LONGEST / max(page.get_size()), rev_byteorder=True)
        try:
            return jpeg(bitmap.to_pil().convert("RGB"), _PAGE_QUALITY)
        finally:
            bitmap.close()
    finally:
        page.close()


def _check_count(count: int) -> None:
    if count > PAGES_LIMIT:
        raise refuse(ProblemCode.TOO_MANY, "", limit=PAGES_LIMIT)
