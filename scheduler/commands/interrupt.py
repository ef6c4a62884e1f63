"""Running a solve so that Ctrl-C keeps the best found, and a second one gives up."""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import TypeVar

from scheduler.progress import Control

T = TypeVar("T")
REMIND = 1.0
"""Seconds between reminders to a solve that was asked to stop: each stage hears it anew."""


def stoppable(work: Callable[[], T], control: Control, on_stop: Callable[[], None]) -> T:
    """What ``work`` returns, run aside while this thread waits for it or for Ctrl-C.

    Raises
    ------
    KeyboardInterrupt
        At the second Ctrl-C.
    """
    done: list[T] = []
    failed: list[BaseException] = []

    def target() -> None:
        try:
            done.append(work())
        except BaseException as failure:
            failed.append(failure)

    def interrupted(_signal: int, _frame: FrameType | None) -> None:
        if control.stopped:
            raise KeyboardInterrupt
        control.stop()
        on_stop()

    thread = threading.Thread(target=target, name="solve", daemon=True)
    with _handling(interrupted):
        thread.start()
        while thread.is_alive():
            thread.join(REMIND)
            if control.stopped:
                control.stop()
    if failed:
        raise failed[0]
    return done[0]


@contextmanager
def _handling(handler: Callable[[int, FrameType | None], None]) -> Iterator[None]:
    """Let ``handler`` have Ctrl-C, where this is the main thread."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
