"""Pictures of a PDF's pages for the screen and the printer, by PDFium. Never keeps a document
open."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.services.ports import PageImage

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument

POINTS_PER_INCH = 72


def page_images(pdf: bytes, dpi: int) -> tuple[PageImage, ...]:
    """All pages at `dpi` dots per inch, in order, as 24-bit RGB. Satisfies
    `services.ports.Preview`."""
    return page_range(pdf, dpi, 0, None)


def page_range(pdf: bytes, dpi: int, first: int, count: int | None) -> tuple[PageImage, ...]:
    """`count` pages from page `first` (from 0): a long paper shows its first page before the rest
    is drawn."""
    import pypdfium2

    with pypdfium2.PdfDocument(pdf) as document:
        last = len(document) if count is None else min(len(document), first + count)
        return tuple(_image(document, index, dpi) for index in range(first, last))


def _image(document: PdfDocument, index: int, dpi: int) -> PageImage:
    page = document[index]
    try:
        bitmap = page.render(scale=dpi / POINTS_PER_INCH, rev_byteorder=True, prefer_bgrx=False)
        try:
            return PageImage(bitmap.width, bitmap.height, bitmap.stride, bytes(bitmap.buffer))
        finally:
            bitmap.close()
    finally:
        page.close()
