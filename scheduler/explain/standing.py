"""Where a school stands as it is: every post filled, provably not, or not decided in the time."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum

from constraints.catalogue import active_rules
from constraints.context import Context
from constraints.pools import merged_pools
from instances.school import Instance
from instances.timetable import Timetable
from scheduler.audit import Audit, audit
from scheduler.explain.arranging import DropPin, applied
from scheduler.explain.elastic import Elastic, trouble_of
from scheduler.explain.offers import Trouble
from scheduler.first import first_pattern
from scheduler.incumbent import read_out
from scheduler.preflight import Preflight, preflight
from scheduler.progress import Control, Stage
from scheduler.repair import settle_once
from scheduler.room_supply import closed_uses
from scheduler.scope import is_small
from scheduler.search import Effort, Settings, search
from scheduler.weekly import Infeasible, impossible_pins, pinned_lines

COVER = Effort(deterministic=15, share=0.5)
COVERS = Effort(deterministic=1, share=0.2, seconds=2)
EVERYTHING = Trouble(frozenset(), frozenset(), everything=True)


class Answer(Enum):
    """Whether every post can be filled, with everything fixed by hand kept."""

    YES = "yes"
    NO = "no"
    UNDECIDED = "undecided"


@dataclass(frozen=True)
class Standing:
    """The best weekly timetable of a school as it is, and what is proved.

    ``at_least``: dated places that stay open in every timetable. ``clashing``: pins (by number)
    left out of it, since no timetable keeps them all. ``judged`` is the audit of the timetable
    with its dates settled; both are ``None`` where there is no timetable at all.
    """

    answer: Answer
    counted: Preflight
    timetable: Timetable | None = None
    judged: Audit | None = None
    at_least: int = 0
    clashing: tuple[int, ...] = ()
    trouble: Trouble = EVERYTHING

    @property
    def open_now(self) -> int:
        """Dated places open in the timetable."""
        return sum(self.judged.open_by_tier) if self.judged else 0


@dataclass(frozen=True)
class _Found:
    """A pattern of the school without some pins; ``at_least`` is proved to stay open."""

    pattern: Timetable | None
    at_least: int = 0
    impossible: bool = False


def standing(school: Instance, control: Control, settings: Settings) -> Standing:
    """Count, then look for the timetable with the fewest open posts."""
    control.tell(Stage.PREPARE)
    counted = preflight(school)
    context = in_open_rooms(school)
    pools = merged_pools(context, pinned_lines(context))
    clashing, proved = impossible_pins(context, pools, control, settings)
    if clashing:
        pins = [DropPin(school.pins[n], n) for n in clashing]
        context = in_open_rooms(applied(school, pins))
    short = bool(counted.deficits) or _without_open_room(context)
    found = _covered(context, control, settings, short=short)
    no = short or found.impossible or found.at_least > 0 or bool(clashing and proved)
    if found.pattern is None:
        answer = Answer.NO if no else Answer.UNDECIDED
        return Standing(answer, counted, clashing=tuple(clashing))
    judged = settled(context, found.pattern, control, settings)
    full = not clashing and is_full(judged)
    return Standing(
        Answer.NO if no else Answer.YES if full else Answer.UNDECIDED,
        counted,
        found.pattern,
        judged,
        found.at_least,
        tuple(clashing),
        _trouble(context, judged),
    )


def musts_of(school: Instance) -> Context:
    """The facts of a school, with its musts alone."""
    return Context(school, tuple(rule for rule in active_rules(school) if rule.weight is None))


def in_open_rooms(school: Instance) -> Context:
    """The facts of a school and its musts; nothing meets where a room is closed every time."""
    context = musts_of(school)
    closed = closed_uses(context.demand)
    if closed:
        options = {
            name: tuple(
                replace(
                    option,
                    rooms=tuple(
                        room
                        for room in option.rooms
                        if room not in closed.get((name, option.index), ())
                    ),
                )
                for option in some
            )
            for name, some in context.demand.options.items()
        }
        context.demand = replace(context.demand, options=options)
    return context


def _without_open_room(context: Context) -> bool:
    """Whether all rooms of some activity are closed at all of its times, or it has none."""
    demand = context.demand
    return any(
        not any(option.rooms for option in options) and any(demand.taken[name].values())
        for name, options in demand.options.items()
    )


def settled(context: Context, pattern: Timetable, control: Control, settings: Settings) -> Audit:
    """The audit of a weekly timetable with rooms and covers for every date."""
    dated = settle_once(context, pattern, control, settings, COVERS, best=False)
    return audit(context, dated)


def is_full(judged: Audit, at_most: int = 0) -> bool:
    """Whether every must is kept, no more stays open than said, and every club takes place."""
    return not judged.hard and sum(judged.open_by_tier) <= at_most and not never(judged)


def never(judged: Audit) -> frozenset[str]:
    """Movable activities that are placed, but take place on no date at all."""
    found = {session.post.activity for session in judged.view.sessions if session.takes_place}
    return frozenset(judged.view.expansion.option_of) - found


def _covered(context: Context, control: Control, settings: Settings, *, short: bool) -> _Found:
    """The weekly timetable with the fewest open posts; ``short``: that there are some is known."""
    if not is_small(context):
        pools = merged_pools(context, pinned_lines(context))
        try:
            first = first_pattern(context, pools, control, settings, proof=not short)
        except Infeasible:
            return _Found(None, impossible=True)
        return _Found(first.timetable, first.coverage.bound) if first else _Found(None)
    elastic = Elastic(context, [], EVERYTHING)
    alone = Settings(1, settings.seed)
    found = search(elastic.model.cp, elastic.open, control, alone, COVER, Stage.COVERAGE)
    if found.solution is None:
        return _Found(None, impossible=found.outcome == "infeasible")
    return _Found(read_out(elastic.model, found), found.bound)


def _trouble(context: Context, judged: Audit) -> Trouble:
    """What is open or found no room, with all that is at the same times."""
    lines = {post.line for post in judged.open_lines}
    lines |= {session.post.line for session in judged.open_sessions}
    roomless = {post.activity for post in judged.unplaced_posts} | never(judged)
    return trouble_of(context, lines, roomless)
