"""The register book of numbers: every number from the first to the last, on lying pages."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from app.documents.printshop import PdfPrintshop
from app.domain.problems import Refused
from app.services.committees import set_up
from app.services.number_register import make_register
from app.services.paper_values import RegisterLine, RegisterState
from tests.fakes import MemoryStore
from tests.unit.documents.pages import boxes, page_texts, whole_text
from tests.unit.documents.worked_case import TODAY, practice
from tests.unit.domain.making import COMMITTEE as COMMITTEE_OF_STORE
from tests.unit.domain.making import MEDIATOR
from tests.unit.services.village import TODAY as TODAY_OF_STORE
from tests.unit.services.village import finalised

COMMITTEE = "清溪县白石镇梨树坡村人民调解委员会"


def line(serial: int, state: RegisterState = RegisterState.USED, **more: Any) -> RegisterLine:
    known: dict[str, Any] = (
        {}
        if state is RegisterState.FREE
        else {
            "issued_on": date(2026, 3, 6),
            "document": "written_agreement",
            "parties": "田有根与石大山",
            "matter": "屋瓦被砸",
            "dispute_type": "NEIGHBOUR",
            "mediators": "罗和平",
        }
    )
    text = f"〔2026〕梨树坡村人调字第{serial:03d}号"
    return RegisterLine(kind="agreement", serial=serial, text=text, state=state, **known | more)


def printed(shop: PdfPrintshop, *lines: RegisterLine, year: object = 2026) -> bytes:
    values = {"committee": COMMITTEE, "year": year, "lines": lines}
    return shop.make_loose("number_register", values, TODAY).pdf


def test_each_number_says_what_became_of_it(shop: PdfPrintshop) -> None:
    text = whole_text(
        printed(
            shop,
            line(1),
            line(2, RegisterState.VOID, reason="印错了一页。", spoiled_sheets=3),
            line(3, RegisterState.FREE),
        )
    )
    assert "1〔2026〕梨树坡村人调字第001号2026年3月6日人民调解协议书田有根与石大山" in text
    assert "屋瓦被砸，邻里纠纷" in text
    assert "作废：印错了一页3" in text
    assert "梨树坡村人调字第003号空号" in text
    assert "本年共用1个号，作废1个，印坏作废3张纸。" in text
    assert "登记人（签名）" in text


def test_a_long_row_of_unused_numbers_is_one_line(shop: PdfPrintshop) -> None:
    free = [line(number, RegisterState.FREE) for number in range(4, 201)]
    pages = page_texts(printed(shop, line(1), line(2, RegisterState.FREE), line(3), *free))
    assert len(pages) == 1
    text = "".join(pages)
    assert "第002号空号" in text
    assert "第004号至〔2026〕梨树坡村人调字第200号空号：共197个" in text
    assert "第005号" not in text


def test_five_hundred_lines_have_a_head_on_every_page(shop: PdfPrintshop) -> None:
    lines = [line(number) for number in range(1, 501)]
    texts = page_texts(printed(shop, *lines))
    for index, text in enumerate(texts, 1):
        assert f"第{index}页共{len(texts)}页" in text
        rows = text.count("人调字第")
        assert ("使用情况（作废原因）" in text and COMMITTEE in text) or not rows
    assert sum(text.count("人调字第") for text in texts) == 500
    assert "登记人（签名）" in texts[-1]


def test_it_lies_on_its_side_and_nothing_leaves_its_area(shop: PdfPrintshop) -> None:
    names = "阿卜杜热合曼·" + "买买提吐尔逊" * 9 + "与石大山"
    wide = [line(number, parties=names, reason="当事人改日再签" * 20) for number in range(1, 9)]
    for page in boxes(printed(shop, *wide)):
        assert max(box.right for box in page) > 200
        assert all(box.left >= 19.5 and box.right <= 277.5 for box in page)
        assert all(box.bottom <= 178.5 or box.top >= 180 for box in page)


def test_an_empty_year_is_a_form_to_write_in(shop: PdfPrintshop) -> None:
    texts = page_texts(printed(shop, year=""))
    assert len(texts) == 1
    assert "本年共用个号" in texts[0]


def test_the_same_lines_give_the_same_bytes(shop: PdfPrintshop) -> None:
    assert printed(shop, line(1)) == printed(shop, line(1))


def test_values_that_lack_something_are_refused(shop: PdfPrintshop) -> None:
    with pytest.raises(Refused, match="template_broken"):
        shop.make_loose("number_register", {"title": "登记簿"}, TODAY)


def test_the_book_of_a_committee_holds_what_it_gave_out(shop: PdfPrintshop) -> None:
    store = MemoryStore()
    with store.unit() as uow:
        set_up(uow, COMMITTEE_OF_STORE, MEDIATOR)
    agreement = finalised(store, practice())
    with store.unit() as uow:
        made = make_register(uow, shop, COMMITTEE_OF_STORE.id, TODAY_OF_STORE.year, practice())
    text = whole_text(made.pdf)
    assert agreement.number in text
    assert "本年共用1个号" in text
    assert COMMITTEE_OF_STORE.name in text
