"""About Heshi: version, where the records lie, licences, and the self-check in words."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QTextBrowser, QVBoxLayout

from app.paths import resources, root
from app.ui.runtime.desk import Desk
from app.ui.runtime.office import About, Finding
from app.ui.widgets.frame import Section, button, words


def finding_words(finding: Finding) -> str:
    """One line of the self-check as a sentence."""
    translate = QCoreApplication.translate
    good = {
        "store": translate("SelfCheck", "数据文件完好"),
        "journal": translate("SelfCheck", "记录链条完整，共 {fact} 条"),
        "keyring": translate("SelfCheck", "打开数据的钥匙可用"),
        "fonts": translate("SelfCheck", "打印用的字体齐全"),
        "county": translate("SelfCheck", "已登记到 {fact}"),
        "pack": translate("SelfCheck", "县里的数据包能用"),
    }
    bad = {
        "store": translate(
            "SelfCheck", "数据文件有损坏：请不要删任何文件，联系县级管理员用备份恢复"
        ),
        "journal": translate("SelfCheck", "记录链条在中间断了：请先不要再改，联系县级管理员"),
        "keyring": translate("SelfCheck", "没有能用的钥匙：请在上面设一个口令"),
        "fonts": translate("SelfCheck", "打印用的字体不全：请重新安装和事"),
        "county": translate("SelfCheck", "还没有登记到县局（不影响办案和打印）"),
        "pack": translate(
            "SelfCheck", "县里发来的数据包在这里用不上，仍按原来的办：请告诉县级管理员"
        ),
    }
    text = (good if finding.good else bad).get(finding.key, finding.key)
    return ("✓ " if finding.good else "△ ") + text.format(fact=finding.fact)


class AboutSection(Section):
    """Version, folder, licences, self-check."""

    def __init__(self, desk: Desk) -> None:
        super().__init__("")
        self.set_title(self.tr("关于和自查"))
        self._desk = desk
        self.text = words("")
        self.result = words("")
        self.result.hide()
        self.check = button(self.tr("自查一遍"), self.look_over, icon_name="list-checks")
        self.licences = button(self.tr("许可证"), self.show_licences, quiet=True)
        self.add(self.text)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.check)
        row.addWidget(self.licences)
        row.addStretch(1)
        self.content_layout.addLayout(row)
        self.add(self.result)

    def show_about(self, about: About) -> None:
        told = self.tr(
            "和事 {version}。给人民调解员用的离线办案程序，自由软件（Apache-2.0）。"
            "\n数据在：{folder}"
        ).format(version=about.version, folder=str(about.data))
        self.text.setText("\n".join(filter(None, (told, self._pack_words(about)))))

    def _pack_words(self, about: About) -> str:
        """Which of the county's packs decides here, in one line; "" without one."""
        if about.pack is None:
            return ""
        name = about.pack.en if self._desk.language == "en" else about.pack.zh
        said = " ".join(filter(None, (name or self.tr("没有写名称"), about.pack.issued_on)))
        if about.pack_is_new:
            return self.tr("县里新发的数据包：{pack}，下次打开和事起用").format(pack=said)
        return self.tr("在用县里的数据包：{pack}").format(pack=said)

    def look_over(self) -> None:
        """Runs the self-check; it reads everything and changes nothing."""
        self.check.setEnabled(False)
        self.result.setText(self.tr("正在查……"))
        self.result.show()
        self._desk.jobs.run_records(self, self._desk.office.look_over, self._found)

    def show_licences(self) -> None:
        """The licences of what comes along."""
        dialog = QDialog(self)
        dialog.setWindowTitle(self.tr("许可证"))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.resize(720, 560)
        text = QTextBrowser()
        text.setAccessibleName(self.tr("许可证"))
        text.setOpenLinks(False)
        parts = [resources() / "LICENSES.md", root() / "LICENSE"]
        text.setMarkdown(
            "\n\n".join(part.read_text(encoding="utf-8") for part in parts if part.is_file())
        )
        column = QVBoxLayout(dialog)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(16)
        column.addWidget(text)
        column.addWidget(
            button(self.tr("关上"), dialog.accept, main=True), 0, Qt.AlignmentFlag.AlignRight
        )
        dialog.show()

    def _found(self, findings: tuple[Finding, ...]) -> None:
        self.check.setEnabled(True)
        self.result.setText("\n".join(finding_words(finding) for finding in findings))
