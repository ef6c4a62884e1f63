"""What is seen while a solve runs: live on a terminal, plain lines elsewhere; always stderr."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace

from rich.console import Console, Group, RenderableType
from rich.live import Live
from rich.spinner import Spinner
from rich.text import Text

from instances.messages import Label, Lang
from scheduler.progress import Progress, Stage

BEST = Label("目前最好", "best so far")
BOUND = Label("已证明至少", "proved at least")
WITH_FIGURES = {Stage.COVERAGE, Stage.QUALITY, Stage.ASSIGN, Stage.IMPROVE}
"""Stages whose value means something to the reader: open posts, then penalty points."""
PLAIN_EVERY = 10.0
"""Seconds after which a plain log repeats itself within a stage."""


class Terminal:
    """The people's side of a running command. ``show`` may be called from any thread."""

    def __init__(self, console: Console | None = None) -> None:
        self._console = console or Console(stderr=True, highlight=False)
        self._lock = threading.Lock()
        self._stages: dict[Stage, Progress] = {}
        self._now: Progress | None = None
        self._told = time.monotonic()
        self._said: Progress | None = None
        self._lang: Lang = "zh"
        self._live: Live | None = None
        self._spinner = Spinner("line")

    def say(self, lines: Iterable[str]) -> None:
        """Print lines above whatever is live."""
        for line in lines:
            self._console.print(Text(line), soft_wrap=True)

    def show(self, progress: Progress) -> None:
        """Take note of a moment of a solve."""
        with self._lock:
            last, same = self._now, self._now is not None and self._now.stage is progress.stage
            if last is not None and same:
                progress = _completed(progress, last)
            self._now, self._told = progress, time.monotonic()
            self._stages[progress.stage] = progress
            lines = [] if self._live else self._news(last, progress)
        self.say(lines)

    @contextmanager
    def live(self, lang: Lang) -> Iterator[None]:
        """Keep the display up to date, where there is a terminal to keep it on."""
        self._lang = lang
        if not self._console.is_terminal:
            yield
            return
        self._live = Live(
            get_renderable=self._picture,
            console=self._console,
            refresh_per_second=5,
            transient=True,
        )
        try:
            with self._live:
                yield
        finally:
            self._live = None

    def _news(self, last: Progress | None, now: Progress) -> list[str]:
        """The plain lines that a moment is worth: the end of a stage, a new one, or a while."""
        if last is not None and last.stage is now.stage:
            if self._said is not None and now.seconds - self._said.seconds <= PLAIN_EVERY:
                return []
            news = [now]
        else:
            ended = last is not None and last is not self._said and self._figures(last)
            news = [last, now] if last is not None and ended else [now]
        self._said = now
        return [self._line(one) for one in news]

    def _picture(self) -> RenderableType:
        with self._lock:
            now, waited = self._now, time.monotonic() - self._told
            before = [one for one in self._stages.values() if one is not now]
        rows: list[RenderableType] = [Text(f"  {self._line(one)}", "dim") for one in before]
        if now is not None:
            running = replace(now, seconds=now.seconds + waited)
            self._spinner.update(text=Text(self._line(running)))
            rows.append(self._spinner)
        return Group(*rows)

    def _line(self, progress: Progress) -> str:
        stage = progress.stage.value.text(self._lang)
        return " · ".join([f"{clock(progress.seconds)} {stage}", *self._figures(progress)])

    def _figures(self, progress: Progress) -> list[str]:
        if progress.stage not in WITH_FIGURES:
            return []
        given = ((BEST, progress.best), (BOUND, progress.bound or None))  # at least 0 says nothing
        return [f"{label.text(self._lang)} {value}" for label, value in given if value is not None]


def _completed(progress: Progress, last: Progress) -> Progress:
    """A moment with what was known before within the same stage."""
    best = last.best if progress.best is None else progress.best
    bound = last.bound if progress.bound is None else progress.bound
    return replace(progress, best=best, bound=bound)


def clock(seconds: float) -> str:
    """Minutes and seconds: 01:07."""
    return f"{int(seconds) // 60:02d}:{int(seconds) % 60:02d}"
