"""Makes the store of today's schema that later versions must still open: ``python -m
tests.storage.old_databases.make``.

Run once when a schema is released; a file that is there is never made again. The key is no secret:
nobody in the file exists.
"""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from app.domain.acts import Act
from app.domain.parties import Party
from app.storage.cipher import FILE_NAME
from app.storage.migrations import LATEST
from app.storage.store import open_store
from tests.fakes import FakeDevice, FixedClock, signature_fits
from tests.storage.village import agreement, finalised, put, quarrel, receive_all, settle

KEY = bytes(range(100, 148))


def make(folder: Path) -> Path:
    """The file of today's schema in `folder`; raises FileExistsError if it was made before."""
    target = folder / f"schema_{LATEST:04d}.db"
    if target.exists():
        raise FileExistsError(target.name)
    with tempfile.TemporaryDirectory() as place:
        store = open_store(Path(place), KEY, FixedClock(), app_version="0.3.0")
        store.attach(FakeDevice(), signature_fits)
        settle(store)
        head, records = quarrel(facts="瓦片坏了，滴水三年", accepted_on=None)
        parties = [one for one in records if isinstance(one, Party)]
        draft = agreement(head, parties)
        put(store, *records, draft, act=Act.CASE_REGISTERED)
        receive_all(store)
        put(store, finalised(draft), act=Act.AGREEMENT_FINALISED)
        with store.unit() as unit:
            unit.drafts.keep("session:new", '{"place":"村委会"}')
            unit.commit()
        store.close()
        shutil.copyfile(Path(place) / FILE_NAME, target)
    return target


if __name__ == "__main__":
    make(Path(__file__).parent)
