"""Complaints about what was typed and gone: drafts in the wrong form, fifteen entries lost in one
crash, work that vanished with a cache.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from app import paths
from app.domain.ids import new_id
from app.domain.investigations import Exchange
from app.storage.store import open_store
from app.ui.cases.exchanges_field import ExchangesField
from app.ui.widgets.fields import LineField
from app.ui.widgets.forms import DraftKeeper, Form
from tests.county.village import KEY, Village
from tests.fakes import FakeDevice, FixedClock, practice, signature_fits
from tests.journeys.complaints.contacts import reopen
from tests.ui.desks import Heard, make_desk, type_text

pytestmark = pytest.mark.usefixtures("chinese")
Opened = Callable[[str], tuple[Form, DraftKeeper]]


@pytest.fixture
def opened(village: Village, qtbot: QtBot) -> Opened:
    """Opens the form of a record over the real store."""

    def make(key: str) -> tuple[Form, DraftKeeper]:
        form = Form()
        qtbot.addWidget(form)
        form.add("place", LineField("地点"))
        form.add("exchanges", ExchangesField("问答"))
        form.show()
        keeper = DraftKeeper(make_desk(village.store.unit, practice(), Heard()), form, key)
        keeper.start()
        return form, keeper

    return make


def said(form: Form) -> str:
    return " ".join(one.text() for one in form.findChildren(QLabel) if not one.isHidden())


def test_what_i_typed_into_one_form_came_back_in_another(village: Village, opened: Opened) -> None:
    first, second = f"session:{new_id()}", f"session:{new_id()}"
    for key, place in ((first, "村委会"), (second, "祠堂")):
        form, keeper = opened(key)
        type_text(form.fields["place"].focusProxy(), place)
        keeper.flush()
    reopen(village)  # the program died, and nothing was saved
    for key, place in ((second, "祠堂"), (first, "村委会")):
        form, keeper = opened(key)
        assert form.values()["place"] == ""  # nothing comes back without a word
        assert "写到一半，还没有保存" in said(form)
        keeper._banner.pressed.emit()  # type: ignore[union-attr]  # it is there: it was read above
        assert form.values()["place"] == place
    form, keeper = opened(f"session:{new_id()}")
    assert "写到一半" not in said(form)


def test_recovery_does_not_say_from_when(village: Village, opened: Opened) -> None:
    key = f"session:{new_id()}"
    form, keeper = opened(key)
    type_text(form.fields["place"].focusProxy(), "村委会")
    keeper.flush()
    village.clock.forward(days=3)
    form, keeper = opened(key)
    assert "上次（11-21 12:00）写到一半" in said(form)


def test_fifteen_rows_were_lost_in_one_crash(village: Village, opened: Opened) -> None:
    key = f"investigation:{new_id()}"
    rows = tuple(Exchange(question=f"第{number}问", answer=f"第{number}答") for number in range(15))
    for count in range(1, len(rows) + 1):
        form, keeper = opened(key)
        form.fields["exchanges"].set_value(rows[:count])
        keeper.keep()  # as the timer does within two seconds of each row
        reopen(village)
    form, keeper = opened(key)
    keeper._banner.pressed.emit()  # type: ignore[union-attr]  # an offer is what is tried here
    assert form.values()["exchanges"] == rows


def test_my_drafts_vanished_with_the_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    folder = paths.data_folder()
    assert paths.cache_folder(folder).is_relative_to(folder)
    store = open_store(folder, KEY, FixedClock(), app_version="0")
    store.attach(FakeDevice(), signature_fits)
    with store.unit() as uow:
        uow.drafts.keep("session:1", "写到一半")
        uow.commit()
    store.close()
    # A cleaner takes everything that is called a cache, ours too.
    for cache in (tmp_path / "cache", paths.cache_folder(folder)):
        cache.mkdir(parents=True, exist_ok=True)
        shutil.rmtree(cache)
    store = open_store(folder, KEY, FixedClock(), app_version="0")
    with store.unit() as uow:
        assert [one.body for one in uow.drafts.all()] == ["写到一半"]
    store.close()
