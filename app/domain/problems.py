"""What can stand in the way of a wish: a code, the field it sits at and a few facts. Sentences live
in `ui/runtime/problems.py`.

A problem never holds personal data beyond what the person at the screen has just typed, and is
never written to a log with its facts.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

Fact = str | int


class ProblemCode(StrEnum):
    """Everything the world can answer with. Each code has a sentence in Chinese and English; a
    house check compares.
    """

    # text and values at a field
    EMPTY = "empty"
    PASTE_CUT = "paste_cut"  # facts: limit
    PASTE_LEFT_OUT = "paste_left_out"  # facts: limit, length
    TOO_LONG = "too_long"  # facts: limit, length
    UNSTORABLE_CHARACTER = "unstorable_character"  # facts: position, codepoint
    NAME_HAS_DIGITS = "name_has_digits"
    NOT_A_DATE = "not_a_date"  # facts: text
    DATE_IMPOSSIBLE = "date_impossible"  # facts: text
    DATE_IN_FUTURE = "date_in_future"  # facts: date
    DATE_TOO_EARLY = "date_too_early"  # facts: date, earliest
    DATE_ORDER = "date_order"  # facts: earlier, later (field names)
    NOT_A_TIME = "not_a_time"  # facts: text
    NOT_AN_AMOUNT = "not_an_amount"  # facts: text
    AMOUNT_NEGATIVE = "amount_negative"
    AMOUNT_TOO_LARGE = "amount_too_large"
    AMOUNT_SPLIT_FEN = "amount_split_fen"
    UNKNOWN_CODE = "unknown_code"  # facts: table, code
    NOT_A_PHONE = "not_a_phone"
    NOT_A_NUMBER = "not_a_number"  # facts: text
    REASON_NEEDED = "reason_needed"
    NOTHING_CHOSEN = "nothing_chosen"
    # identity numbers (warnings: may be kept with a reason)
    ID_LENGTH = "id_length"
    ID_CHARACTER = "id_character"
    ID_CHECK_DIGIT = "id_check_digit"
    ID_BIRTH_DATE = "id_birth_date"
    ID_REGION = "id_region"
    ID_OLD_STYLE = "id_old_style"
    ID_SEX_DIFFERS = "id_sex_differs"
    ID_BIRTH_DIFFERS = "id_birth_differs"
    CREDIT_CODE_LENGTH = "credit_code_length"
    CREDIT_CODE_CHARACTER = "credit_code_character"
    CREDIT_CODE_CHECK = "credit_code_check"
    # rules of mediation: hard stops
    NO_RIGHTS_NOTICE = "no_rights_notice"  # Decree 75 art. 30
    RIGHTS_NOTICE_LATE = "rights_notice_late"  # facts: told_on, held_on
    RIGHTS_NOTICE_NOT_ALL = "rights_notice_not_all"  # facts: names
    PARTY_REFUSED = "party_refused"  # PML art. 17; facts: name
    PARTY_NOT_CAPABLE = "party_not_capable"  # facts: name
    GUARDIAN_NEEDED = "guardian_needed"  # facts: name
    GUARDIAN_IS_OPPONENT = "guardian_is_opponent"  # facts: name
    AGENT_WITHOUT_POWER = "agent_without_power"  # facts: name
    SIGNER_NOT_ON_PAPER = "signer_not_on_paper"
    AGREEMENT_FROZEN = "agreement_frozen"  # facts: number
    AGREEMENT_NOT_FINAL = "agreement_not_final"
    AGREEMENT_NOT_EFFECTIVE = "agreement_not_effective"
    OUT_OF_SCOPE = "out_of_scope"  # Decree 75 art. 22; facts: scope
    # rules of mediation: not now
    MOVE_NOT_ALLOWED = "move_not_allowed"  # facts: stage, wanted
    CASE_CLOSED = "case_closed"
    NOT_ACCEPTED_YET = "not_accepted_yet"
    TWO_SIDES_NEEDED = "two_sides_needed"
    SAME_PERSON_BOTH_SIDES = "same_person_both_sides"  # facts: name
    MEDIATOR_NEEDED = "mediator_needed"
    CLAUSE_NEEDED = "clause_needed"
    INSTALMENT_SUM = "instalment_sum"  # facts: total, sum (fen)
    PAYER_IS_PAYEE = "payer_is_payee"
    FINDING_STOP = "finding_stop"  # facts: finding (FindingCode) and those of the finding
    FINDINGS_OPEN = "findings_open"  # facts: count
    STOP_NOT_WAIVED = "stop_not_waived"
    NOT_CONFIRMABLE = "not_confirmable"  # facts: word
    CONFIRMATION_OVER = "confirmation_over"  # PML art. 33; facts: date
    NUMBER_TAKEN = "number_taken"  # facts: number
    NOBODY_PRESENT = "nobody_present"
    OUTCOME_NEEDED = "outcome_needed"
    NOT_COMPLETE = "not_complete"  # facts: count, gap (owner.field of the first), owner_id
    NOT_YOURS = "not_yours"
    # records
    RECORD_NOT_FOUND = "record_not_found"
    CHANGED_MEANWHILE = "changed_meanwhile"
    ALREADY_THERE = "already_there"  # facts: what
    TOO_MANY = "too_many"  # facts: limit
    # import from a file
    FILE_NOT_JSON = "file_not_json"  # facts: line
    FILE_TOO_LARGE = "file_too_large"  # facts: limit_mb
    FILE_SHAPE = "file_shape"  # facts: place, wanted
    FILE_NOT_CASES = "file_not_cases"  # facts: wanted
    FILE_UNREADABLE = "file_unreadable"
    PERSON_UNKNOWN = "person_unknown"  # facts: name
    # the store
    STORE_LOCKED_BY_OTHER = "store_locked_by_other"
    STORE_BUSY = "store_busy"
    STORE_READ_ONLY = "store_read_only"
    DISK_FULL = "disk_full"
    STORE_DAMAGED = "store_damaged"
    STORE_GONE = "store_gone"
    STORE_NEWER = "store_newer"  # facts: version
    STORE_FOLDER_UNUSABLE = "store_folder_unusable"
    SAVE_UNSURE = "save_unsure"
    JOURNAL_BROKEN = "journal_broken"  # facts: seq
    # keys
    WRONG_PASSWORD = "wrong_password"
    PASSWORD_NEEDED = "password_needed"
    PASSWORD_TOO_SHORT = "password_too_short"  # facts: limit
    KEYRING_MISSING = "keyring_missing"
    KEY_LOST = "key_lost"
    KEY_FILES_DAMAGED = "key_files_damaged"
    # paper
    CHARACTER_NOT_IN_FONT = "character_not_in_font"  # facts: character, codepoint, place
    PICTURE_UNREADABLE = "picture_unreadable"  # facts: title, number
    TEMPLATE_BROKEN = "template_broken"
    NO_PRINTER = "no_printer"
    PAGES_UNCLEAR = "pages_unclear"  # facts: text, pages
    NOTHING_TO_PRINT = "nothing_to_print"
    OUTPUT_UNWRITABLE = "output_unwritable"
    # files and scans
    ATTACHMENT_MISSING = "attachment_missing"
    ATTACHMENT_DAMAGED = "attachment_damaged"
    ATTACHMENT_KIND_UNKNOWN = "attachment_kind_unknown"
    PICTURE_TOO_LARGE = "picture_too_large"  # facts: limit (millions of pixels)
    SCAN_UNREADABLE = "scan_unreadable"
    SCAN_NO_MARK = "scan_no_mark"
    SCAN_TWO_SHEETS = "scan_two_sheets"
    SCAN_OLD_VERSION = "scan_old_version"  # facts: number, version, newest
    SCAN_GIVEN_UP = "scan_given_up"  # facts: number
    SCAN_UNKNOWN_TEXT = "scan_unknown_text"  # facts: number
    SCAN_OTHER_CASE = "scan_other_case"  # facts: number
    SCAN_PAGE_THERE = "scan_page_there"  # facts: page
    HANDWRITING_NOT_HERE = "handwriting_not_here"  # trust rule D14
    # the county line
    NOT_ENROLLED = "not_enrolled"
    NO_NETWORK = "no_network"
    COUNTY_UNREACHABLE = "county_unreachable"
    LINE_NOT_COUNTY = "line_not_county"
    FOREIGN_ANSWER = "foreign_answer"
    ANSWER_CUT = "answer_cut"
    ANSWER_TOO_LATE = "answer_too_late"
    RECEIPT_NOT_GENUINE = "receipt_not_genuine"
    DEVICE_REVOKED = "device_revoked"
    DEVICE_UNKNOWN = "device_unknown"
    COUNTY_REFUSED = "county_refused"  # facts: code
    COUNTY_BUSY = "county_busy"  # facts: retry_after (seconds), if it was said
    COUNTY_OLDER = "county_older"
    STORE_WENT_BACK = "store_went_back"  # the county holds a later journal of this laptop
    CODE_WRONG = "code_wrong"
    CODE_EXPIRED = "code_expired"
    CODE_NOT_YOURS = "code_not_yours"  # made for another person than this laptop's
    ADDRESS_NOT_URL = "address_not_url"
    EXCHANGE_RUNNING = "exchange_running"
    # parcels on a stick
    COUNTY_BOX_UNKNOWN = "county_box_unknown"
    USB_FULL = "usb_full"
    USB_GONE = "usb_gone"
    USB_NOT_THERE = "usb_not_there"
    USB_UNRELIABLE = "usb_unreliable"
    USB_NO_ANSWER = "usb_no_answer"
    PARCEL_FOREIGN = "parcel_foreign"
    PARCEL_NEWER = "parcel_newer"
    PARCEL_DAMAGED = "parcel_damaged"
    PARCEL_INCOMPLETE = "parcel_incomplete"  # facts: volume, count
    PARCEL_NOT_FOR_US = "parcel_not_for_us"
    PARCEL_NOT_GENUINE = "parcel_not_genuine"
    # verdicts of the county on one entry
    VERDICT_CONFLICT = "verdict_conflict"
    VERDICT_SCOPE = "verdict_scope"
    VERDICT_SEALED = "verdict_sealed"
    VERDICT_MALFORMED = "verdict_malformed"
    # ours
    OUR_BUG = "our_bug"  # facts: report


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that stands in the way.

    Attributes: `code`; `field`, a path such as ``party.2.name`` or "" for the whole; `facts` for
    the sentence's blanks.
    """

    code: ProblemCode
    field: str = ""
    facts: Mapping[str, Fact] = dataclasses.field(default_factory=dict)

    def at(self, prefix: str) -> Problem:
        """The same problem with its field placed below `prefix`."""
        return Problem(
            self.code, ".".join(part for part in (prefix, self.field) if part), self.facts
        )


class Refused(Exception):
    """A wish that the rules or the world do not grant now. Carries at least one problem; its text
    holds codes only.
    """

    def __init__(self, *problems: Problem) -> None:
        if not problems:
            raise ValueError("a refusal needs a problem")
        self.problems = problems
        super().__init__(", ".join(problem.code.value for problem in problems))

    @property
    def first(self) -> Problem:
        return self.problems[0]


def refuse(code: ProblemCode, field: str = "", **facts: Fact) -> Refused:
    """A refusal with one problem, to be raised."""
    return Refused(Problem(code, field, facts))


def demand(problems: list[Problem]) -> None:
    """Raises `Refused` with all of `problems`, if there are any."""
    if problems:
        raise Refused(*problems)
