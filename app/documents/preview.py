"""Pictures of a PDF's pages for the screen and the printer, by PDFium. Never keeps a document
open."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.services.paper_values import PageImage

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument

POINTS_PER_INCH = 72


def page_images(
    pdf: bytes, dpi: int, first: int = 0, count: int | None = None
) -> tuple[PageImage, ...]:
    """`count` pages from page `first` (from 0) at `dpi` dots per inch, in order, as 24-bit RGB; all
    of them without a count. Satisfies `services.ports.Preview`."""
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
