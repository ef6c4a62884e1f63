"""From an instance to its audited term timetable."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from importlib.metadata import PackageNotFoundError, version
from typing import Literal

from constraints.context import Context
from constraints.pools import merged_pools, single_pools
from constraints.rules.pin_broken import PinText
from instances.derivation import derive
from instances.messages import Message, Template
from instances.school import Instance
from instances.timetable import Timetable
from scheduler.assign import assign_classes
from scheduler.audit import Audit, audit
from scheduler.canonical import input_sha256
from scheduler.deal import deal_classes
from scheduler.figures import fairness, people_figures
from scheduler.improve import improve
from scheduler.open_posts import open_reasons
from scheduler.progress import Control, Stage
from scheduler.repair import settle_dates
from scheduler.result import Level, PinIssue, Published, Result, RoomIssue, SolveStatus
from scheduler.room_supply import room_deficits
from scheduler.search import Effort, Settings
from scheduler.weekly import (
    Coverage,
    Infeasible,
    Pattern,
    find_pattern,
    impossible_pins,
    pinned_lines,
)

Method = Literal["staged", "direct"]

WHEN = Effort(deterministic=15, share=0.2)
DIRECT = Effort(deterministic=300, share=0.85)
SMALL = Effort(deterministic=60, share=0.7)
SMALL_SIZE = 1500

PIN_IMPOSSIBLE = Template(
    "固定项“{pin}”与硬性规则或其他固定项冲突，任何课表都无法满足，已略去。",
    "The pin “{pin}” conflicts with a must or another pin; no timetable can keep it,"
    " so it was left out.",
)

ROOMS_TOGETHER = Template(
    "{activities}的各组无法都分到场地：可用的只有{rooms}，每组在所有时间用同一个场地，"
    "而任何分法都会超过场地的组数或人数。",
    "The groups of {activities} cannot all have a room: there are only {rooms}, each group keeps"
    " one room at all its times, and every way to share them out exceeds what a room holds.",
)


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
    context, issues = _without_impossible_pins(instance, control, settings)
    control.hold_back()
    try:
        pattern = _pattern(context, control, settings, method)
    except Infeasible:
        return _impossible(instance, [_together(context)], control, settings)
    finally:
        control.release()
    dated = settle_dates(context, pattern, control, settings)
    control.tell(Stage.AUDIT)
    judged = audit(context, dated.timetable)
    return Published(
        instance=instance,
        timetable=dated.timetable,
        result=_result(instance, context, dated.pattern, judged, control, settings, issues),
    )


def _without_impossible_pins(
    instance: Instance, control: Control, settings: Settings
) -> tuple[Context, tuple[PinIssue, ...]]:
    context = Context(instance)
    pools = merged_pools(context, pinned_lines(context))
    broken = impossible_pins(context, pools, control, settings)
    if not broken:
        return context, ()
    issues = []
    for index in broken:
        text = PIN_IMPOSSIBLE(pin=PinText(instance.pins[index]))
        issues.append(PinIssue(pin=index, zh=text.text("zh"), en=text.text("en")))
    kept = tuple(pin for index, pin in enumerate(instance.pins) if index not in broken)
    return Context(instance.model_copy(update={"pins": kept})), tuple(issues)


def _impossible(
    instance: Instance, reasons: Sequence[Message], control: Control, settings: Settings
) -> Published:
    """No timetable, and why the rooms do not suffice for one."""
    context = Context(instance)
    nothing = _nothing(context)
    judged = audit(context, nothing.timetable)
    result = _result(instance, context, nothing, judged, control, settings, ())
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
    if method == "direct" or _is_small(context):
        effort = DIRECT if method == "direct" else SMALL
        limit = len(context.people)
        found = find_pattern(context, singles, control, settings, effort, dated_limit=limit)
        if found is None or method == "direct":
            return found or _nothing(context)
        return improve(
            context, singles, found, control, settings, Stage.IMPROVE, rounds=10, until=0.0
        )
    pools = merged_pools(context, pinned_lines(context))
    found = find_pattern(context, pools, control, settings, WHEN)
    if found is None:
        return _nothing(context)
    left = control.left or 0.0
    found = improve(
        context, pools, found, control, settings, Stage.QUALITY, rounds=30, until=left * 0.55
    )
    if control.over:
        return replace(found, timetable=deal_classes(context, pools, found.timetable))
    found = assign_classes(context, pools, found, control, settings)
    return improve(context, singles, found, control, settings, Stage.IMPROVE, rounds=30)


def _is_small(context: Context) -> bool:
    """Whether the full model can be expected to be proved at once (measured: in seconds)."""
    return sum(len(posts) for posts in context.possible.values()) <= SMALL_SIZE


def _nothing(context: Context) -> Pattern:
    """The empty timetable: every post open. Returned when there was no time for anything."""
    empty = Timetable()
    tiers = audit(context, empty).open_by_tier
    return Pattern(empty, Coverage(tiers, (0,) * len(tiers)), -1, 0)


def _result(
    instance: Instance,
    context: Context,
    pattern: Pattern,
    judged: Audit,
    control: Control,
    settings: Settings,
    issues: tuple[PinIssue, ...],
) -> Result:
    open_value = sum(judged.open_by_tier)
    coverage = Level(
        name="coverage", value=open_value, bound=min(open_value, pattern.coverage.bound)
    )
    quality = Level(
        name="quality", value=judged.quality, bound=min(judged.quality, max(0, pattern.bound))
    )
    displacement = Level(name="displacement", value=0, bound=0)
    gap = None
    if coverage.proved and not _gaps_of_dates(judged):
        gap = round((quality.value - quality.bound) / max(1, quality.value), 6)
    status: SolveStatus = "optimal" if gap == 0 else "feasible"
    if not pattern.timetable.holders and open_value:
        status = "unknown" if control.over else status
    people = people_figures(context, judged.view)
    return Result(
        status=status,
        levels=(coverage, displacement, quality),
        gap=gap,
        seconds=round(control.seconds, 2),
        seed=settings.seed,
        version=program_version(),
        input_sha256=input_sha256(instance),
        created=dt.datetime.now().replace(microsecond=0),
        uncovered=len(judged.open_lines),
        uncovered_sessions=open_value,
        tiers=judged.open_by_tier,
        hard_findings=len(judged.hard),
        soft=judged.points,
        fairness=fairness(people),
        people=people,
        open_reasons=open_reasons(context, judged),
        pin_issues=issues,
        interrupted=control.stopped,
    )


def _gaps_of_dates(judged: Audit) -> bool:
    """Whether an absence is left uncovered: care for a club's children may then add load that
    the bound of quality does not foresee."""
    return any(session.planned is not None for session in judged.open_sessions)


def program_version() -> str:
    """The version of this program."""
    try:
        return version("afterschool")
    except PackageNotFoundError:
        return "0.1.0"
