"""`override` without the quarter of a Qt import that typing_extensions costs at the start. Goes
when Python 3.12 is the oldest.

pyproject.toml tells ruff to read it like typing's own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typing_extensions import override as override
else:

    def override(method):
        """Says that a method takes the place of Qt's; checked by mypy, nothing at run time."""
        return method
