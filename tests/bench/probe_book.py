"""Makes and seals the bound file with twelve scans in a process of its own; prints its peak memory
in MB.
"""

from __future__ import annotations

import sys
from pathlib import Path

from app.documents.printshop import PdfPrintshop
from app.security.paper_seal import PaperSeal
from tests.bench.thick_file import thick_case, thick_parts
from tests.sealed_papers import AT, CERTIFICATE, DEVICE, KEY, REASON
from tests.unit.documents import worked_case
from tests.unit.documents.files import with_scans

RUNS, SCANS = 3, 12


def peak_mb() -> float:
    """On Linux not `ru_maxrss`: a process inherits that from the one that started it."""
    status = Path("/proc/self/status")
    if status.exists():
        lines = status.read_text(encoding="ascii").splitlines()
        return next(int(one.split()[1]) for one in lines if one.startswith("VmHWM:")) / 1e3
    import resource

    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (1e6 if sys.platform == "darwin" else 1e3)


def main() -> int:
    shop = PdfPrintshop(worked_case.RESOURCES, worked_case.practice())
    seal = PaperSeal(KEY, DEVICE, CERTIFICATE)
    for number in range(RUNS):
        file = thick_case(number)
        made = shop.make_file(file, with_scans(thick_parts(file), SCANS), worked_case.TODAY)
        seal.sign(made.pdf, at=AT, reason=REASON)
    print(peak_mb())
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
