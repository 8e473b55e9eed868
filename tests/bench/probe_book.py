"""Makes the bound file with twelve scans in a process of its own; prints its peak memory in MB."""

from __future__ import annotations

import resource
import sys

from app.documents.printshop import PdfPrintshop
from tests.unit.documents import worked_case
from tests.unit.documents.files import long_case, parts_of, with_scans

RUNS, SCANS = 3, 12


def main() -> int:
    shop = PdfPrintshop(worked_case.RESOURCES, worked_case.practice())
    for number in range(RUNS):
        file = long_case(number)
        shop.make_file(file, with_scans(parts_of(file), SCANS), worked_case.TODAY)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(peak / (1e6 if sys.platform == "darwin" else 1e3))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
