"""The words of protocol 2 never change, and are the same in the program and beside it."""

from __future__ import annotations

from hashlib import sha256

from app.paths import resources
from app.wire.words import WORDS, WORDS_SHA256


def test_the_words_are_those_that_every_version_knows() -> None:
    assert sha256(WORDS).hexdigest() == WORDS_SHA256
    assert (resources() / "wire" / "words-1.txt").read_bytes() == WORDS
    assert WORDS_SHA256 == "3b36fc353ae5fd17928d1e3974e1408b65d302376a3c4980089355dd5f689d4a"
