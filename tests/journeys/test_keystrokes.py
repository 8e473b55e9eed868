"""Every fact is typed once: keys and clicks for the whole file of a written agreement, at the real
window, against typing the same facts into the separate forms.

The window is worked from a cold start by key, input-method and mouse events alone; an event filter
of the application counts every key press, every character that an input method writes and every
click. The yardstick comes from the printed papers themselves: for each paper the characters of each
value that comes from the case's records and stands on its printed page, one key to get there, one
click for each ticked box. The form's own words, titles, page numbers, the committee's name and
everything that a pen or a stamp writes count nothing.
"""

from __future__ import annotations

import sys
from pathlib import Path

from tests.bench.keystrokes import BAR, Told, count
from tests.bench.separate_forms import ticks, typed_characters


def test_a_whole_file_takes_a_quarter_of_the_keys(tmp_path: Path) -> None:
    told = count(tmp_path)
    sys.stdout.write(f"{told}\n")  # both counts, step by step, for whoever asks with -s
    assert told.here <= BAR * told.apart, str(told)


def test_only_values_of_the_case_count_as_typed() -> None:
    values = ("唐文林", "一千二百元")
    assert typed_characters("申请人唐文林要求赔偿一千二百元", values) == 8
    assert typed_characters("本表一式两份", values) == 0
    assert ticks({"ways": [{"chosen": True}, {"chosen": False}], "other": {"chosen": True}}) == 2


def test_every_key_character_and_click_counts_and_the_wheel_is_told_beside() -> None:
    steps = {
        "register": {"keys": 3, "characters": 4, "wheel": 9},
        "accept": {"clicks": 2},
    }
    told = Told(steps, {"1. cover": 10, "2. contents": 26})
    assert (told.here, told.apart) == (9, 36)
    assert told.here <= BAR * told.apart
    assert "9" in str(told)
