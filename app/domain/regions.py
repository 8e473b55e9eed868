"""Names of administrative divisions by their code, such as 450327 for 灌阳县.

Helps to write and to recognise a region; never decides whether a code may be kept: divisions change
every year, and a table is only as good as its day.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

# Digits of province, prefecture, county, township, village (GB/T 2260, GB/T 10114).
LEVELS = (2, 4, 6, 9, 12)
COUNTY_DIGITS = 6
# What stands where a county has no prefecture above it; nobody writes it into an address.
_NO_NAMES = frozenset({"市辖区", "县", "省直辖县级行政区划", "自治区直辖县级行政区划"})


@dataclass(frozen=True, slots=True)
class Regions:
    """Own names by code, as they were on local date `as_of` (None: no table at hand)."""

    names: Mapping[str, str]
    as_of: date | None = None

    def name_of(self, code: str) -> str:
        """The full name of the longest known beginning of `code`: 450327101220 gives
        广西壮族自治区桂林市灌阳县; "" where not even the province is known.
        """
        parts: list[str] = []
        for digits in LEVELS:
            name = self.names.get(code[:digits]) if len(code) >= digits else None
            if name is None:
                break
            # 4419 and 441900 are both 东莞市: a city without counties is said once.
            if name not in _NO_NAMES and name not in parts[-1:]:
                parts.append(name)
        return "".join(parts)

    def is_known(self, code: str) -> bool:
        """Whether the county that the first six digits name is in the table; 450300 and 450000 are
        a prefecture and a province.
        """
        county = code[:COUNTY_DIGITS]
        if len(county) < COUNTY_DIGITS:
            return False
        higher = (county[:4], county[:2]) if county.endswith("0000") else (county[:4],)
        return county in self.names or (
            county.endswith("00") and any(one in self.names for one in higher)
        )

    def search(self, text: str, limit: int = 20) -> tuple[tuple[str, str], ...]:
        """(code, full name) of at most `limit` divisions whose full name holds every word of `text`
        and whose own name holds the last one; shortest names first.
        """
        words = text.split()
        if not words:
            return ()
        found = [code for code, name in self.names.items() if words[-1] in name]
        named = ((code, self.name_of(code)) for code in found if self.names[code] not in _NO_NAMES)
        whole = [(code, name) for code, name in named if all(word in name for word in words)]
        whole.sort(key=lambda one: (len(self.names[one[0]]), one[0]))
        return tuple(whole[:limit])
