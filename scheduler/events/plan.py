"""The year's events in a timetable: placed, what they push out settled, staffed.

Events come after the weekly pattern and its dated stage, and only add to them. What was
published of them before stays as far as it still can.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import combinations

from constraints.context import Context
from instances.at_events import AtEvents
from instances.event_dates import occasions
from instances.event_sessions import event_title
from instances.events import HeldEvent, event_posts
from instances.school import Instance
from instances.timetable import DatedChange, Expansion, Session, Timetable
from instances.words import Status
from scheduler.covers import EFFORT as COVERS
from scheduler.covers import cover_absences
from scheduler.events.displace import cancelled, displace, without_a_room
from scheduler.events.gaps import EventGap, with_gaps
from scheduler.events.items import Barred, Column, Items
from scheduler.events.mergers import merge_open_groups
from scheduler.events.moves import move_in_week, without_broken_moves
from scheduler.events.place import Placed, place
from scheduler.events.staff import Ban, Staffing
from scheduler.events.together import compatible
from scheduler.events.undisturbed import undisturbed
from scheduler.events.why_not import why_unplaced
from scheduler.progress import Control
from scheduler.result import EventFigures
from scheduler.rooms_by_date import move_out_of_closed_rooms
from scheduler.search import Settings

ROUNDS = 3
LEAST = 6.0
"""Seconds that events are given where the rest has used up all there was, or was stopped."""


@dataclass(frozen=True)
class Planned:
    """A timetable with its events; ``displaced`` with its bound, for this weekly pattern."""

    timetable: Timetable
    displaced: int = 0
    bound: int = 0
    figures: tuple[EventFigures, ...] = ()
    open_posts: int = 0
    open_bound: int = 0
    gaps: tuple[EventGap, ...] = ()


def plan_events(
    context: Context, timetable: Timetable, control: Control, settings: Settings
) -> Planned:
    """Put the events of a school into a timetable, which may have some already."""
    if not context.instance.events and not timetable.events:
        return Planned(timetable)
    if control.over:
        control = control.at_least(LEAST)
    before = {one.key: one for one in timetable.events}
    staying, barred, bound = _staying(context, before), set[Barred](), 0
    must: set[str] = set()
    for n in range(2 * ROUNDS):
        if n == 2 * ROUNDS - 1:
            must, barred = {key for key, _, _ in barred} | must, set()
        items, placed = _placed(context, timetable, (staying, barred), control, settings)
        bound = placed.bound if n == 0 else bound  # without anything barred it holds for all
        lost = {key for key, _, _ in barred} & set(placed.unplaced)
        if lost:  # better where it leaves a group without a room than nowhere
            must |= lost
            barred = {one for one in barred if one[0] not in must}
            continue
        events = tuple(
            _held(context.instance, item.key, column, before)
            for item in items.items
            if (column := placed.columns.get(item.key)) is not None
        )
        here = _displaced(context, timetable.model_copy(update={"events": events}), control)
        stuck = without_a_room(context, here)
        new = {one for one in stuck if one[0] not in must} - barred
        if not new or control.over or n == 2 * ROUNDS - 1:
            break
        barred |= new
    settled = _settle(context, cancelled(context, here, stuck.values()), control, settings)
    figures = tuple(_figures(items, placed, settled))
    bound = min(bound, placed.displaced)
    return replace(settled, displaced=placed.displaced, bound=bound, figures=figures)


def _displaced(context: Context, timetable: Timetable, control: Control) -> Timetable:
    """What the events push out cancelled, in other rooms, or at other times of the week."""
    timetable = move_out_of_closed_rooms(context, displace(context, _still_true(timetable)))
    timetable = without_broken_moves(context, timetable)
    return timetable if control.over else move_in_week(context, timetable)


def _placed(
    context: Context,
    timetable: Timetable,
    given: tuple[dict[str, HeldEvent], Collection[Barred]],
    control: Control,
    settings: Settings,
) -> tuple[Items, Placed]:
    """Dates for all events; those that stay move only if they are in the way of one another, or
    if more events fit when they do."""
    plain, (staying, barred) = undisturbed(timetable), given
    items = Items(context, plain, staying, barred)
    since = context.history.since if context.history else None
    past = {key: h for key, h in staying.items() if since is not None and h.dates[0] < since}
    fixed = [(item, item.columns[0]) for item in items.items if item.fixed is not None]
    fixed.sort(key=lambda pair: (pair[0].key not in past, pair[1].occasion.first))
    clash = {
        later[0].key
        for one, later in combinations(fixed, 2)
        if later[0].key not in past and not compatible(one, later)
    }
    if clash:
        kept = {key: held for key, held in staying.items() if key not in clash}
        return _placed(context, timetable, (kept, barred), control, settings)
    placed = place(items, control, settings)
    if placed.unplaced and len(past) < len(staying):
        free = Items(context, plain, past, barred)
        other_way = place(free, control, settings)
        if len(other_way.unplaced) < len(placed.unplaced):
            return free, other_way
    return items, placed


def _staying(context: Context, before: Mapping[str, HeldEvent]) -> dict[str, HeldEvent]:
    """Events that stay where they were published: history, and what still may be there."""
    calendar, instance = context.demand.calendar, context.instance
    since = context.history.since if context.history else None
    found = {}
    for key, held in before.items():
        event = instance.event_by_name.get(held.event)
        if event is None or held.rehearsal > event.rehearsals:
            continue
        past = since is not None and held.dates[0] < since
        known = all(date in calendar.index for date in held.dates)
        if known and (
            past
            or any(
                one.held(event, held.rehearsal) == held.model_copy(update={"staff": {}})
                for one in occasions(instance, calendar, event, rehearsal=held.rehearsal > 0)
            )
        ):
            found[key] = held
    return found


def _held(
    instance: Instance, key: str, column: Column, before: Mapping[str, HeldEvent]
) -> HeldEvent:
    """An item where it was placed, with the people it had before."""
    name, _, number = key.rpartition("#") if key not in instance.event_by_name else (key, "", "0")
    held = column.occasion.held(instance.event_by_name[name], int(number))
    known = before.get(key)
    return held.model_copy(update={"staff": known.staff}) if known else held


def _settle(
    context: Context, timetable: Timetable, control: Control, settings: Settings
) -> Planned:
    """Staff and cover; who turns out to be needed in a class is not taken from it."""
    bans: set[Ban] = set()
    best: Planned | None = None
    for _ in range(ROUNDS):
        staffed = Staffing(context, timetable, bans).solve(control, settings)
        here = timetable.model_copy(update={"events": staffed.events})
        here, wanting = covered_for_events(context, here, control, settings)
        here = merge_open_groups(context, here)
        found = Planned(here, open_posts=staffed.open_posts, open_bound=staffed.bound)
        found = replace(found, gaps=staffed.gaps)
        if best is None or _open(context, here) < _open(context, best.timetable):
            best = found
        if not wanting - bans or control.over:
            break
        bans |= wanting
    assert best is not None
    return best


def _still_true(timetable: Timetable) -> Timetable:
    """Without what was changed for an event that is no longer there."""
    held = {one.key for one in timetable.events}
    changes = {
        key: change
        for key, change in timetable.changes.items()
        if change.event is None or change.event in held
    }
    return timetable.model_copy(update={"changes": changes})


def _open(context: Context, timetable: Timetable) -> list[int]:
    """Dated open posts of the service by tier."""
    tiers: dict[int, int] = {}
    for session in Expansion(context.demand, timetable).sessions:
        if session.status is Status.OPEN:
            tiers[session.post.role.tier] = tiers.get(session.post.role.tier, 0) + 1
    return [tiers.get(tier, 0) for tier in range(5)]


def covered_for_events(
    context: Context, timetable: Timetable, control: Control, settings: Settings
) -> tuple[Timetable, set[Ban]]:
    """The own sessions of those at events covered; and who is at an event though nobody can."""
    timetable = _without_idle_covers(context, timetable)
    at = AtEvents(context.demand, timetable.events)
    away = {
        session.key: key
        for session in Expansion(context.demand, timetable).sessions
        if (key := _away_at(at, session)) is not None
    }
    covered = cover_absences(context, timetable, control, settings, COVERS, also=away)
    here = _marked(context, covered.timetable, at, away)
    here = move_out_of_closed_rooms(context, here)
    wanting = set()
    for session in Expansion(context.demand, here).sessions:
        if session.status is Status.OPEN and session.key in away:
            if session.planned is not None and session.planned not in _required(context, at, away):
                wanting.add((away[session.key], session.planned))
    return here, wanting


def _required(context: Context, at: AtEvents, away: Mapping[str, str]) -> frozenset[str]:
    """Those whom their event cannot do without."""
    keys = set(away.values())
    return frozenset(
        person for one in at.everything if one.key in keys for person in one.event.people
    ) & frozenset(context.people)


def _away_at(at: AtEvents, session: Session) -> str | None:
    """The event (key) at which the person of a session is while it takes place."""
    if session.staff is None or not session.takes_place:
        return None
    one = at.with_person(session.staff, session.date, session.start, session.end)
    return one.key if one is not None else None


def _without_idle_covers(context: Context, timetable: Timetable) -> Timetable:
    """Without covers for people who are not at the event after all."""
    at = AtEvents(context.demand, timetable.events)
    changes = dict(timetable.changes)
    for session in Expansion(context.demand, timetable).sessions:
        change = changes.get(session.key)
        if change is None or change.event is None or not (change.staff or change.open):
            continue
        planned = session.planned or ""
        if not at.with_person(planned, session.date, session.start, session.end):
            rest = change.model_copy(update={"staff": None, "open": False})
            if rest == DatedChange(event=rest.event, reason=rest.reason):
                del changes[session.key]
            else:
                changes[session.key] = rest
    return timetable.model_copy(update={"changes": changes})


def _marked(
    context: Context, timetable: Timetable, at: AtEvents, away: Mapping[str, str]
) -> Timetable:
    """The covers with the event on whose account they are."""
    titles = {one.key: event_title(context.instance, one.held) for one in at.everything}
    changes = dict(timetable.changes)
    for key, event in away.items():
        known = changes.get(key)
        if known is not None:
            changes[key] = known.model_copy(update={"event": event, "reason": titles[event]})
    return timetable.model_copy(update={"changes": changes})


def _figures(items: Items, placed: Placed, settled: Planned) -> Iterator[EventFigures]:
    """What is said of each item, in the order of the school's sheet."""
    held = {one.key: one for one in settled.timetable.events}
    for item in items.items:
        column, here = placed.columns.get(item.key), held.get(item.key)
        if column is None or here is None:
            reason = why_unplaced(items, item)
            texts = {"zh": reason.text("zh"), "en": reason.text("en")}
            yield EventFigures(event=item.event.name, rehearsal=item.rehearsal, reason=texts)
            continue
        posts = () if item.rehearsal else event_posts(item.event)
        figures = EventFigures(
            event=item.event.name,
            rehearsal=item.rehearsal,
            dates=here.dates,
            segments=here.segments,
            whole_day=here.whole_day,
            displaced=column.people,
            clubs=len(column.clubs),
            open_posts=sum(post.key not in here.staff for post in posts),
        )
        gaps = {gap.kind: gap for gap in settled.gaps if gap.event == item.key}
        yield _with_next(with_gaps(figures, gaps), placed, item.key)


def _with_next(figures: EventFigures, placed: Placed, key: str) -> EventFigures:
    if key not in placed.next_best:
        return figures
    other = placed.next_best[key]
    column = other.swap.column
    more = {
        "next_date": column.occasion.first,
        "next_displaced": column.people,
        "next_clubs": len(column.clubs),
        "next_more": max(0, other.swap.total - placed.displaced),
        "as_good": other.ties,
    }
    return figures.model_copy(update=more)
