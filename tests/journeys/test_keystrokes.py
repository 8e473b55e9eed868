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

from pathlib import Path

from tests.bench.keystrokes import BAR, count


def test_a_whole_file_takes_a_quarter_of_the_keys(tmp_path: Path) -> None:
    told = count(tmp_path)
    print(told)
    assert told.here <= BAR * told.apart, str(told)
