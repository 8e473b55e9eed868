"""One printshop for all paper tests: the typesetter stays warm as it does in the window."""

from __future__ import annotations

import pytest

from app.documents.printshop import PdfPrintshop
from tests.unit.documents.worked_case import RESOURCES, practice


@pytest.fixture(scope="session")
def shop() -> PdfPrintshop:
    return PdfPrintshop(RESOURCES, practice())
