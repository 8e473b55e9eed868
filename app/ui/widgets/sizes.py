"""Sizes as people say them. Numbers only: units are the same in both languages."""

from __future__ import annotations


def size_words(size: int) -> str:
    """Bytes: ``0.3 MB``, ``12 kB``."""
    if size >= 100_000:
        return f"{size / 1_000_000:.1f} MB"
    return f"{max(1, round(size / 1000))} kB" if size else "0 kB"
