"""Makes and seals the bound file with twelve scans in a process of its own; prints its peak memory
in MB.
"""

from __future__ import annotations

import resource
import sys

from app.documents.printshop import PdfPrintshop
from app.security.paper_seal import PaperSeal
from tests.bench.thick_file import thick_case, thick_parts
from tests.sealed_papers import AT, CERTIFICATE, DEVICE, KEY, REASON
from tests.unit.documents import worked_case
from tests.unit.documents.files import with_scans

RUNS, SCANS = 3, 12


def main() -> int:
    shop = PdfPrintshop(worked_case.RESOURCES, worked_case.practice())
    seal = PaperSeal(KEY, DEVICE, CERTIFICATE)
    for number in range(RUNS):
        file = thick_case(number)
        made = shop.make_file(file, with_scans(thick_parts(file), SCANS), worked_case.TODAY)
        seal.sign(made.pdf, at=AT, reason=REASON)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(peak / (1e6 if sys.platform == "darwin" else 1e3))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
