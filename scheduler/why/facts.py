"""What one person asked for, what they got, and how it compares: no solver."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from constraints.rules.uneven_load import UnevenLoad
from constraints.shares import reachable, slots_of
from constraints.unwelcome import late_fridays, unwelcome_slots
from instances.demand import Post
from instances.school import Staff
from instances.words import Level, Status, Weekday
from scheduler.why.grounds import Missed, Unwelcome, missed, unwelcome
from scheduler.why.situation import Aim, Colleagues, Situation, Slot


@dataclass(frozen=True)
class Asked:
    """The wishes of one person: slots by level, activities by level."""

    default: Level | None
    slots: dict[Level, tuple[Slot, ...]]
    activities: dict[Level, tuple[str, ...]]

    @property
    def nothing(self) -> bool:
        return not any(self.slots.values()) and not any(self.activities.values())


@dataclass(frozen=True)
class Got:
    """What one person holds: weekly posts with rooms, turns of a rota, covers for others.

    ``covered``: sessions of theirs that somebody else takes. ``open_dates``: those of their
    sessions for which nobody was found.
    """

    weekly: tuple[tuple[Post, str | None], ...]
    turns: tuple[Post, ...]
    weekdays: tuple[Weekday, ...]
    sessions: int
    covers: tuple[tuple[dt.date, str], ...]
    covered: int
    open_dates: int


@dataclass(frozen=True)
class Load:
    """Load and fair share in hundredths of a unit, and how others stand to theirs.

    ``limited``: the share is all that consent and caps allow. ``tolerance``: the difference in
    weekly posts that the school's rule lets pass, if it has one for this person. ``mean``: how
    far people are from their shares on average.
    """

    load: int
    share: int | None
    limited: bool
    weekly_post: int
    tolerance: int | None
    below: Colleagues
    above: Colleagues
    mean: int


@dataclass(frozen=True)
class Wishes:
    """Wish shares, 0 to 1; ``own`` is ``None`` for who holds nothing or has no choice."""

    own: float | None
    mean: float | None
    worst: float | None
    fewer: Colleagues
    compared: int


@dataclass(frozen=True)
class UnwelcomeWork:
    """Weekly slots late on Fridays or that their holder would rather not have.

    ``mean`` and ``more`` are of those with a share of the work.
    """

    own: int
    mean: float
    more: Colleagues


@dataclass(frozen=True)
class StaffFacts:
    """All that a letter to one person says, but for what would have to give."""

    staff: Staff
    asked: Asked
    got: Got
    load: Load
    wishes: Wishes
    unwelcome_work: UnwelcomeWork
    missed: tuple[Missed, ...]
    unwelcome: tuple[Unwelcome, ...]


def staff_facts(situation: Situation, key: str) -> StaffFacts:
    """The facts about one person, by staff key."""
    asked = _asked(situation, key)
    week = situation.weeks.get(key, ())
    return StaffFacts(
        staff=situation.context.people[key].staff,
        asked=asked,
        got=_got(situation, key),
        load=_load(situation, key),
        wishes=_wishes(situation, key),
        unwelcome_work=_unwelcome_work(situation, key),
        missed=tuple(
            missed(situation, key, aim)
            for aim in _preferred(asked)
            if not any(aim.takes_in(post, situation.instance) for post in week)
        ),
        unwelcome=tuple(unwelcome(situation, key, aim) for aim in _disliked(situation, key)),
    )


def _asked(situation: Situation, key: str) -> Asked:
    staff = situation.context.people[key].staff
    slots: dict[Level, list[Slot]] = {level: [] for level in Level}
    for wish in staff.wishes:
        slots[wish.level].append(Slot(wish.weekday, wish.band))
    activities: dict[Level, list[str]] = {level: [] for level in Level}
    for dear in staff.activity_wishes:
        activities[dear.level].append(dear.activity)
    order = {band: n for n, band in enumerate(situation.instance.bands)}
    return Asked(
        staff.default,
        {
            level: tuple(sorted(some, key=lambda slot: (slot.weekday, order.get(slot.band, 0))))
            for level, some in slots.items()
        },
        {level: tuple(some) for level, some in activities.items()},
    )


def _preferred(asked: Asked) -> list[Aim]:
    """What a person has written that they prefer, slots first."""
    slots = asked.slots[Level.PREFERS]
    return [*map(Aim, slots), *map(Aim, asked.activities[Level.PREFERS])]


def _disliked(situation: Situation, key: str) -> list[Aim]:
    """Slots and activities that a person holds a weekly post in and would rather not."""
    person = situation.context.people[key]
    disliked = {
        wish.activity for wish in person.staff.activity_wishes if wish.level is Level.RATHER_NOT
    }
    found: list[Aim] = []
    for post in situation.weeks.get(key, ()):
        if person.level(post) is not Level.RATHER_NOT:
            continue
        if post.activity in disliked:
            found.append(Aim(post.activity))
            continue
        found += [
            Aim(Slot(weekday, situation.instance.segment_by_name[segment].band_name))
            for block in post.blocks
            for weekday, segment in block.slots
            if person.slot_level(weekday, segment) is Level.RATHER_NOT
        ]
    return list(dict.fromkeys(found))


def _got(situation: Situation, key: str) -> Got:
    view = situation.view
    week = situation.weeks.get(key, ())
    held = view.held.get(key, ())
    mine = [s for s in view.sessions if s.planned == key and s.takes_place]
    return Got(
        weekly=tuple((post, view.expansion.room_of(post)) for post in week),
        turns=situation.turns.get(key, ()),
        weekdays=tuple(sorted({block.weekday for post in week for block in post.blocks})),
        sessions=len(held),
        covers=tuple((s.date, s.segment) for s in held if s.planned not in (None, key)),
        covered=sum(session.staff not in (None, key) for session in mine),
        open_dates=sum(session.status is Status.OPEN for session in mine),
    )


def _load(situation: Situation, key: str) -> Load:
    context = situation.context
    mine = situation.beyond(key)
    beyond = {
        other: gap for other in context.shares if (gap := situation.beyond(other)) is not None
    }
    others = {other: gap for other, gap in beyond.items() if other != key and mine is not None}
    share = context.shares.get(key)
    person = context.people[key]
    most = reachable(person, list(context.possible[key]))
    return Load(
        load=situation.view.loads[key],
        share=share,
        limited=share == most and not person.staff.balance and context.history is None,
        weekly_post=context.weekly_post,
        tolerance=next(
            (
                rule.tolerance
                for rule in context.rules
                if isinstance(rule, UnevenLoad) and rule.concerns_person(person)
            ),
            None,
        ),
        below=Colleagues(tuple(k for k, gap in others.items() if mine is not None and gap < mine)),
        above=Colleagues(tuple(k for k, gap in others.items() if mine is not None and gap > mine)),
        mean=round(sum(map(abs, beyond.values())) / len(beyond)) if beyond else 0,
    )


def _wishes(situation: Situation, key: str) -> Wishes:
    shares = situation.wish_shares
    own = shares.get(key)
    fewer = tuple(k for k, share in shares.items() if own is not None and share < own - 1e-9)
    return Wishes(
        own=own,
        mean=sum(shares.values()) / len(shares) if shares else None,
        worst=min(shares.values(), default=None),
        fewer=Colleagues(fewer),
        compared=len(shares),
    )


def _unwelcome_work(situation: Situation, key: str) -> UnwelcomeWork:
    late = late_fridays(situation.demand)
    counts = {
        other: sum(unwelcome_slots(person, post, late) for post in situation.weeks.get(other, ()))
        for other, person in situation.context.people.items()
    }
    own = counts[key]
    shared = [counts[other] for other in situation.context.shares]
    return UnwelcomeWork(
        own=own,
        mean=sum(shared) / len(shared) if shared else 0.0,
        more=Colleagues(tuple(k for k in situation.context.shares if counts[k] > own)),
    )


def weekly_slots(posts: tuple[tuple[Post, str | None], ...]) -> int:
    """How many slots of the week some posts take."""
    return sum(slots_of(post) for post, _ in posts)
