"""How often Python looks for garbage while timetables are made."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

RARELY = (100_000, 50, 100)
"""Models of large schools are millions of small objects that live as long as the model: looking
through them for garbage again and again took a quarter of the time of making them."""


@contextmanager
def rarely_collected() -> Iterator[None]:
    """Within, also as a decorator, garbage is looked for less often."""
    before = gc.get_threshold()
    gc.set_threshold(*RARELY)
    try:
        yield
    finally:
        gc.set_threshold(*before)
