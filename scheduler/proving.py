"""A bound of quality, proved while something else goes on."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager

from scheduler.likely_weeks import LikelyWeeks
from scheduler.progress import Control
from scheduler.search import Settings

ALONE = 0.4
"""The part of the time left that it may take where nothing can go on beside."""


class Proving:
    """Whether a bound is being proved.

    ``running``: what proves it, once ``begun``, on a core of its own; ``None``: nothing does.
    """

    def __init__(self, running: Future[None] | None, begun: threading.Event) -> None:
        self._running = running
        self._begun = begun

    @property
    def goes_on(self) -> bool:
        """Whether a core is busy with it."""
        running = self._running
        return running is not None and self._begun.is_set() and not running.done()


@contextmanager
def proving(
    weeks: LikelyWeeks,
    control: Control,
    settings: Settings,
    *,
    until: float = 0.0,
    alone: bool = False,
) -> Iterator[Proving]:
    """While this lasts, or at its end where there is one core, the bound of the guide is raised.

    One optimum with the true costs comes first, in so much time that ``until`` seconds are left,
    then those whole weeks that are looked for meanwhile, or some of its own (``alone``): from when
    that may begin (``weeks.provable``).
    """
    guide = weeks.guide
    ended = threading.Event()

    def goes_on() -> bool:
        return settings.cores == 1 or not ended.is_set()

    def prove() -> None:
        if alone:
            weeks.provable.wait()
            late = ended.is_set() if settings.cores > 1 else guide.proved > 0
            if not control.over and not late:
                guide.bound(0, control, 1.0 if settings.cores > 1 else ALONE, goes_on)
            return
        if settings.cores > 1:  # one optimum soon, while there is nothing else to do beside
            guide.prove(control, None if control.left is None else max(0.0, control.left - until))
            weeks.begun.wait()
        guide.proved = max(guide.proved, weeks.bound(goes_on))

    with ThreadPoolExecutor(1) as beside:
        running = beside.submit(prove) if settings.cores > 1 else None
        try:
            yield Proving(running, weeks.provable)
        finally:
            ended.set()
            weeks.provable.set()
            weeks.begun.set()
        if running is None:
            prove()
        else:
            running.result()
