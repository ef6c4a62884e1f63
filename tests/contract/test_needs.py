"""How many adults care needs, said twice: by the model's variables and by the dated sessions."""

from __future__ import annotations

import random
from collections import Counter
from decimal import Decimal

import pytest

from constraints.context import Context
from constraints.examples import Tiny
from instances.blocks import blocks_of
from instances.calendar import ServiceDay, timing_on
from instances.demand import Demand, Group, principal_role
from instances.derivation import derive
from instances.headcount import adults, present
from instances.school import Instance, Participation, PostSpec, Segment, Timing
from instances.timetable import Session, Timetable, expand
from instances.words import Kind, Role
from tests.helpers.fixed import FixedModel
from tests.helpers.random_schools import random_school
from tests.helpers.random_timetables import wild

SCHOOLS = 40
TIMETABLES = 2


def in_sessions(demand: Demand, timetable: Timetable) -> set[str]:
    """The lines of posts that depend on clubs and have sessions: on all their dates or on none."""
    found: dict[str, set[object]] = {}
    for session in expand(demand, timetable):
        if session.post.need is not None:
            found.setdefault(session.post.line, set()).add(session.date)
    for line, dates in found.items():
        assert len(dates) == demand.post_by_key[line].dates.bit_count(), line
    return set(found)


def test_model_and_sessions_need_the_same_adults() -> None:
    seen = [0, 0]
    for seed in range(SCHOOLS):
        context = Context(random_school(seed), ())
        fixed = FixedModel(context, ())
        for attempt in range(TIMETABLES):
            timetable = wild(random.Random(f"{seed} {attempt}"), context)
            there = in_sessions(context.demand, timetable)
            assert fixed.cost(timetable) == 0, f"school {seed}: {timetable!r}"
            needed = fixed.needed()
            for post in context.demand.posts:
                if post.need is not None:
                    said = needed[post.need, post.number]
                    assert said == (post.line in there), (
                        f"school {seed}, {post.line}: {timetable!r}"
                    )
                    seen[said] += 1
    assert min(seen) > 50


def adults_by_the_clock(context: Context, timetable: Timetable) -> Counter[tuple[str, str, object]]:
    """Supervisors needed per group, segment and date, counted child by child from the data.

    Whoever is in another activity whose clock times overlap is not in care.
    """
    instance, demand = context.instance, context.demand
    sessions = expand(demand, timetable)
    found: Counter[tuple[str, str, object]] = Counter()
    care = instance.activity_by_name["care"]
    running = {day.date for day in demand.calendar.dates(demand.calendar.running(care))}
    for group in demand.groups:
        if group.activity != "care":
            continue
        for block in blocks_of(instance, care):
            segment = instance.segment_by_name[block.segments[0]]
            for day in demand.calendar.days:
                timing = timing_on(segment, day.weekday, day.phase)
                if day.weekday != block.weekday or day.date not in running or timing is None:
                    continue
                if not all(serves(instance, segment, name) for name in group.classes):
                    continue
                classes = [instance.class_by_name[name] for name in group.classes]
                children = sum(present(one, day.weekday, segment.name) for one in classes)
                children -= elsewhere(context, sessions, group, day, timing)
                count = adults(max(0, children), care.ratio)
                found[group.key, segment.name, day.date] = count
    return +found


def serves(instance: Instance, segment: Segment, school_class: str) -> bool:
    return not segment.grades or instance.class_by_name[school_class].grade in segment.grades


def elsewhere(
    context: Context, sessions: tuple[Session, ...], group: Group, day: ServiceDay, timing: Timing
) -> int:
    """Children of a group who are in a staffed activity at the time.

    A club that somebody leads for only one of its two segments does not take place.
    """
    instance, taken = context.instance, context.demand.taken
    gone: dict[str, int] = {}
    open_ones = set()
    for session in sessions:
        post = session.post
        if session.date != day.date or post.kind is Kind.CARE or not post.kind.has_children:
            continue
        if session.staff is None and post.role is principal_role(
            instance.activity_by_name[post.activity]
        ):
            open_ones.add(post.activity)
        if not (session.start < timing.end and timing.start < session.end):
            continue
        both = set(group.classes) & set(post.classes)
        if post.activity in taken:
            gone[post.activity] = sum(taken[post.activity].get(name, 0) for name in both)
        else:
            names = {f"{post.activity} {name}": name for name in both}
            for key, name in names.items():
                one = instance.class_by_name[name]
                gone[key] = present(one, day.weekday, session.segment)
    open_ones &= set(taken)
    return sum(count for activity, count in gone.items() if activity not in open_ones)


def kind_of(instance: Instance) -> str:
    """What is awkward about the clock of a school."""
    term, segments = instance.term, instance.segments
    if term.changeover_minutes:
        return "changeover"
    return "two clocks" if term.phases and len(segments) > 2 else "plain"


@pytest.mark.parametrize(
    "kind",
    [
        "plain",
        "changeover",
        "two clocks",
    ],
)
def test_children_are_counted_by_the_clock(kind: str) -> None:
    of_this_kind = (seed for seed in range(600) if kind_of(random_school(seed)) == kind)
    for seed in list(of_this_kind)[: 2 * SCHOOLS]:
        context = Context(random_school(seed), ())
        timetable = wild(random.Random(f"clock {seed}"), context)
        counted: Counter[tuple[str, str, object]] = Counter()
        for session in expand(context.demand, timetable):
            post = session.post
            if post.kind is Kind.CARE and post.role is Role.SUPERVISOR:
                counted[post.group or "", session.segment, session.date] += 1
        expected = adults_by_the_clock(context, timetable)
        assert counted == expected, f"school {seed}: {expected - counted} {counted - expected}"


def care_sessions(tiny: Tiny) -> Counter[Role]:
    instance, timetable = tiny.done()
    sessions = expand(derive(instance), timetable)
    return Counter(session.post.role for session in sessions if session.post.kind is Kind.CARE)


def test_children_of_a_led_club_are_not_in_care() -> None:
    led = club_of_ten(PostSpec(role=Role.LEADER))
    assert care_sessions(led) == {Role.SUPERVISOR: 2}  # 30 - 10 <= 25: one adult, two Tuesdays


def test_children_of_a_supervised_club_are_not_in_care() -> None:
    supervised = club_of_ten(PostSpec(role=Role.SUPERVISOR))
    assert care_sessions(supervised) == {Role.SUPERVISOR: 2}


def club_of_ten(post: PostSpec) -> Tiny:
    return (
        Tiny()
        .classes("三1")
        .staff("王芳")
        .room("操场")
        .care("Tue 社团", ratio=25)
        .club("篮球", "Tue", posts=(post,))
        .meets("篮球", "Tue", room="操场")
        .holds("王芳", "篮球")
    )


def test_no_children_no_post() -> None:
    posts = (PostSpec(role=Role.SUPERVISOR), PostSpec(role=Role.ASSISTANT))
    nobody = (Participation(share=Decimal(0)),)
    empty = Tiny().classes("三1", participation=nobody).care("Tue", posts=posts)
    assert not care_sessions(empty)
