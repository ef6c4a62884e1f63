"""What a result says of an audited timetable: levels, gap, fairness, what is open and why."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from constraints.context import Context
from instances.school import Instance
from scheduler.audit import Audit
from scheduler.canonical import input_sha256
from scheduler.changes import ChangeCount
from scheduler.events.plan import Planned
from scheduler.figures import fairness, people_figures
from scheduler.open_posts import open_reasons
from scheduler.progress import Control
from scheduler.result import BeforeEvents, Level, PersonFigures, PinIssue, Result, SolveStatus
from scheduler.search import Settings
from scheduler.version import program_version
from scheduler.worst_off import WorstOff, level_of


@dataclass(frozen=True)
class Proved:
    """Lower bounds of coverage and quality, and the changes of a rerun with theirs.

    ``worst_off``: what is reached and proved for the worst-off, where they come first.
    ``events``: where there are any, what came of them; ``before`` is the audit without them,
    which is what coverage and quality are proved for.
    """

    coverage: int
    quality: int
    changes: ChangeCount | None = None
    worst_off: WorstOff | None = None
    events: Planned | None = None
    before: Audit | None = None

    @property
    def disturbed(self) -> bool:
        """Whether events changed what is proved of the weekly pattern."""
        return self.events is not None and bool(self.events.timetable.events)


def describe(
    context: Context,
    judged: Audit,
    proved: Proved,
    control: Control,
    settings: Settings,
    issues: Sequence[PinIssue] = (),
    instance: Instance | None = None,
) -> Result:
    """The result of a search; ``instance``: the input where not all of it was kept."""
    open_value = sum(judged.open_by_tier)
    people = people_figures(context, judged.view)
    worst_off = proved.worst_off
    classes = None
    if worst_off is not None:
        classes = worst_off.classes_proved(worst_off.measure.values(people.values()))
    levels = tuple(_levels(judged, proved, open_value, people))
    first = all(level.proved for level in levels[:-1])
    first = first and (worst_off is None or classes == worst_off.measure.size)
    gap = None
    if first and not proved.disturbed and not _gaps_of_dates(judged):
        quality = levels[-1]
        gap = round((quality.value - quality.bound) / max(1, quality.value), 6)
    status: SolveStatus = "optimal" if gap == 0 else "feasible"
    if not judged.view.timetable.holders and open_value:
        status = "unknown" if control.over else status
    return Result(
        status=status,
        levels=levels,
        gap=gap,
        seconds=round(control.seconds, 2),
        seed=settings.seed,
        version=program_version(),
        input_sha256=input_sha256(instance or context.instance),
        created=dt.datetime.now().replace(microsecond=0),
        uncovered=len(judged.open_lines),
        uncovered_sessions=open_value,
        tiers=judged.open_by_tier,
        hard_findings=len(judged.hard),
        soft=judged.points,
        fairness=fairness(people),
        fairness_by=None if worst_off is None else worst_off.measure.name,
        fairness_classes=None if worst_off is None else worst_off.measure.size,
        fairness_classes_proved=classes,
        people=people,
        open_reasons=open_reasons(context, judged),
        pin_issues=tuple(issues),
        changes=proved.changes,
        events=proved.events.figures if proved.events else (),
        before_events=_before_events(context, proved, levels[0]),
        interrupted=control.stopped,
    )


def _levels(
    judged: Audit, proved: Proved, open_value: int, people: Mapping[str, PersonFigures]
) -> list[Level]:
    """The levels in the order in which they decide."""
    events = proved.events
    covered = proved.coverage if not proved.disturbed else 0
    found = [
        Level(name="coverage", value=open_value, bound=min(open_value, covered)),
        Level(
            name="displacement",
            value=events.displaced if events else 0,
            bound=events.bound if events else 0,
        ),
    ]
    if proved.changes is not None:
        cost, bound = proved.changes.cost, proved.changes.bound
        found.append(Level(name="stability", value=cost, bound=bound))
    if proved.worst_off is not None:
        values = proved.worst_off.measure.values(people.values())
        found.append(level_of(proved.worst_off, values))
    best = 0 if proved.disturbed else min(judged.quality, max(0, proved.quality))
    return [*found, Level(name="quality", value=judged.quality, bound=best)]


def _before_events(context: Context, proved: Proved, coverage: Level) -> BeforeEvents | None:
    """What is proved of the weekly pattern, as it is without the events."""
    before = proved.before
    if not proved.disturbed or before is None:
        return None
    value = before.quality
    bound = min(value, max(0, proved.quality))
    opened = sum(before.open_by_tier)
    fair = proved.worst_off
    if fair is None:
        first = True
    else:
        people = people_figures(context, before.view)
        first = fair.classes_proved(fair.measure.values(people.values())) == fair.measure.size
    gap = None
    if opened <= proved.coverage and first and not _gaps_of_dates(before):
        gap = round((value - bound) / max(1, value), 6)
    return BeforeEvents(
        value=value,
        bound=bound,
        gap=gap,
        open=opened,
        open_bound=min(opened, proved.coverage),
        more_open=coverage.value - opened,
    )


def _gaps_of_dates(judged: Audit) -> bool:
    """Whether an absence is left uncovered: care for a club's children may then add load that
    the bound of quality does not foresee."""
    return any(session.planned is not None for session in judged.open_sessions)
