"""The first start of a laptop: which committee, who mediates, a password where no keyring works,
and the county if it is at hand.

Asks for nothing that can wait. Stores nothing itself.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.domain.committees import Committee, Mediator, check_committee, check_mediator
from app.domain.ids import new_id
from app.domain.problems import Problem, ProblemCode, Refused
from app.ui.runtime.language import language
from app.ui.runtime.problems import sentence
from app.ui.widgets.fields import LineField
from app.ui.widgets.forms import COLUMN_WIDTH, Form
from app.ui.widgets.frame import Banner, ScrollColumn, button, words
from app.ui.widgets.region import ReadRegions, RegionField

REGION_DIGITS = 12


@dataclass(frozen=True, slots=True)
class FirstAnswers:
    """What the page asked. `password` None where the keyring keeps the key; `address` "" where
    enrolment waits. `committee` and `mediator` are None where the county is to tell them.
    """

    committee: Committee | None
    mediator: Mediator | None
    password: str | None
    address: str
    code: str


class FirstStartPage(QWidget):
    """The welcome.

    Signals:
        answered(FirstAnswers): everything is there and well-formed.
    """

    answered = Signal(object)

    def __init__(
        self,
        *,
        keyring: bool,
        ask_password: bool = True,
        read_regions: ReadRegions | None = None,
        parent: QWidget | None = None,
    ) -> None:
        """`keyring`: whether this computer keeps secrets; without one a password is needed (unless
        the vault is there already). `read_regions` brings the names of regions.
        """
        super().__init__(parent)
        self._needs_password = ask_password and not keyring
        self._banner: Banner | None = None
        self._committee_id, self._mediator_id = new_id(), new_id()
        self.form = Form()
        form = self.form
        form.column.setContentsMargins(0, 24, 0, 24)
        form.add_widget(words(self.tr("欢迎使用和事"), "title"))
        form.add_widget(
            words(self.tr("先填几样，以后所有文书都用它，不用再填。都可以在“设置”里改。"), "muted")
        )
        form.add_group(self.tr("县局给了登记码吗？"))
        form.add_widget(
            words(
                self.tr(
                    "给了就填这两样，调委会和您的姓名会自动带过来，审核人员也这样登记。"
                    "还没有就空着，以后在“设置”里登记。"
                ),
                "muted",
            )
        )
        form.add_row(
            [
                ("address", LineField(self.tr("县局地址"), hint="https://")),
                ("code", LineField(self.tr("登记码"), hint=self.tr("县局给的一次性登记码"))),
            ]
        )
        form.add_group(self.tr("调委会"))
        form.add(
            "committee.name",
            LineField(
                self.tr("调委会全称（和公章一致）"),
                hint=self.tr("如：九溪镇六十亩村人民调解委员会"),
            ),
        )
        form.add(
            "committee.short_name",
            LineField(
                self.tr("编号用的简称"),
                hint=self.tr("如：九溪六十亩村，编号会写成〔2026〕九溪六十亩村人调字第001号"),
            ),
        )
        region = form.add(
            "committee.region_name",
            LineField(self.tr("所在地区"), hint=self.tr("如：某县九溪镇六十亩村")),
        )
        form.add(
            "committee.region_code",
            RegionField(
                self.tr("地区代码（12 位，可以先空着）"),
                read_regions,
                names=region,
                hint=self.tr("不知道就空着，登记到县局时会带过来"),
            ),
        )
        form.add_group(self.tr("调解员"))
        form.add("mediator.name", LineField(self.tr("您的姓名")))
        form.add("mediator.phone", LineField(self.tr("您的电话（可以先空着）")))
        if self._needs_password:
            form.add_group(self.tr("口令"))
            form.add_widget(
                words(
                    self.tr(
                        "这台电脑没有可用的密码保管处，所以要设一个口令，每次打开和事时输入。"
                        "请记牢：忘了口令，谁也打不开这些记录。"
                    ),
                    "muted",
                )
            )
            form.add(
                "password", LineField(self.tr("口令（至少 10 个字，可以是一句话）"), secret=True)
            )
            form.add("password_again", LineField(self.tr("再输一遍"), secret=True))
        self.go = button(self.tr("开始使用"), self.finish, main=True)
        self.progress = words("", "muted")
        row = QHBoxLayout()
        row.setSpacing(16)
        row.addWidget(self.go)
        row.addWidget(self.progress, 1)
        form.column.addLayout(row)
        inner = QWidget()
        middle = QHBoxLayout(inner)
        form.setMinimumWidth(min(COLUMN_WIDTH, 560))
        middle.addStretch(1)
        middle.addWidget(form, 8)
        middle.addStretch(1)
        area = ScrollColumn(inner)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(area)
        form.focus_field("address")

    def answers(self) -> FirstAnswers:
        """What stands in the form now."""
        values = self.form.values()
        password = values["password"] if self._needs_password else None
        if self._county_tells(values):
            return FirstAnswers(None, None, password, values["address"], values["code"])
        committee = Committee(
            id=self._committee_id,
            name=values["committee.name"],
            short_name=values["committee.short_name"],
            region_code=values["committee.region_code"],
            region_name=values["committee.region_name"],
        )
        mediator = Mediator(
            id=self._mediator_id,
            committee_id=committee.id,
            name=values["mediator.name"],
            phone=values["mediator.phone"],
        )
        return FirstAnswers(committee, mediator, password, values["address"], values["code"])

    def problems(self) -> list[Problem]:
        """What still has to be mended before it can begin."""
        answers = self.answers()
        found: list[Problem] = []
        if answers.committee is not None and answers.mediator is not None:
            found += [one.at("committee") for one in check_committee(answers.committee)]
            found += [one.at("mediator") for one in check_mediator(answers.mediator)]
        region = answers.committee.region_code if answers.committee is not None else ""
        if region and not (region.isascii() and region.isdigit() and len(region) == REGION_DIGITS):
            found.append(
                Problem(ProblemCode.NOT_A_NUMBER, "committee.region_code", {"text": region[:20]})
            )
        if self._needs_password and not answers.password:
            found.append(Problem(ProblemCode.EMPTY, "password"))
        if bool(answers.address) != bool(answers.code):
            found.append(Problem(ProblemCode.EMPTY, "code" if answers.address else "address"))
        return found

    def _county_tells(self, values: dict[str, Any]) -> bool:
        """Whether a one-time code is there and nothing was written that the county knows better."""
        written = any(
            values[name] for name in values if name.startswith(("committee.", "mediator."))
        )
        return bool(values["address"] and values["code"]) and not written

    def finish(self) -> None:
        """Checks, then hands the answers over."""
        problems = self.problems()
        if problems:
            self.form.show_problems(problems)
            return
        values = self.form.values()
        if self._needs_password and values["password"] != values["password_again"]:
            self.form.fields["password_again"].show_problem(self.tr("两遍口令不一样，请再输一遍。"))
            self.form.focus_field("password_again")
            return
        self.form.clear_problems()
        self.set_busy(True)
        self.answered.emit(self.answers())

    def refuse(self, refusal: Refused) -> None:
        """What was refused, at its field or above the form; everything typed stays."""
        self.set_busy(False)
        elsewhere = self.form.show_problems([_at_home(one) for one in refusal.problems])
        if self._banner is not None:
            self._banner.hide()
            self._banner.deleteLater()
            self._banner = None
        if elsewhere:
            text = "\n".join(dict.fromkeys(sentence(one, language()) for one in elsewhere))
            self._banner = Banner("problem", text)
            self.form.column.insertWidget(0, self._banner)

    def set_busy(self, busy: bool) -> None:
        self.go.setEnabled(not busy)
        self.progress.setText(self.tr("正在准备……") if busy else "")


def _at_home(problem: Problem) -> Problem:
    """Problems of keys and enrolment at the fields that this page has for them."""
    places = {
        ProblemCode.PASSWORD_TOO_SHORT: "password",
        ProblemCode.KEYRING_MISSING: "password",
        ProblemCode.ADDRESS_NOT_URL: "address",
        ProblemCode.CODE_WRONG: "code",
        ProblemCode.CODE_EXPIRED: "code",
        ProblemCode.NO_NETWORK: "address",
        ProblemCode.COUNTY_UNREACHABLE: "address",
        ProblemCode.FOREIGN_ANSWER: "address",
    }
    return Problem(problem.code, places.get(problem.code, problem.field), problem.facts)
