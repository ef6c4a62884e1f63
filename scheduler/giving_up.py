"""Whether whoever waits for a file to be written has given it up.

What writes asks before it puts anything in the place of an old file, so that this is done wholly
or not at all.
"""

from __future__ import annotations

from contextvars import ContextVar
from threading import Event

_given_up: ContextVar[Event | None] = ContextVar("given_up", default=None)


def listen(given_up: Event) -> None:
    """Let what goes on in this thread know by ``given_up``."""
    _given_up.set(given_up)


def stop_if_given_up() -> None:
    """Go on, unless it was given up.

    Raises
    ------
    KeyboardInterrupt
        If it was.
    """
    given_up = _given_up.get()
    if given_up is not None and given_up.is_set():
        raise KeyboardInterrupt
