"""Garbage is looked for less often within, and as before afterwards, also after an error."""

from __future__ import annotations

import gc

import pytest

from scheduler.garbage import RARELY, rarely_collected


def test_only_within() -> None:
    before = gc.get_threshold()
    assert before != RARELY
    with rarely_collected():
        assert gc.get_threshold() == RARELY
    assert gc.get_threshold() == before


def test_not_after_an_error() -> None:
    before = gc.get_threshold()

    @rarely_collected()
    def fails() -> None:
        raise ValueError(gc.get_threshold())

    with pytest.raises(ValueError, match=str(RARELY[0])):
        fails()
    assert gc.get_threshold() == before
