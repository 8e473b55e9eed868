"""Pieces of files for a device that may see them. What does not exist and what may not be seen look
the same: nothing comes.
"""

from __future__ import annotations

from app.county.database import reading
from app.county.exchange import County, Envelope, parsed
from app.county.tables import Device
from app.wire.exchange2 import FILES_PATH, REQUEST2_PURPOSE, FilesRequest
from app.wire.parts import END, FILE_PIECE_LIMIT, FilePiece, pack_file, part


def answer_files(county: County, envelope: Envelope) -> bytes:
    """The body of the answer: file parts within the room that the device has, then the end. At
    least one piece comes where there is one. Raises `Troubled`.
    """
    county.check_known(envelope, REQUEST2_PURPOSE, FILES_PATH)
    request = parsed(FilesRequest, envelope.body)
    parts: list[bytes] = []
    left = request.room
    with reading(county.engine) as session:
        device = session.get_one(Device, envelope.device)
        for asked in request.files:
            at = asked.offset
            while left > 0:
                limit = min(FILE_PIECE_LIMIT, left)
                found = county.files.read(session, device, asked.sha256, at, limit)
                if found is None or not found[1]:
                    break
                size, data = found
                parts.append(pack_file(FilePiece(asked.sha256, at, size, data)))
                at, left = at + len(data), left - len(data)
    return b"".join([*parts, part(END)])
