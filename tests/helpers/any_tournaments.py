"""Tournaments that use every field of the data, for round trips through files."""

from __future__ import annotations

import datetime as dt

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

from instances.school import DAYS, Closure, Instance, MatchResult, Tournament
from instances.words import Form, TeamKind
from tests.helpers.any_parts import maybe, periods, some

NAMES = ("五年级篮球赛", "Chess 3–4", "拔河(男)")


@st.composite
def tournaments(draw: DrawFn, so_far: Instance) -> tuple[Tournament, ...]:
    class_names = tuple(school_class.name for school_class in so_far.classes)
    grades = tuple(sorted({school_class.grade for school_class in so_far.classes}))
    return tuple(
        Tournament(
            name=name,
            teams=draw(st.sampled_from(TeamKind)),
            grades=draw(some(grades)),
            classes=draw(some(class_names)),
            form=draw(st.sampled_from([*Form])),
            groups=draw(st.sampled_from([2, 2, 3])),
            advance=draw(st.integers(1, 2)),
            third_place=draw(st.booleans()),
            venues=draw(some(tuple(room.name for room in so_far.rooms), least=1)),
            courts=draw(maybe(st.integers(1, 2))),
            start=draw(st.sampled_from([None, dt.date(2026, 9, 14)])),
            end=draw(st.sampled_from([None, dt.date(2026, 12, 31)])),
            weekdays=draw(some(DAYS)),
            segments=draw(some(tuple(segment.name for segment in so_far.segments))),
            minutes=draw(st.integers(5, 60)),
            per_day=draw(st.integers(1, 3)),
            rest_days=draw(st.sampled_from([0, 0, 2])),
            referees=draw(st.integers(0, 3)),
            skills=draw(some(tuple(dict.fromkeys(s for p in so_far.staff for s in p.skills)))),
            agreed=draw(some(tuple(person.key for person in so_far.staff))),
            win=draw(st.integers(1, 3)),
            draw=draw(st.integers(0, 2)),
            loss=draw(st.integers(0, 1)),
            lost=tuple(
                Closure(**fields, weekdays=draw(some(DAYS)))
                for fields in draw(st.lists(periods(), max_size=2))
            ),
            results=tuple(
                MatchResult(
                    home=home,
                    away=away,
                    home_score=draw(st.integers(0, 99)),
                    away_score=draw(st.integers(0, 99)),
                    date=draw(st.sampled_from([None, dt.date(2026, 9, 14)])),
                )
                for home, away in draw(
                    st.lists(
                        st.tuples(st.sampled_from(class_names), st.sampled_from(class_names)),
                        max_size=2,
                    )
                )
                if home != away
            ),
        )
        for name in draw(some(NAMES))
        if so_far.rooms
    )
