"""``python -m app`` and the command ``heshi``. Nothing but the way in."""

from __future__ import annotations

import sys

from app.main import main

if __name__ == "__main__":
    sys.exit(main())
