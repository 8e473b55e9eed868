"""Scanned pages: codes read, straight, white, red where red was; and hostile files refused."""

from __future__ import annotations

import io
import os
import struct
import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import ExifTags, Image

from app.documents.scanning import PageReader
from app.documents.whitening import PAGE_BYTES
from app.domain.problems import ProblemCode, Refused
from app.wire.paper_mark import decode
from tests.unit.documents.scanned_pages import (
    Way,
    agreement_pages,
    agreement_pdf,
    any_way,
    as_jpeg,
    finger_places,
    mark_of,
    scanned,
)

READER = PageReader()
REFUSALS = {
    ProblemCode.SCAN_UNREADABLE,
    ProblemCode.PICTURE_TOO_LARGE,
    ProblemCode.ATTACHMENT_KIND_UNKNOWN,
    ProblemCode.TOO_MANY,
}


def opened(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data))


def refusal(data: bytes) -> ProblemCode:
    with pytest.raises(Refused) as refused:
        READER.read(data)
    return refused.value.first.code


def filed(kind: str, image: Image.Image, **more: object) -> bytes:
    out = io.BytesIO()
    image.save(out, kind, **more)
    return out.getvalue()


@pytest.mark.parametrize("seed", (0, 3, 5, 6))
def test_the_code_is_read_and_the_page_set_straight(seed: int) -> None:
    way = any_way(seed)
    page = READER.read(scanned(agreement_pages()[seed % 2], way))
    assert [decode(one) for one in page.marks] == [mark_of(seed % 2 + 1)]
    assert abs((page.angle + way.angle + 180) % 360 - 180) < 0.2
    assert page.height > page.width
    assert len(page.image) <= PAGE_BYTES
    assert opened(page.image).size == (page.width, page.height)


@pytest.mark.parametrize("angle", [-14.0, -3.7, 0.0, 0.4, 9.1, 14.5])
def test_lines_alone_tell_the_angle_where_there_is_no_code(angle: float) -> None:
    plain = agreement_pages()[0].copy()
    plain.paste("white", (0, 2050, 1654, 2339))
    page = READER.read(scanned(plain, Way(angle=angle, fingers=0)))
    assert page.marks == ()
    assert abs(page.angle + angle) < 0.2


def test_an_empty_page_is_not_turned() -> None:
    page = READER.read(scanned(Image.new("RGB", (1654, 2339), "white"), Way(fingers=0)))
    assert page.angle == 0
    assert opened(page.image).mode == "L"


def test_fingerprints_stay_red_in_shadow() -> None:
    way = Way(shadow=0.5, grain=6, fingers=3, seed=5)
    page = READER.read(scanned(agreement_pages()[1], way))
    image = opened(page.image).convert("RGB")
    for left, top in finger_places(agreement_pages()[1], way):
        box = image.crop((left - 40, top - 40, left + 40, top + 40)).resize((1, 1))
        red, green, blue = box.getpixel((0, 0))  # type: ignore[misc]  # RGB gives three
        assert red > green + 40
        assert red > blue + 40


