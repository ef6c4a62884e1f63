"""Who works when: the best that the optima of a dive hold together.

What a dive (``diving.py``) ends with is followed, and of what that and the last optimum take branch
and cut makes something far better within a second; then, from there, of what all of them take.
With several workers other parts of them are searched beside.
"""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import TYPE_CHECKING

from scheduler.audit import audit
from scheduler.greedy import filled_as_advised
from scheduler.search import Effort, Settings
from scheduler.weekly import Coverage, Pattern

if TYPE_CHECKING:
    from scheduler.guide import Advice
    from scheduler.nearing import Nearing

DIVES = 4
"""How often, each from what was found before; of two schools of 36 classes the fourth still found
more in both."""
LEFT = 0.5
"""The part of the time that is left for what follows, where there is a limit."""
SECONDS = 3.0
EACH = 30
"""People for each second that a search may take, if it is more than ``SECONDS``."""
SHARE = 0.25
"""The part of the time left that a search may take."""


def dived(kind: Nearing, best: Pattern, settings: Settings) -> Pattern:
    """A pattern that is nearer to the best than one that follows an optimum, or that one.

    Dives go on from what was found as long as they find more, and there is time: until half of it
    is left.
    """
    control = kind.control
    until = (control.left or 0.0) * LEFT
    for number in range(DIVES):
        begun = control.seconds
        found = _dived_once(kind, best, number, settings)
        if found is best:
            break
        best = found
        if control.left is not None and control.left - until < control.seconds - begun:
            break
    return best


def _dived_once(kind: Nearing, best: Pattern, number: int, settings: Settings) -> Pattern:
    """What one dive leads to. The first one is followed; later ones are near to what there is."""
    advices = kind.dive(best.timetable, number)
    if not advices or kind.control.over:
        return best
    start = best
    if not number:
        start = follow(kind, best, advices[-1])
        start = _searched(kind, start, [advices[-1:]], settings)
    parts = [advices, advices[len(advices) // 2 :: max(1, len(advices) // 2)]]
    found = _searched(kind, start, parts[: settings.cores], settings)
    if not number and found is start and kind.cost(best.timetable) <= kind.cost(start.timetable):
        return best
    return found


def follow(kind: Nearing, best: Pattern, advice: Advice | None) -> Pattern:
    """What comes of following advice, if that leaves no more open; it may cost more."""
    guide = kind.guide
    if advice is None:
        return best
    found = filled_as_advised(
        guide.context, guide.pools, best.timetable, advice, kind.control, kind.settings
    )
    if found is None:
        return best
    tiers = audit(guide.context, found).open_by_tier
    if tiers > best.coverage.tiers:
        return best
    return Pattern(found, _open(tiers), -1, 0)


def _searched(
    kind: Nearing, start: Pattern, parts: Sequence[Sequence[Advice]], settings: Settings
) -> Pattern:
    """The best of what a pattern and one of some parts of optima take, with no more open."""
    seconds = max(SECONDS, len(kind.guide.context.people) / EACH)
    effort = Effort(deterministic=12, share=SHARE, seconds=seconds, brief=True)

    def search(number: int) -> Pattern:
        alone = replace(settings, workers=1, seed=settings.seed + number)
        return kind.best_of(start, parts[number], effort, alone)

    with ThreadPoolExecutor(len(parts)) as threads:
        found = list(threads.map(search, range(len(parts))))
    for one in sorted(found, key=lambda pattern: pattern.quality):
        if one.timetable is not start.timetable:
            tiers = audit(kind.guide.context, one.timetable).open_by_tier
            if tiers <= start.coverage.tiers:
                return replace(start, timetable=one.timetable, coverage=_open(tiers))
    return start


def _open(tiers: tuple[int, ...]) -> Coverage:
    return Coverage(tiers, (0,) * len(tiers))
