"""Events that use every field of the data, for round trips through files."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

from instances.school import DAYS, Closure, Event, Instance, PostSpec
from instances.words import Displaces, EventKind, Role
from tests.helpers.any_parts import periods, some

hundredths = st.integers(0, 500).map(lambda n: Decimal(n) / 100)


@st.composite
def events(draw: DrawFn, so_far: Instance) -> tuple[Event, ...]:
    class_names = tuple(school_class.name for school_class in so_far.classes)
    grades = tuple(sorted({school_class.grade for school_class in so_far.classes}))
    keys = tuple(person.key for person in so_far.staff)
    skills = tuple(dict.fromkeys(s for person in so_far.staff for s in person.skills))
    length = draw(st.sampled_from([None, 1]))
    return tuple(
        Event(
            name=name,
            kind=draw(st.sampled_from(EventKind)),
            start=draw(st.sampled_from([None, dt.date(2026, 9, 8)])),
            end=draw(st.sampled_from([None, dt.date(2027, 1, 8)])),
            weekdays=draw(some(DAYS, most=5)),
            days=draw(st.sampled_from([1, 1, 2])),
            length=length,
            segments=draw(some(("第一段",))) if length else (),
            wished=tuple(
                Closure(**fields, weekdays=draw(some(DAYS)))
                for fields in draw(st.lists(periods(), max_size=2))
            ),
            reserve=draw(st.sampled_from([None, dt.date(2027, 1, 13)])),
            grades=draw(some(grades)),
            classes=draw(some(class_names)),
            clubs=draw(some(("足球社", "合唱团(3–4年级)"))),
            venues=draw(some(tuple(room.name for room in so_far.rooms))),
            place=draw(st.sampled_from(["", "县体育场"])),
            people=draw(some(keys)),
            posts=tuple(
                PostSpec(
                    role=draw(st.sampled_from(Role)),
                    skills=draw(some(skills, most=2)),
                    count=draw(st.integers(1, 3)),
                )
                for _ in range(draw(st.integers(0, 2)))
            ),
            agreed=draw(some(keys)),
            waived=draw(st.booleans()),
            units=draw(hundredths),
            rehearsals=draw(st.integers(0, 2)),
            rehearsal_gap=draw(st.integers(1, 3)),
            apart=draw(st.integers(0, 3)),
            displaces=draw(st.sampled_from([Displaces.ALL, Displaces.AUDIENCE, Displaces.NOTHING])),
        )
        for name in draw(some(("运动会", "Art festival")))
    )
