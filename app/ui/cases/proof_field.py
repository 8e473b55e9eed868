"""A photograph of what proves that somebody may act for a party: household register, letter of
authority. The picture is stored at once; the party remembers which one it is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.domain.attachments import Attachment, AttachmentKind
from app.domain.ids import RecordId
from app.domain.problems import Refused
from app.ui.cases import record_actions
from app.ui.cases.attachment_strip import described
from app.ui.cases.file_taking import BroughtFile, choose_files
from app.ui.runtime.marks import override
from app.ui.runtime.problems import sentence
from app.ui.widgets.fields import Field
from app.ui.widgets.frame import button, words

if TYPE_CHECKING:
    from app.domain.parties import Party
    from app.ui.runtime.desk import Desk

ENDINGS = ("jpg", "jpeg", "png")


class ProofField(Field):
    """`value()` is the id of the attachment, None without one. Only for a party that is stored."""

    def __init__(
        self, desk: Desk, label: str, party: Party | None, parent: QWidget | None = None
    ) -> None:
        super().__init__(label, parent=parent)
        self._desk, self._party = desk, party
        self._id: RecordId | None = None
        self._state = words("", "muted")
        self.add_button = button(self.tr("加照片"), self._choose)
        self.add_button.setObjectName("add-proof")
        row = QWidget()
        inside = QHBoxLayout(row)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.addWidget(self.add_button)
        inside.addWidget(self._state, 1)
        self._take_editor(self.add_button, below=row)
        self._tell()

    @override
    def value(self) -> RecordId | None:
        return self._id

    @override
    def set_value(self, value: RecordId | None) -> None:
        self._id = value
        self.clear_problem()
        self._tell()

    def take(self, found: list[BroughtFile]) -> None:
        """Stores the first of what was brought."""
        if self._party is None or not found:
            return
        party, desk = self._party, self._desk
        one = described(party.case_id, AttachmentKind.PROOF, None, party.id)
        work = record_actions.add_file(found[0].read, one, desk.craft.scans, desk.practice)
        desk.jobs.run(self, work, self._taken, self._refused)

    def _choose(self) -> None:
        choose_files(self, self.tr("选证明材料的照片"), ENDINGS, self.take)

    def _taken(self, stored: Attachment) -> None:
        self._id = stored.id
        self._tell()
        self._changed_by_hand()

    def _refused(self, refused: Refused) -> None:
        self.show_problem(sentence(refused.first, self._desk.language))

    def _tell(self) -> None:
        known = self._id is not None
        self._state.setText(
            self.tr("有了，在“证据”里看得到。") if known else self.tr("还没有照片。")
        )
        self.add_button.setText(self.tr("换一张") if known else self.tr("加照片"))
