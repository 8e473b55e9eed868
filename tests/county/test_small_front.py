"""A server in front of the county that takes no large bodies: everything arrives all the same."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from pathlib import Path

from app.domain.acts import Act
from app.domain.attachments import Attachment, AttachmentKind
from app.domain.ids import new_id
from app.domain.problems import Problem, ProblemCode, Refused
from app.services.ports import CountyLine
from app.wire.parts import HELLO, LOG, Part, PartReader, part
from tests.county.server import RunningCounty
from tests.county.village import Answer, Village

LIMIT = 150_000
PHOTOS = 4


class Front:
    """Answers 413 by itself, as such servers do, once a body has grown too large."""

    def __init__(self, good: CountyLine) -> None:
        self._good = good
        self.refused = 0

    def post(self, path: str, body: bytes, headers: Mapping[str, str]) -> Answer:
        return self._good.post(path, body, headers)

    def stream(self, path: str, parts: Iterable[bytes], headers: Mapping[str, str]) -> Answer:
        body = list(parts)
        if sum(len(one) for one in body) > LIMIT:
            self.refused += 1
            raise Refused(Problem(ProblemCode.COUNTY_REFUSED, "", {"code": "HTTP 413"}))
        return self._good.stream(path, body, headers)


def test_files_arrive_through_a_server_that_takes_little(
    county: RunningCounty, tmp_path: Path
) -> None:
    village = Village(tmp_path / "village", county.address)
    village.enrol(county.code(county.mediator(county.committee())))
    case = village.new_case()
    for _ in range(PHOTOS):
        data = os.urandom(100_000)
        with village.store.unit() as uow:
            uow.records.put(
                Attachment(
                    id=new_id(),
                    case_id=case.id,
                    kind=AttachmentKind.PHOTO,
                    sha256=uow.files.keep(data),
                    size=len(data),
                    media_type="image/jpeg",
                )
            )
            uow.commit(Act.ATTACHMENT_ADDED, case.id)
    front = Front(village.line)
    village.line = front
    result = village.sync()
    with village.store.unit() as uow:
        assert uow.files.waiting_size() == (0, 0)
    assert (result.files_received, village.waiting()) == (PHOTOS, 0)
    # It is remembered: the next time nothing is refused any more.
    assert 0 < front.refused <= 3
    village.close()


def test_parts_of_a_later_version_are_left_out() -> None:
    reader = PartReader()
    later = b"x" + part(HELLO, b"later")[1:]
    assert list(reader.feed(later + part(LOG, b"known"))) == [Part(LOG, b"known")]
