"""A written agreement as PDF, and on the screen, against Typst alone on the same text.

Product: `PdfPrintshop.make`, warm: case file to values, check of every character, the shared
template, PDF/A-2b, pages counted. Yardstick: the text of the same agreement as somebody who knows
Typst would write it down for this one case: page set-up, both type faces, party blocks, table of
instalments and tables for the hands drawn directly, no data and no functions; same fonts, same
standard, a warm compiler. Every run prints another text, so that nothing comes out of a cache.
"""

from __future__ import annotations

from dataclasses import replace

import typst

from app.documents.preview import page_images
from app.documents.printshop import PdfPrintshop, count_pages
from app.domain.agreements import Agreement, Clause
from app.domain.casefile import CaseFile
from app.domain.money import capitals, figures
from app.ui.widgets.paper import SCREEN_DPI
from tests.bench.figures import Figure, spread, timed_ms
from tests.unit.documents import worked_case

PAPERS_A_RUN = 4
AGREEMENT = worked_case.rid(40)
DIGITS = "甲乙丙丁戊己庚辛壬癸"

BY_HAND = """
#set document(title: "人民调解协议书", date: datetime(year: 2026, month: 3, day: 6))
#set page(
  paper: "a4",
  margin: (top: 37mm, left: 28mm, right: 26mm, bottom: 35mm),
  footer-descent: 6mm,
  footer: context {{
  set text(size: 9pt)
  grid(columns: (1fr, auto, 1fr), rows: 18mm, align: (left, center, right), [],
    text(size: 14pt)[— #counter(page).display() —],
    [编号 {number} #linebreak() 第 #counter(page).display() 页
      共 #counter(page).final().first() 页])
}})
#set text(font: "Noto Serif SC", size: 14pt, lang: "zh", region: "cn", fallback: false)
#set text(top-edge: 0.88em, bottom-edge: -0.12em)
#set par(leading: 9pt, spacing: 9pt, justify: true)
#set par(first-line-indent: (amount: 2em, all: true))
#set block(spacing: 9pt)
#show heading: set text(font: "Noto Sans SC", size: 14pt, weight: "regular")
#align(center, text(size: 22pt, weight: "bold")[人民调解协议书])
#align(right)[编号：{number}]
{parties}
= 纠纷主要事实、争议事项：
{facts}

= 各方当事人的责任：
{responsibility}

= 经调解，自愿达成如下协议：
{clauses}

= 履行方式、时限：
{manner}

履行时限：{deadline}

履行地点：{place}

本协议一式{copies}份，当事人、人民调解委员会各持一份。

#set text(size: 12pt)
#set par(leading: 4pt, justify: false, first-line-indent: 0pt)
#block(breakable: false)[
当事人（签名盖章或按指印）：
#table(columns: (46mm, 1fr, 24mm, 35mm), rows: 18.5mm, stroke: 0.5pt, align: horizon,
{hands}
)
#table(columns: (40mm, 44mm, 1fr), rows: 18.5mm, stroke: 0.5pt, align: horizon,
{officers}
)
]
"""
PARTY = """#grid(columns: (4em, 1fr), text(font: "Noto Sans SC")[当事人], [
#set par(first-line-indent: 0pt)
姓名 #underline[{name}] 性别 #underline[{sex}]
民族 #underline[{ethnicity}] 年龄 #underline[{age}] \\
职业或职务 #underline[{occupation}] 联系方式 #underline[{phone}] \\
单位或住址 #underline[{address}]
])
"""
ORGANISATION = """#grid(columns: (4em, 1fr), text(font: "Noto Sans SC")[当事人], [
#set par(first-line-indent: 0pt)
名称 #underline[{name}] \\
法定代表人 #underline[{legal_representative}] 职务 #underline[{representative_post}] \\
联系方式 #underline[{phone}] \\
地址 #underline[{address}]
])
"""
INSTALMENTS = """#text(size: 12pt, table(
columns: (13mm, 38mm, 1fr, 22mm, 22mm, 24mm), stroke: 0.5pt, align: center + horizon,
table.header([期次], [付款日期], [金额（元）], [付款人], [收款人], [方式]),
{rows}
[合计], table.cell(colspan: 5)[{figures}（大写：{capitals}）]))
"""


def measure(runs: int) -> list[Figure]:
    resources = worked_case.RESOURCES
    shop = PdfPrintshop(resources, worked_case.practice())
    alone = typst.Compiler(font_paths=[resources / "fonts"], ignore_system_fonts=True)

    def by_hand(text: str) -> bytes:
        pdf = alone.compile(text.encode(), format="pdf", pdf_standards="a-2b")
        assert isinstance(pdf, bytes)
        return pdf

    def make(file: CaseFile) -> bytes:
        return shop.make(file, "written_agreement", AGREEMENT, worked_case.TODAY).pdf

    def show(file: CaseFile) -> object:
        return page_images(make(file), SCREEN_DPI)

    def turn(number: int) -> tuple[float, float, float]:
        """Three different texts, so that none is known when its turn comes."""
        texts = [_varied(number * 3 + one) for one in range(3)]
        written = _by_hand(texts[1])
        return (
            timed_ms(lambda: make(texts[0])),
            timed_ms(lambda: by_hand(written)),
            timed_ms(lambda: show(texts[2])),
        )

    assert count_pages(by_hand(_by_hand(_varied(990)))) == count_pages(make(_varied(991)))
    for number in range(3):
        turn(300 + number)
    product, floor, shown = zip(*(turn(one) for one in range(runs * PAPERS_A_RUN)), strict=True)
    return [
        Figure("written agreement to PDF, warm", "ms", spread([*product]), spread([*floor]), 2.0),
        Figure("  made and drawn for the screen, all pages", "ms", spread([*shown]), None, 100),
    ]


