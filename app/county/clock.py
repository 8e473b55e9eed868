"""The server's clock. Receipts and one-time codes go by it; laptops' clocks never count."""

from __future__ import annotations

from datetime import UTC, datetime


def utc_now() -> datetime:
    """Aware UTC moment by this server."""
    return datetime.now(UTC)
