"""Papers bound together: what one run of the typesetter gets, and where each part came to stand.

Pure. Page numbers are never counted here; they are read from the layout, by the templates for the
contents page and from the bookmarks of the PDF for the program, so that the two always agree.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from app.documents.glyphs import prepared, printable
from app.documents.marks import check_lines, page_codes
from app.documents.paper_data import Paper
from app.documents.pictures import drawing, read_picture
from app.documents.wording import Data
from app.domain.completeness import DocumentKind
from app.domain.problems import ProblemCode, refuse
from app.services.paper_values import FilePart, PrintedPart, Scan

CONTENTS = DocumentKind.CONTENTS.value
_TALL, _WIDE = 4, 2  # photos on a page
_PAGES_AT_LEAST, _CHARACTERS_A_PAGE = 3, 500  # a code too many costs half a millisecond


@dataclass(frozen=True, slots=True)
class Leaf:
    """One paper of a run and the pictures behind it; all text in it is printable.

    `title` is as the contents name it; `paged`: its pages are counted there.
    """

    paper: Paper
    title: str
    scans: tuple[Scan, ...] = ()
    photos: tuple[Scan, ...] = ()
    replaced: bool = False
    paged: bool = False

    @property
    def texts(self) -> Data:
        """All that is printed of it, for the check of characters."""
        return {
            **self.paper.data,
            "title": self.title,
            "remark": self.paper.remark,
            "photos": [one.caption for one in self.photos],
            "scans": [one.caption for one in self.scans],
        }


@dataclass(slots=True)
class Run:
    """What one run of the typesetter gets: documents in order, and SVG by name."""

    documents: list[Data] = field(default_factory=list)
    pictures: dict[str, bytes] = field(default_factory=dict)


def leaf_of(paper: Paper, part: FilePart | None = None, *, paged: bool = False) -> Leaf:
    """A paper ready for the typesetter, with what `part` puts behind it."""
    values = prepared(paper.data)
    assert isinstance(values, dict)
    paper = replace(paper, data=values, remark=printable(paper.remark))
    title = f"{paper.title}（{paper.tail}）" if paper.tail else paper.title
    if part is None:
        return Leaf(paper, printable(title), paged=paged)
    return Leaf(
        paper,
        printable(part.title or title),
        scans=tuple(Scan(one.image, str(prepared(one.caption))) for one in part.scans),
        photos=tuple(Scan(one.image, str(prepared(one.caption))) for one in part.photos),
        replaced=part.replaces and bool(part.scans),
        paged=paged,
    )


def bind(leaves: Sequence[Leaf], codes: Sequence[int], *, bookmarks: bool) -> Run:
    """The run of `leaves`, with codes for so many pages of each that bears them.

    Raises `Refused` PICTURE_UNREADABLE.
    """
    run = Run()
    for index, (leaf, count) in enumerate(zip(leaves, codes, strict=True)):
        documents = [] if leaf.replaced else [_text(leaf, leaves, count)]
        documents += _photo_pages(run, leaf)
        if leaf.scans:
            documents.append({"kind": "scan_pages", "scans": _scans(run, leaf)})
        for one in documents:
            one.setdefault("mark", "")
            one.setdefault("number", "")
            one |= {"part": index, "paged": leaf.paged, "opens": None, "closes": False}
        documents[0]["opens"] = leaf.title if bookmarks else None
        documents[-1]["closes"] = bookmarks
        run.documents += documents
    return run


def _text(leaf: Leaf, leaves: Sequence[Leaf], count: int) -> Data:
    paper = leaf.paper
    data: Data = {**paper.data, "kind": paper.template}
    if paper.proof:
        data["proof"] = {
            "codes": page_codes(paper.proof, count),
            "check": check_lines(paper.proof),
        }
    if paper.template == CONTENTS and any(one.paged for one in leaves):
        data["entries"] = [
            {"part": index, "title": one.title, "remark": _remark(one)}
            for index, one in enumerate(leaves)
            if one.paged
        ]
    return data


def _remark(leaf: Leaf) -> str:
    """备注: what the maker says, and what stands behind the text."""
    behind = f"附扫描件{len(leaf.scans)}页" if leaf.scans else ""
    pictures = "扫描件" if leaf.replaced else behind
    photos = f"附照片{len(leaf.photos)}张" if leaf.photos else ""
    return "，".join(part for part in (leaf.paper.remark, photos, pictures) if part)


def _scans(run: Run, leaf: Leaf) -> list[Data]:
    return [
        {
            "image": _add(run, leaf, number, scan, upright=True)[0],
            "caption": scan.caption,
        }
        for number, scan in enumerate(leaf.scans, len(leaf.photos) + 1)
    ]


def _photo_pages(run: Run, leaf: Leaf) -> list[Data]:
    if not leaf.photos:
        return []
    added = [
        _add(run, leaf, number, photo, upright=False) for number, photo in enumerate(leaf.photos, 1)
    ]
    photos = [
        {"image": name, "caption": photo.caption}
        for (name, _), photo in zip(added, leaf.photos, strict=True)
    ]
    wide = sum(is_wide for _, is_wide in added) * 2 > len(added)
    return [{"kind": "photo_pages", "photos": photos, "a_page": _WIDE if wide else _TALL}]


def _add(run: Run, leaf: Leaf, number: int, scan: Scan, *, upright: bool) -> tuple[str, bool]:
    """Puts a picture into the run; its name there, and whether it is wider than high."""
    try:
        picture = read_picture(scan.image)
    except ValueError:
        raise refuse(ProblemCode.PICTURE_UNREADABLE, title=leaf.title, number=number) from None
    name = f"picture-{len(run.pictures)}.svg"
    run.pictures[name] = drawing(scan.image, picture, upright=upright)
    return name, picture.width > picture.height


def first_guess(leaf: Leaf) -> int:
    """For how many pages codes are made before the layout is known."""
    if leaf.paper.proof is None or leaf.replaced:
        return 0
    size = len(json.dumps(leaf.paper.data, ensure_ascii=False))
    return _PAGES_AT_LEAST + size // _CHARACTERS_A_PAGE


def text_pages(leaf: Leaf, pages: int, a_page: int = _TALL) -> int:
    """At most so many of a part's pages are the paper's own."""
    photos = -(-len(leaf.photos) // a_page)
    return 0 if leaf.replaced else pages - len(leaf.scans) - photos


def placed(
    leaves: Sequence[Leaf], parts: Sequence[FilePart], starts: Sequence[int], pages: int
) -> tuple[PrintedPart, ...]:
    """Where each part stands; `starts` are the first pages, from 1."""
    ends = [*(start - 1 for start in starts[1:]), pages]
    places = list(zip(starts, ends, strict=True))
    return tuple(
        PrintedPart(part.kind, part.subject_id, leaf.title, first, last, _digest(leaf, places))
        for leaf, part, (first, last) in zip(leaves, parts, places, strict=True)
    )


def unplaced_digest(leaf: Leaf) -> str:
    """The digest that `placed` will give a part; "" for contents, which depend on the layout."""
    return "" if leaf.paper.template == CONTENTS else _digest(leaf, [])


def _digest(leaf: Leaf, places: list[tuple[int, int]]) -> str:
    """SHA-256 of what the part says and shows; of the contents also where everything stands."""
    proof = leaf.paper.proof
    said = {
        "template": leaf.paper.template,
        "values": None if leaf.replaced else leaf.texts,
        "proof": [proof.content_hash, proof.version] if proof else None,
        "pictures": [hashlib.sha256(one.image).hexdigest() for one in (*leaf.photos, *leaf.scans)],
        "captions": [one.caption for one in (*leaf.photos, *leaf.scans)],
        "places": places if leaf.paper.template == CONTENTS else None,
    }
    text = json.dumps(said, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
