"""Running a solve so that Ctrl-C keeps the best found, and a second one gives up."""

from __future__ import annotations

import atexit
import os
import signal
import socket
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from types import FrameType
from typing import TypeVar

from scheduler.giving_up import listen
from scheduler.progress import Control

T = TypeVar("T")
REMIND = 1.0
"""Seconds between reminders to a solve that was asked to stop: each stage hears it anew."""
INTERRUPTED = 130
"""The exit code of what was given up."""


class GivenUp(KeyboardInterrupt):
    """Ctrl-C was pressed a second time; ``written`` says which files had been written by then."""

    def __init__(self, written: Sequence[str] = ()) -> None:
        self.written = tuple(written)
        super().__init__()


def stoppable(
    work: Callable[[], T], control: Control, on_stop: Callable[[], None], *, writes: bool = False
) -> T:
    """What ``work`` returns, run aside while this thread waits for it or for Ctrl-C.

    Work that ``writes`` is not left at a second Ctrl-C, but waited for until it has taken back
    what is half written, or has written it.

    Raises
    ------
    KeyboardInterrupt
        At the second Ctrl-C.
    """
    done: list[T] = []
    failed: list[BaseException] = []
    given_up, ended = threading.Event(), threading.Event()

    def target() -> None:
        listen(given_up)
        try:
            done.append(work())
        except BaseException as failure:
            failed.append(failure)
        finally:
            ended.set()

    def interrupted(*_: object) -> None:
        for _press in range(presses.counted()):
            if not control.stopped:
                control.stop()
                on_stop()
            elif not given_up.is_set():
                given_up.set()
                if not writes:
                    raise GivenUp

    thread = threading.Thread(target=target, name="solve", daemon=True)
    with _Presses() as presses, handling(interrupted):
        thread.start()
        try:
            while not ended.wait(REMIND):  # a join that is interrupted takes it for ended
                interrupted()
                if control.stopped:
                    control.stop()
        except GivenUp:
            atexit.register(_leave, ended)
            raise
    if failed:
        raise failed[0]
    return done[0]


def _leave(ended: threading.Event) -> None:
    """End the program now if a solve still runs: machine code that comes back to an interpreter
    being taken down aborts it.
    """
    if not ended.is_set():
        for stream in (sys.stdout, sys.stderr):
            with suppress(OSError, ValueError):
                stream.flush()
        os._exit(INTERRUPTED)


class _Presses:
    """Counts how often Ctrl-C is pressed: while machine code runs, Python hears of it once."""

    def __enter__(self) -> _Presses:
        self._heard, self._told = socket.socketpair()
        self._heard.setblocking(False)
        self._told.setblocking(False)
        self._main = threading.current_thread() is threading.main_thread()
        self._before = signal.set_wakeup_fd(self._told.fileno()) if self._main else -1
        return self

    def __exit__(self, *_: object) -> None:
        if self._main:
            signal.set_wakeup_fd(self._before)
        self._heard.close()
        self._told.close()

    def counted(self) -> int:
        """How often it was pressed since this was asked last."""
        try:
            return self._heard.recv(512).count(signal.SIGINT)
        except BlockingIOError:
            return 0


@contextmanager
def handling(handler: Callable[[int, FrameType | None], None] | signal.Handlers) -> Iterator[None]:
    """Let ``handler`` have Ctrl-C, where this is the main thread."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
