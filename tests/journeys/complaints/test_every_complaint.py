# ruff: noqa: E501  # the names of tests stand in one piece
"""What people complain about who work with programs like this one, each with the tests that keep it
from happening here. A test that is named here must be there.

The complaints are from registers of births, aid to children, health workers, data collectors, and
programs that keep files the same in two places.
"""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
HERE = "tests/journeys/complaints"
TYPING, QUEUES, PAIRS = f"{HERE}/test_typing.py", f"{HERE}/test_queues.py", "test_every_pair.py"
DOUBLES, WORDS, FILES = f"{HERE}/test_doubles.py", f"{HERE}/test_words.py", f"{HERE}/test_files.py"
PEOPLE, ONESELF = f"{HERE}/test_clocks_and_people.py", f"{HERE}/test_conflicts.py"
PAPERS = f"{HERE}/test_papers_and_updates.py"
PROVEN_HERE = {
    # Lost drafts.
    "recovery happened silently": f"{TYPING}::test_recovery_does_not_say_from_when",
    "the draft of one form in another": f"{TYPING}::test_what_i_typed_into_one_form_came_back_in_another",
    "fifteen entries lost in one crash": f"{TYPING}::test_fifteen_rows_were_lost_in_one_crash",
    "drafts vanish with a cache": f"{TYPING}::test_my_drafts_vanished_with_the_cache",
    # Queues that stick.
    "sending for ever": f"{QUEUES}::test_it_says_sending_for_ever",
    "certain orders of actions stick": f"{HERE}/{PAIRS}::test_certain_orders_of_actions_stick_in_the_outbox",
    "cases with documents stick": f"{QUEUES}::test_a_case_with_photographs_made_offline_is_stuck",
    "signed paper, and the record went back": f"{PAPERS}::test_the_paper_was_signed_and_the_record_went_back_to_what_it_was",
    "tries for ever to get what is not there": f"{QUEUES}::test_it_tries_for_ever_to_get_a_file_that_the_county_does_not_have",
    "one bad form blocks all others": f"{QUEUES}::test_one_bad_record_blocks_every_other",
    "nothing is tried until the next edit": f"{QUEUES}::test_after_one_failure_nothing_is_tried_until_the_next_edit",
    "no way to act on one record": f"{QUEUES}::test_one_bad_record_can_only_be_got_rid_of_by_wiping_all",
    "dead letters that no screen shows": f"{QUEUES}::test_what_was_refused_is_in_a_table_that_no_screen_shows",
    # Doubles.
    "reply lost, record twice": f"{DOUBLES}::test_the_line_was_slow_and_now_the_case_is_there_twice",
    "sent is shown for files that did not go": f"{DOUBLES}::test_it_says_sent_of_files_that_never_went",
    "cancelled, edited, refused": f"{DOUBLES}::test_i_stopped_a_long_upload_and_wrote_on_and_now_it_is_refused",
    "the same can be sent again": f"{DOUBLES}::test_the_program_lets_people_send_the_same_again",
    "marked failed, yet it arrived": f"{DOUBLES}::test_it_says_failed_and_yet_it_arrived",
    # Words that are not true.
    "success after a timeout": f"{WORDS}::test_send_now_said_done_after_a_timeout",
    "all synced while something waits": f"{WORDS}::test_it_says_all_sent_while_a_new_record_waits",
    "unknown, then syncing for ever": f"{WORDS}::test_the_state_is_unknown",
    "weeks late and nobody knows why": f"{WORDS}::test_nobody_knows_why_some_villages_are_weeks_late",
    "sync complete with the network off": f"{WORDS}::test_it_says_complete_with_the_network_off",
    "fifteen minutes for a few records": f"{WORDS}::test_i_cannot_see_how_much_is_left",
    "green light with records missing": f"{WORDS}::test_green_light_with_records_missing",
    "red without a reason": f"{WORDS}::test_a_red_sign_without_a_reason",
    "a thousand tries after a global error": f"{WORDS}::test_it_tried_a_thousand_records_after_an_error_that_concerned_all",
    "captive portal means nothing": f"{WORDS}::test_captive_portal_means_nothing_to_me",
    # Files.
    "a page of the server with 413": f"{FILES}::test_too_large_is_a_page_of_the_server_with_a_number",
    "over size, found out too late": f"{FILES}::test_an_over_size_file_is_found_out_long_after_it_was_added",
    "one long upload always fails": f"{FILES}::test_on_a_bad_line_one_long_upload_always_fails",
    "created, and the video is missing": f"{FILES}::test_created_says_the_server_and_the_video_is_missing",
    "dropped with a line in a log": f"{FILES}::test_a_file_is_dropped_with_a_line_in_a_log",
    # Clocks and people.
    "dates from the future": f"{PEOPLE}::test_records_come_in_from_the_future",
    "records dated 1980": f"{PEOPLE}::test_records_are_dated_1980_after_the_power_was_out",
    "local calendar in a date field": f"{PEOPLE}::test_a_date_of_the_local_calendar_is_taken_for_a_gregorian_one",
    "expired login locks out": f"{PEOPLE}::test_an_expired_login_locks_me_out_of_my_own_work",
    "token alive after an offline log-out": f"{PEOPLE}::test_who_logged_out_offline_left_a_token_alive",
    "stuck items under the next user": f"{PEOPLE}::test_my_unsent_work_shows_under_the_name_of_whoever_comes_next",
    # Conflicts, deletes, numbers, restore, migration, printing.
    "conflicts with a single client": f"{ONESELF}::test_a_conflict_with_nobody_but_myself",
    "an empty or wrong server wiped all": f"{ONESELF}::test_an_empty_server_wiped_my_records",
    "a repair that picks one side": f"{ONESELF}::test_repairing_made_me_pick_one_whole_side",
    "kill or partition: queue wedged": f"{ONESELF}::test_a_server_killed_in_an_upload_wedged_the_queue",
    "the same number in two offices": f"{PAPERS}::test_two_offices_gave_the_same_number",
    "it does not start, so all is deleted": f"{PAPERS}::test_people_delete_everything_because_it_does_not_start",
    "a released migration was changed": f"{PAPERS}::test_a_released_migration_was_changed_and_nothing_starts",
    "logged as printed, no paper came": f"{PAPERS}::test_it_logged_a_print_though_no_paper_came_out",
    "crashes with the system's own Qt": f"{PAPERS}::test_it_crashes_with_the_systems_own_version_of_the_window",
}
PROVEN_ELSEWHERE = {
    "the form changed while a draft was open": "tests/ui/test_forms.py::test_a_draft_of_another_version_harms_nobody",
    "recovery is offered before it is done": "tests/ui/test_forms.py::test_an_unsaved_draft_is_offered_and_taken_up",
    "a crash left a row without its file": "tests/faults/test_kills.py::test_what_was_called_safe_survives_every_death",
    "row and entry in one transaction": "tests/storage/test_unit_of_work.py::test_a_fault_between_row_and_entry_leaves_neither",
    "the county hears what was refused": "tests/county/test_laptops_command.py::test_what_was_refused_is_told_without_content",
    "nothing in a queue is deleted": "tests/storage/test_journal.py::test_no_record_is_deleted",
    "last contact and oldest entry of each laptop": "tests/county/test_mirror.py::test_supervisors_see_how_their_laptops_stand",
    "who begins and never finishes is seen": "tests/county/test_contact.py::test_a_contact_that_never_ends_is_seen",
    "what comes in is compared with the county's sum": "tests/county/test_mirror.py::test_what_is_missing_is_mended_by_difference",
    "an answer for a file only after its hash": "tests/county/test_files.py::test_wrong_bytes_are_thrown_away_altogether",
    "what the disk has lost is not held": "tests/county/test_files.py::test_what_the_disk_has_lost_is_not_held_whatever_the_row_says",
    "out of space": "tests/storage/test_faults.py::test_a_full_disk_is_said_and_what_is_stored_stays",
    "any clock": "tests/faults/test_disks_and_clocks.py::test_no_clock_stops_anything",
    "a forgotten keyring is no lost vault": "tests/unit/security/test_vault.py::test_a_keyring_that_forgot_is_replaced_by_the_password",
    "two offline edits of one field": "tests/county/test_two_hands.py::test_two_hands",
    "numbers while no block is left": "tests/unit/services/test_number_blocks.py::test_a_dry_block_gives_provisional_numbers_that_stand_apart",
    "the register goes on after the paper one": "tests/county/test_number_blocks.py::test_a_village_goes_on_after_its_paper_register",
    "allocate, release, reconcile": "tests/county/test_number_blocks.py::test_the_book_explains_every_number_and_asks_about_the_rest",
    "a restored server": "tests/county/test_exchange.py::test_a_restored_county_is_offered_again_what_it_lost",
    "a newer database": "tests/storage/test_migrations.py::test_a_newer_store_is_refused_and_not_touched",
    "a copy before migrating": "tests/storage/test_migrations.py::test_a_step_forward_makes_a_copy_first",
    "a start that fails says a way on": "tests/ui/test_opening.py::test_what_does_not_open_says_why_and_can_be_tried_again",
    "printed only when somebody says so": "tests/ui/cases/test_documents.py::test_it_counts_only_when_somebody_says_so",
    "a county killed while it answers": "tests/faults/test_kills.py::test_a_county_that_dies_while_it_answers",
}


@cache
def names_in(file: str) -> frozenset[str]:
    tree = ast.parse((ROOT / file).read_text(encoding="utf-8"))
    found = (one for one in ast.walk(tree) if isinstance(one, ast.FunctionDef))
    return frozenset(one.name for one in found if one.name.startswith("test_"))


@pytest.mark.parametrize(
    ("complaint", "proof"), [*PROVEN_HERE.items(), *PROVEN_ELSEWHERE.items()], ids=str
)
def test_every_complaint_has_its_test(complaint: str, proof: str) -> None:
    file, _, name = proof.partition("::")
    assert name in names_in(file), complaint


def test_every_test_of_this_folder_is_of_a_complaint_or_beside_one() -> None:
    files = {path.relative_to(ROOT).as_posix() for path in Path(__file__).parent.glob("test_*.py")}
    named = {proof.partition("::")[0] for proof in PROVEN_HERE.values()}
    assert files - {f"{HERE}/{Path(__file__).name}"} == named
