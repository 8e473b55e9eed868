"""Short words for how far a record is, said alike wherever it is shown. Never a sentence."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from app.domain.confirmations import ConfirmationOutcome
from app.domain.duties import DutyState

DUTY_TONES = {
    DutyState.OPEN: "neutral",
    DutyState.PARTLY: "accent",
    DutyState.DONE: "done",
    DutyState.OVERDUE: "attention",
}


def duty_state_word(state: DutyState) -> str:
    """How far a duty is."""
    return {
        DutyState.OPEN: QCoreApplication.translate("DutyTable", "还没做"),
        DutyState.PARTLY: QCoreApplication.translate("DutyTable", "做了一部分"),
        DutyState.DONE: QCoreApplication.translate("DutyTable", "做到了"),
        DutyState.OVERDUE: QCoreApplication.translate("DutyTable", "过期了"),
    }[state]


def outcome_word(outcome: ConfirmationOutcome) -> str:
    """How the court ended it."""
    return {
        ConfirmationOutcome.VALID: QCoreApplication.translate("CourtForm", "确认有效"),
        ConfirmationOutcome.DISMISSED: QCoreApplication.translate("CourtForm", "驳回申请"),
        ConfirmationOutcome.WITHDRAWN: QCoreApplication.translate("CourtForm", "当事人撤回"),
        ConfirmationOutcome.DEEMED_WITHDRAWN: QCoreApplication.translate("CourtForm", "按撤回处理"),
        ConfirmationOutcome.NOT_ACCEPTED: QCoreApplication.translate("CourtForm", "不予受理"),
    }[outcome]
