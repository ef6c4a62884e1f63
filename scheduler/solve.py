"""From an instance to its audited term timetable."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Literal

from constraints.context import Context
from constraints.pools import Pool, merged_pools, single_pools
from constraints.rules.pin_broken import PinText
from instances.derivation import derive
from instances.history import History
from instances.messages import Message, Template
from instances.school import Instance
from instances.timetable import Timetable
from instances.words import FairnessMode
from scheduler.areas import Areas
from scheduler.assign import anneal_dealt, assign_classes, improve_dealt
from scheduler.audit import audit
from scheduler.deal import deal_classes
from scheduler.describe import Proved, describe
from scheduler.events.plan import plan_events
from scheduler.first import first_pattern
from scheduler.garbage import rarely_collected
from scheduler.guide import Guide
from scheduler.improve import improve
from scheduler.likely_weeks import LikelyWeeks
from scheduler.progress import Control, Stage
from scheduler.proving import Proving, proving
from scheduler.repair import settle_dates
from scheduler.result import PinIssue, Published, RoomIssue
from scheduler.room_supply import room_deficits
from scheduler.scope import is_small
from scheduler.search import Effort, Settings
from scheduler.weekly import (
    Coverage,
    Infeasible,
    Pattern,
    find_pattern,
    impossible_pins,
    pinned_lines,
    worst_off_first,
)

Method = Literal["staged", "direct"]

DIRECT = Effort(deterministic=300, share=0.85)
SMALL = Effort(deterministic=60, share=0.7)
CLASSES = 0.75
"""Of the time for quality, what is left for who takes which class."""

PIN_IMPOSSIBLE = Template(
    "固定项“{pin}”与硬性规则或其他固定项冲突，任何课表都无法满足，已略去。",
    "The pin “{pin}” conflicts with a must or another pin; no timetable can keep it,"
    " so it was left out.",
)

PIN_NOT_KEPT = Template(
    "在限定的时间内没有找到能满足固定项“{pin}”的课表，已略去；是否可能尚不清楚。",
    "No timetable that keeps the pin “{pin}” was found in the time allowed, so it was left out;"
    " whether one exists is not known.",
)

ROOMS_TOGETHER = Template(
    "{activities}的各组无法都分到场地：可用的只有{rooms}，每组在所有时间用同一个场地，"
    "而任何分法都会超过场地的组数或人数。",
    "The groups of {activities} cannot all have a room: there are only {rooms}, each group keeps"
    " one room at all its times, and every way to share them out exceeds what a room holds.",
)


@rarely_collected()
def solve(
    instance: Instance,
    control: Control | None = None,
    settings: Settings | None = None,
    method: Method = "staged",
) -> Published:
    """Find, audit and describe the best timetable of a term.

    A timetable is always returned: what cannot be staffed is left open and listed. When the
    control stops the search early, the best found so far is returned. Where the rooms are too
    few for any timetable, an empty one is, and the result says why (``infeasible``).
    """
    control = control or Control()
    settings = settings or Settings()
    control.tell(Stage.PREPARE)
    if short := room_deficits(derive(instance)):
        return _impossible(instance, [deficit.what for deficit in short], control, settings)
    context, issues = without_impossible_pins(instance, control, settings)
    control.hold_back(len(context.people), events=bool(instance.events))
    try:
        pattern = _pattern(context, control, settings, method)
    except Infeasible:
        return _impossible(instance, [_together(context)], control, settings)
    finally:
        control.release(events=bool(instance.events))
    dated = settle_dates(context, pattern, control, settings)
    control.release()
    planned = plan_events(context, dated.timetable, control, settings)
    control.tell(Stage.AUDIT)
    judged = audit(context, planned.timetable)
    proved = _proved(dated.pattern)
    if instance.events:
        before = audit(context, dated.timetable)
        proved = replace(proved, events=planned, before=before)
    return Published(
        instance=instance,
        timetable=planned.timetable,
        result=describe(context, judged, proved, control, settings, issues, instance),
    )


def without_impossible_pins(
    instance: Instance, control: Control, settings: Settings, history: History | None = None
) -> tuple[Context, tuple[PinIssue, ...]]:
    """The facts of a school less the pins that no timetable can keep, and these."""
    context = Context(instance, history=history)
    pools = merged_pools(context, pinned_lines(context))
    broken, proved = impossible_pins(context, pools, control, settings)
    if not broken:
        return context, ()
    issues = []
    for index in broken:
        text = (PIN_IMPOSSIBLE if proved else PIN_NOT_KEPT)(pin=PinText(instance.pins[index]))
        issues.append(PinIssue(pin=index, zh=text.text("zh"), en=text.text("en")))
    kept = tuple(pin for index, pin in enumerate(instance.pins) if index not in broken)
    return Context(instance.model_copy(update={"pins": kept}), history=history), tuple(issues)


def _impossible(
    instance: Instance, reasons: Sequence[Message], control: Control, settings: Settings
) -> Published:
    """No timetable, and why the rooms do not suffice for one."""
    context = Context(instance)
    nothing = _nothing(context)
    judged = audit(context, nothing.timetable)
    result = describe(context, judged, _proved(nothing), control, settings)
    issues = tuple(RoomIssue(zh=one.text("zh"), en=one.text("en")) for one in reasons)
    more = {"status": "infeasible", "hard_findings": 0, "gap": None, "room_issues": issues}
    return Published(
        instance=instance, timetable=nothing.timetable, result=result.model_copy(update=more)
    )


def _together(context: Context) -> Message:
    """That the rooms do not suffice, where no single time of the week shows it."""
    groups, rooms = context.demand.group_by_key, context.demand.group_rooms
    activities = dict.fromkeys(groups[key].activity for key in rooms)
    names = dict.fromkeys(name for some in rooms.values() for name in some)
    return ROOMS_TOGETHER(activities=tuple(activities), rooms=tuple(names))


def _pattern(context: Context, control: Control, settings: Settings, method: Method) -> Pattern:
    singles = single_pools(context.demand)
    if method == "direct" or is_small(context):
        effort = DIRECT if method == "direct" else SMALL
        limit = len(context.people)
        found = find_pattern(context, singles, control, settings, effort, dated_limit=limit)
        if found is None or method == "direct":
            return found or _nothing(context)
        return improve(
            context, singles, found, control, settings, Stage.IMPROVE, rounds=10, until=0.0
        )
    pools = merged_pools(context, pinned_lines(context))
    areas = Areas(context.demand)
    guide = Guide(context, areas.split(pools))
    weeks = LikelyWeeks(guide, areas, control, settings.cores)
    with proving(weeks, control, settings, alone=True) as proof:
        found = _dealt(weeks, pools, control, settings, proof)
    if found is None:
        return _nothing(context)
    found = replace(found, bound=max(found.bound, guide.at_least(found.coverage.value)))
    if control.over:
        return found
    return improve_dealt(weeks, pools, found, control, settings)


def _dealt(
    weeks: LikelyWeeks, pools: Sequence[Pool], control: Control, settings: Settings, proof: Proving
) -> Pattern | None:
    """A pattern with classes dealt out, and annealed; ``None`` if there was no time for any."""
    guide, context = weeks.guide, weeks.guide.context
    until = (control.left or 0.0) * CLASSES
    found = first_pattern(context, pools, control, settings, weeks=weeks, until=until)
    if found is None:
        return None
    if context.instance.fairness is not FairnessMode.BALANCED:
        found = worst_off_first(context, pools, found, control, settings)
    open_places = found.coverage.value
    if weeks.begun.is_set() and not guide.at_least(open_places) and not control.over:
        guide.bound(open_places, control)
    found = replace(found, bound=max(found.bound, guide.at_least(open_places)))
    if control.over:
        dealt = deal_classes(context, pools, found.timetable, settings.seed, exchange=False)
        return replace(found, timetable=dealt)
    found = assign_classes(context, pools, found, control, settings)
    return anneal_dealt(weeks, found, control, settings, proof)


def _proved(pattern: Pattern) -> Proved:
    coverage = pattern.coverage
    return Proved(coverage.bound, pattern.bound, worst_off=coverage.worst_off)


def _nothing(context: Context) -> Pattern:
    """The empty timetable: every post open. Returned when there was no time for anything."""
    empty = Timetable()
    tiers = audit(context, empty).open_by_tier
    return Pattern(empty, Coverage(tiers, (0,) * len(tiers)), -1, 0)
