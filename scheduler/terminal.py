"""What is seen while a solve runs: live on a terminal, plain lines elsewhere; always stderr."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from rich.console import Console, Group, RenderableType
from rich.live import Live
from rich.spinner import Spinner
from rich.text import Text

from instances.messages import Label, Lang
from scheduler.progress import Progress, Stage

BEST = Label("目前最好", "best so far")
BOUND = Label("已证明不低于", "proved at least")
ELAPSED = Label("已用", "elapsed")
PLAIN_EVERY = 10.0
"""Seconds after which a plain log repeats itself within a stage."""


class Terminal:
    """The people's side of a running command. ``show`` may be called from any thread."""

    def __init__(self, console: Console | None = None) -> None:
        self._console = console or Console(stderr=True, highlight=False)
        self._lock = threading.Lock()
        self._done: list[Progress] = []
        self._now: Progress | None = None
        self._lang: Lang = "zh"
        self._said = 0.0
        self._live: Live | None = None
        self._spinner = Spinner("line")

    def say(self, lines: Iterable[str]) -> None:
        """Print lines above whatever is live."""
        for line in lines:
            self._console.print(Text(line), soft_wrap=True)

    def show(self, progress: Progress) -> None:
        """Take note of a moment of a solve."""
        with self._lock:
            last, self._now = self._now, progress
            changed = last is None or last.stage is not progress.stage
            if last is not None and changed:
                self._done.append(last)
            plain = self._live is None and (changed or progress.seconds - self._said > PLAIN_EVERY)
            if plain:
                self._said = progress.seconds
        if plain:
            self._console.print(Text(self._line(progress)), soft_wrap=True)

    @contextmanager
    def live(self, lang: Lang) -> Iterator[None]:
        """Keep the display up to date, where there is a terminal to keep it on."""
        self._lang = lang
        if not self._console.is_terminal:
            yield
            return
        with Live(
            get_renderable=self._picture,
            console=self._console,
            refresh_per_second=5,
            transient=True,
        ) as self._live:
            yield
        self._live = None

    def _picture(self) -> RenderableType:
        with self._lock:
            done, now = list(self._done), self._now
        rows: list[RenderableType] = [Text(f"  {self._line(one)}", "dim") for one in done]
        if now is not None:
            self._spinner.update(text=Text(self._line(now)))
            rows.append(self._spinner)
        return Group(*rows)

    def _line(self, progress: Progress) -> str:
        lang = self._lang
        parts = [f"{clock(progress.seconds)} {progress.stage.value.text(lang)}"]
        if progress.best is not None and progress.stage is not Stage.PREPARE:
            parts.append(f"{BEST.text(lang)} {progress.best}")
        if progress.bound is not None:
            parts.append(f"{BOUND.text(lang)} {progress.bound}")
        return " · ".join(parts)


def clock(seconds: float) -> str:
    """Minutes and seconds: 01:07."""
    return f"{int(seconds) // 60:02d}:{int(seconds) % 60:02d}"
