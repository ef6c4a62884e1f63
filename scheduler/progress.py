"""What a solve tells while it runs, and how it is asked to stop."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import Enum

from instances.messages import Label


class Stage(Enum):
    """The stages of a solve, in order, with their names for people."""

    PREPARE = Label("准备数据", "preparing")
    PINS = Label("核对固定项", "checking pins")
    START = Label("先排一份", "a first timetable")
    COVERAGE = Label("安排人员到岗", "covering posts")
    FAIRNESS = Label("先顾最吃亏的人", "worst-off first")
    QUALITY = Label("确定每人时段与社团日", "who works when")
    ASSIGN = Label("分配班级与场地", "who takes which class")
    CHANGES = Label("减少变动", "fewest changes")
    IMPROVE = Label("改进", "improving")
    COVERS = Label("安排请假代课", "covering absences")
    EVENTS = Label("安排大型活动", "placing events")
    AUDIT = Label("审核", "auditing")
    FIXTURES = Label("编排比赛", "making fixtures")
    WHAT_IF = Label("试着满足", "looking for what would have to give")
    WAYS_OUT = Label("寻找解决办法", "looking for ways out")
    VERIFY = Label("验证解决办法", "verifying a way out")
    BLAME = Label("查找原因", "looking for what clashes")
    PRICE = Label("计算规则的代价", "what rules cost")


@dataclass(frozen=True)
class Progress:
    """A moment of a solve: stage, best value so far and bound (``None``: not known yet)."""

    stage: Stage
    seconds: float
    best: int | None = None
    bound: int | None = None


RESERVE_SHARE = 0.12
RESERVE_SECONDS = 12.0
RESERVE_EACH = 0.022
"""What is kept for the dated stage and the audit: for each person so much, but no more than a part
of the limit."""
EVENTS_SHARE = 0.18
EVENTS_SECONDS = 15.0
"""What is kept for placing and staffing events, where there are any."""

Listener = Callable[[Progress], None]


class Control:
    """The clock of a solve and the wish to stop it early.

    Parameters
    ----------
    time_limit
        Seconds for the whole solve; ``None`` for no limit, in which case stages stop by
        deterministic effort and a run with one worker repeats exactly.
    """

    def __init__(self, time_limit: float | None = None, listener: Listener | None = None) -> None:
        self.started = time.monotonic()
        self.time_limit = time_limit
        self.reserve = 0.0
        self._listener = listener
        self._stop = threading.Event()
        self._interrupts: list[Callable[[], None]] = []

    @property
    def seconds(self) -> float:
        """Wall-clock seconds since the start."""
        return time.monotonic() - self.started

    @property
    def left(self) -> float | None:
        """Seconds left, less those in ``reserve`` for what must follow; ``None``: no limit."""
        if self.time_limit is None:
            return None
        return max(0.0, self.time_limit - self.reserve - self.seconds)

    def hold_back(self, people: int, *, events: bool = False) -> None:
        """Keep time for the dated stage and the audit, which no timetable can do without."""
        if self.time_limit is not None:
            most = min(RESERVE_SECONDS, RESERVE_EACH * people)
            self.reserve = min(most, RESERVE_SHARE * self.time_limit)
            if events:
                self.reserve += min(EVENTS_SECONDS, EVENTS_SHARE * self.time_limit)

    def release(self, *, events: bool = False) -> None:
        """Let the rest of the solve have the time that was held back, but for that of events."""
        self.reserve = 0.0
        if events and self.time_limit is not None:
            self.reserve = min(EVENTS_SECONDS, EVENTS_SHARE * self.time_limit)

    def at_least(self, seconds: float) -> Control:
        """This one; or, if less is left or it was stopped, one that goes on for so long."""
        if not self.stopped and (self.left is None or self.left >= seconds):
            return self
        more = Control(self.seconds + seconds, self._listener)
        more.started = self.started
        return more

    @property
    def stopped(self) -> bool:
        return self._stop.is_set()

    @property
    def over(self) -> bool:
        """Whether to wind up: asked to stop, or out of time."""
        return self.stopped or self.left == 0.0

    def stop(self) -> None:
        """Ask the running searches to end with the best they have."""
        self._stop.set()
        for interrupt in tuple(self._interrupts):
            interrupt()

    @contextmanager
    def running(self, interrupt: Callable[[], None]) -> Iterator[None]:
        """While a search runs: how to interrupt it. Several may run at a time."""
        self._interrupts.append(interrupt)
        try:
            if self.stopped:
                interrupt()
            yield
        finally:
            self._interrupts.remove(interrupt)

    def tell(self, stage: Stage, best: int | None = None, bound: int | None = None) -> None:
        if self._listener is not None:
            self._listener(Progress(stage, self.seconds, best, bound))