def _varied(number: int) -> CaseFile:
    """The worked case with other characters in everything that people write."""
    mark = "".join(DIGITS[int(one)] for one in f"{number:03d}")
    file = worked_case.full_case()
    people = {
        key: replace(one, name=one.name + mark[0], address=one.address + mark, occupation=mark)
        for key, one in file.people.items()
    }
    agreement = file.agreements[0]
    agreement = replace(
        agreement,
        number=f"〔2026〕梨树坡村人调字第{number:03d}号",
        facts=agreement.facts + mark,
        responsibility=agreement.responsibility + mark,
        clauses=tuple(_varied_clause(one, mark, number) for one in agreement.clauses),
        manner=agreement.manner + mark,
        place=agreement.place + mark,
    )
    return replace(file, people=people, agreements=(agreement, *file.agreements[1:]))


def _varied_clause(clause: Clause, mark: str, number: int) -> Clause:
    payment = clause.payment
    if payment is not None:
        parts = tuple(replace(one, fen=one.fen + number * 100) for one in payment.instalments)
        payment = replace(
            payment, fen=payment.fen + number * 100 * max(len(parts), 1), instalments=parts
        )
    return replace(clause, text=clause.text + mark, payment=payment)


def _by_hand(file: CaseFile) -> str:
    """The agreement of `file` as Typst source with everything written out."""
    agreement = file.agreements[0]
    names = [file.name_of(party) for party in file.living_parties]
    hands = ",\n".join(
        f"[当事人#linebreak(){name}], [], align(bottom + center, text(size: 8pt)[（指印）]),"
        " text(size: 11pt)[#h(2.2em)年#h(1.4em)月#h(1.4em)日]"
        for name in names
    )
    officers = [f"人民调解员（签名）#linebreak(){one}" for one in ("罗和平", "韦丽君")]
    officers.append(f"记录人（签名）#linebreak(){agreement.recorder}")
    seal = (
        "table.cell(rowspan: 3, align: center + horizon)[清溪县白石镇梨树坡村人民调解委员会"
        "#linebreak()（印章）#v(5mm)2026年3月6日]"
    )
    rows = [
        f"[{one}], []" + (f", {seal}" if index == 0 else "") for index, one in enumerate(officers)
    ]
    return BY_HAND.format(
        number=agreement.number,
        parties="\n".join(_party_by_hand(file, index) for index in range(len(names))),
        facts=agreement.facts,
        responsibility=agreement.responsibility,
        clauses="\n\n".join(
            _clause_by_hand(file, agreement, index) for index in range(len(agreement.clauses))
        ),
        manner=agreement.manner,
        deadline=agreement.deadline or "2026年4月1日至2026年5月1日",
        place=agreement.place,
        copies=agreement.copies or 4,
        hands=hands,
        officers=",\n".join(rows),
    )


def _party_by_hand(file: CaseFile, index: int) -> str:
    party = file.living_parties[index]
    if party.organisation_id:
        one = file.organisations[party.organisation_id]
        return ORGANISATION.format(
            name=one.name,
            legal_representative=one.legal_representative,
            representative_post=one.representative_post,
            phone=one.phone,
            address=one.address,
        )
    assert party.person_id
    person = file.people[party.person_id]
    block = PARTY.format(
        name=person.name,
        sex="男",
        ethnicity="汉族",
        age="57",
        occupation=person.occupation,
        phone=person.phone,
        address=person.address,
    )
    others = (file.people[one.person_id] for one in party.representations)
    return block + "".join(
        f"代表人：{one.name} 电话：{one.phone} 单位或住址：{one.address}\n" for one in others
    )


def _clause_by_hand(file: CaseFile, agreement: Agreement, index: int) -> str:
    clause = agreement.clauses[index]
    text = f"{index + 1}．{clause.text}"
    payment = clause.payment
    if payment is None:
        return text
    text += f"\n\n付给人民币{figures(payment.fen)}元（大写：{capitals(payment.fen)}）"
    rows = "\n".join(
        f"[{number}], [{one.due_on}], [{figures(one.fen)}#linebreak(){capitals(one.fen)}],"
        " [石大山], [田有根], [转账],"
        for number, one in enumerate(payment.instalments, 1)
    )
    if not rows:
        return text
    table = INSTALMENTS.format(
        rows=rows, figures=figures(payment.fen), capitals=capitals(payment.fen)
    )
    return f"{text}，按下表分期付清。\n\n{table}"