def test_shadow_and_yellow_light_become_white_paper() -> None:
    sheet = agreement_pages()[0]
    yellow = Image.merge(
        "RGB",
        [band.point([level * part // 255 for level in range(256)])
         for band, part in zip(sheet.split(), (235, 215, 165), strict=True)],
    )  # fmt: skip
    page = READER.read(scanned(yellow, Way(shadow=0.6, fingers=0)))
    image = opened(page.image)
    assert image.mode == "L"
    corners = [(60, 60), (page.width - 60, 60), (page.width - 60, page.height - 60)]
    assert all(image.getpixel(one) >= 250 for one in corners)  # type: ignore[operator]  # L


def test_the_table_around_a_page_is_cut_off() -> None:
    page = READER.read(scanned(agreement_pages()[0], Way(table=True, angle=4, shadow=0.8)))
    assert abs(page.width / page.height - 210 / 297) < 0.02


def test_a_shadow_over_half_a_page_is_not_taken_for_a_table() -> None:
    page = READER.read(scanned(agreement_pages()[0], Way(shadow=0.3, fingers=0)))
    assert abs(page.width / page.height - 210 / 297) < 0.02


def test_a_telephone_that_was_held_sideways() -> None:
    sheet = agreement_pages()[0].rotate(90, expand=True)
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = 6
    page = READER.read(filed("JPEG", sheet, exif=exif))
    assert [decode(one) for one in page.marks] == [mark_of(1)]
    assert page.height > page.width


def test_pages_of_a_scanner_program() -> None:
    pages = READER.pages(agreement_pdf())
    assert len(pages) == 2
    found = [READER.read(one).marks for one in pages]
    assert [decode(one[0]) for one in found] == [mark_of(1), mark_of(2)]


def test_pages_of_a_fax() -> None:
    first, second = (one.convert("1") for one in agreement_pages())
    fax = filed("TIFF", first, save_all=True, append_images=[second], compression="group4")
    found = [READER.read(one).marks for one in READER.pages(fax)]
    assert [decode(one[0]) for one in found] == [mark_of(1), mark_of(2)]


def test_a_photo_forgets_where_it_was_taken_and_tells_when() -> None:
    exif = Image.Exif()
    exif[ExifTags.Base.Make] = "Telephone"
    exif.get_ifd(ExifTags.IFD.Exif)[ExifTags.Base.DateTimeOriginal] = "2026:03:04 10:11:12"
    exif.get_ifd(ExifTags.IFD.GPSInfo)[ExifTags.GPS.GPSLatitude] = (25.0, 16.0, 1.0)
    taken = filed("JPEG", Image.new("RGB", (4000, 3000), "green"), exif=exif)
    photo = READER.photo(taken)
    assert str(photo.taken_on) == "2026-03-04"
    assert (photo.width, photo.height) == (2480, 1860)
    assert len(opened(taken).getexif())
    assert not opened(photo.image).getexif()
    assert b"Telephone" not in photo.image
    assert max(opened(READER.photo_for_paper(taken)).size) == 1280


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "CMYK", "I;16"])
def test_every_way_to_store_colours(mode: str) -> None:
    sheet = agreement_pages()[0].convert("L").convert("RGB")
    if mode == "I;16":
        levels = sheet.convert("I").point(lambda level: level * 257)
        data = filed("PNG", levels.convert("I;16"))
    else:
        data = filed("TIFF" if mode == "CMYK" else "PNG", sheet.convert(mode))
    assert [decode(one) for one in READER.read(data).marks] == [mark_of(1)]


# --- hostile files ---


def png_of(width: int, height: int, colour: int = 2, data: bytes = b"") -> bytes:
    """A PNG that claims to be so large."""

    def chunk(name: bytes, body: bytes) -> bytes:
        return (
            struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
        )

    head = struct.pack(">IIBBBBB", width, height, 8, colour, 0, 0, 0)
    body = chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(data)) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + body


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", ProblemCode.ATTACHMENT_KIND_UNKNOWN),
        (b"<svg onload='x'/>", ProblemCode.ATTACHMENT_KIND_UNKNOWN),
        (b"GIF89a" + bytes(99), ProblemCode.ATTACHMENT_KIND_UNKNOWN),
        (b"\xff\xd8\xff", ProblemCode.SCAN_UNREADABLE),
        (b"\x89PNG\r\n\x1a\n", ProblemCode.SCAN_UNREADABLE),
        (b"II*\x00" + bytes(40), ProblemCode.SCAN_UNREADABLE),
        (png_of(0, 0), ProblemCode.SCAN_UNREADABLE),
        (png_of(8, 8, data=bytes(25 * 8)), ProblemCode.SCAN_UNREADABLE),
        (png_of(60_000, 60_000), ProblemCode.PICTURE_TOO_LARGE),
        (png_of(7000, 7000), ProblemCode.PICTURE_TOO_LARGE),
        (png_of(2_000_000_000, 2_000_000_000), ProblemCode.PICTURE_TOO_LARGE),
        (png_of(40_000_000, 1, 0, bytes(40_000_001)), ProblemCode.SCAN_UNREADABLE),
    ],
)
def test_hostile_pictures_are_refused(data: bytes, code: ProblemCode) -> None:
    assert refusal(data) is code


@pytest.mark.parametrize("data", [b"%PDF-1.7\n", b"%PDF-1.4\n1 0 obj<<>>endobj trailer<<>>"])
def test_broken_pdfs_are_refused(data: bytes) -> None:
    with pytest.raises(Refused) as refused:
        READER.pages(data)
    assert refused.value.first.code is ProblemCode.SCAN_UNREADABLE


@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_cut_changed_and_random_files_are_read_or_refused(data: st.DataObject) -> None:
    small = agreement_pages()[0].resize((330, 468))
    kinds = {"JPEG": as_jpeg(small), "PNG": filed("PNG", small), "TIFF": filed("TIFF", small)}
    whole = data.draw(st.sampled_from([kinds["JPEG"], kinds["PNG"], kinds["TIFF"]]))
    cut = bytearray(whole[: data.draw(st.integers(4, len(whole)))])
    for _ in range(data.draw(st.integers(0, 4))):
        at = data.draw(st.integers(0, min(len(cut), 600) - 1))
        cut[at] = data.draw(st.integers(0, 255))
    tail = bytes(cut) + os.urandom(data.draw(st.integers(0, 30)))
    try:
        READER.read(tail)
    except Refused as refused:
        assert refused.first.code in REFUSALS
