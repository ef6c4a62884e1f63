"""Dates, courts, times and referees: what fits, with proof; what does not, and what would."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from instances.school import Busy, Instance, Period, Room, Staff, Tournament
from instances.words import Form, Level, TeamKind, Weekday
from scheduler.tournaments.audit import Audit, Breach
from scheduler.tournaments.grounds import Taken
from scheduler.tournaments.make import make
from scheduler.tournaments.parts import Task
from scheduler.tournaments.plan import Programme, Step
from scheduler.tournaments.standings import Score
from scheduler.tournaments.ways import ways_to_fit
from tests.helpers.tourneys import FIRST, cup, school, task

HOUR = (16 * 60 + 30, 17 * 60 + 30)


def day(number: int) -> dt.date:
    return FIRST + dt.timedelta(days=number)


def breaches(what: Task, programme: Programme) -> list[Breach]:
    return list(Audit(what.grounds, what.draws, programme.appointments).breaches())


def level(programme: Programme, name: str) -> Step:
    return next(step for step in programme.levels if step.name == name)


def test_eight_classes_on_two_courts() -> None:
    # 28 matches, four on a date (two courts, two times, all eight teams): seven dates
    what = task(school(8, cup(rest_days=1)))
    programme = make(what)
    assert not breaches(what, programme)
    assert len(programme.appointments) == 28
    assert all(step.proved for step in programme.levels)
    assert (
        level(programme, "last_dates").value == len({a.date for a in programme.appointments}) == 7
    )
    # 28 turns among four referees: seven each
    turns = Counter(name for a in programme.appointments for name in a.referees)
    assert sorted(turns.values()) == [7, 7, 7, 7]


def test_late_times_are_shared() -> None:
    # four teams, three rounds of two matches on one court: one early, one late on each date;
    # one pair of each round is late: three pairs of one team (3, 1, 1, 1) or those among three
    # teams (2, 2, 2, 0); either way most and fewest are 2 apart, at 2 points each
    what = task(school(4, cup(courts=1)))
    programme = make(what)
    late: Counter[str] = Counter()
    known = {f.key: f.known for f in what.draws[0].fixtures}
    for here in programme.appointments:
        if here.start == dt.time(17, 0):
            late.update(known[here.key])
    counts = [late[team] for team in what.draws[0].teams]
    assert max(counts) - min(counts) == 2
    # six turns among four referees are at best 1, 1, 2, 2, which costs nothing
    assert level(programme, "quality") == Step(name="quality", value=4, bound=4)


def test_too_few_dates_and_what_would_do() -> None:
    # six dates hold 24 of 28; no court or shorter match helps, for four at once are all teams
    what = task(school(8, cup(end=day(19))))
    programme = make(what)
    assert level(programme, "unplaced") == Step(name="unplaced", value=4, bound=4)
    assert len(programme.unplaced) == 4
    assert not breaches(what, programme)
    ways = list(ways_to_fit(what, programme))
    assert [(way.what, way.count, way.until) for way in ways] == [("dates", 1, day(22))]


def test_too_few_courts_and_what_would_do() -> None:
    # one court on seven dates holds 14 of 15; an eighth date, a second court or three matches of
    # 20 minutes an hour make room
    what = task(school(6, cup(courts=1, end=day(22))))
    programme = make(what)
    assert level(programme, "unplaced") == Step(name="unplaced", value=1, bound=1)
    ways = {way.what: way for way in ways_to_fit(what, programme)}
    assert {name: way.count for name, way in ways.items()} == {
        "dates": 1,
        "courts": 1,
        "matches": 1,
    }
    assert (ways["dates"].until, ways["matches"].minutes) == (day(24), 20)


def test_courts_that_do_not_exist_yet() -> None:
    # 15 matches, four dates of two matches on the one court there is: eight fit, with two courts
    # three at a time of the six teams, so 12, and no more with any number of courts
    rooms = (Room(name="体育馆", capacity=200, groups=1),)
    what = task(school(6, cup(end=day(10)), rooms=rooms))
    programme = make(what)
    assert level(programme, "unplaced").value == 15 - 8
    assert [way.what for way in ways_to_fit(what, programme)] == ["dates"]


def test_clubs_take_their_courts() -> None:
    # a club on one court every Tuesday, the other closed on the first Thursday
    taken = Taken(rooms={("体育馆", day(1 + 7 * week)): (HOUR,) for week in range(6)})
    what = task(school(4, cup()), taken=taken)
    programme = make(what)
    assert not breaches(what, programme)
    on = Counter((a.date, a.start) for a in programme.appointments)
    assert all(count == 1 for (date, _), count in on.items() if date.weekday() == 1)
    # without the club a match more on a Tuesday is no breach
    free = task(school(4, cup()))
    crowded = make(free)
    assert any("片" in b.message.text("zh") for b in breaches(what, crowded))


def test_referees_are_not_double_booked_nor_partial() -> None:
    # 裁判1 leads a club at that time on every date; 班主任1 is able, but a home teacher
    people = {("裁判1", day(n)): (HOUR,) for n in range(42)}
    staff = (
        Staff(name="班主任1", skills=("体育",), default=Level.PREFERS),
        Staff(name="裁判1", skills=("体育",), default=Level.PREFERS),
        Staff(name="裁判2", skills=("体育",), default=Level.WILLING),
        Staff(name="裁判3", skills=("体育",), default=Level.NO),
        Staff(name="裁判4", default=Level.PREFERS),
    )
    what = task(school(3, cup(courts=1), staff=staff), taken=Taken(people=people))
    programme = make(what)
    assert not breaches(what, programme)
    assert level(programme, "referees") == Step(name="referees", value=0, bound=0)
    known = {f.key: f.known for f in what.draws[0].fixtures}
    for here in programme.appointments:
        assert here.referees in (("裁判2",), ("班主任1",))
        assert here.referees != ("班主任1",) or "五1" not in known[here.key]


def test_nobody_to_referee_is_an_open_post() -> None:
    staff = (
        Staff(
            name="裁判1",
            skills=("体育",),
            default=Level.WILLING,
            leave=(Period(start=FIRST, end=day(41)),),
        ),
        Staff(
            name="裁判2",
            skills=("体育",),
            default=Level.WILLING,
            busy=tuple(Busy(weekday=day_, start=dt.time(16), end=dt.time(18)) for day_ in Weekday),
        ),
    )
    what = task(school(3, cup(), staff=staff))
    programme = make(what)
    # three matches, nobody there: three open posts, and the matches are played all the same
    assert level(programme, "referees") == Step(name="referees", value=3, bound=3)
    assert len(programme.appointments) == 3


def test_an_event_asks_for_its_own_consent() -> None:
    staff = tuple(Staff(name=f"裁判{n}", skills=("体育",), default=Level.NO) for n in (1, 2))
    what = task(school(3, cup(agreed=("裁判2",)), staff=staff))
    programme = make(what)
    assert {a.referees for a in programme.appointments} == {("裁判2",)}


def test_same_children_do_not_play_twice_a_day() -> None:
    girls = cup(name="女子", teams=TeamKind.GIRLS, weekdays=())
    mixed = cup(name="拔河", teams=TeamKind.MIXED, weekdays=())
    what = task(school(4, girls, mixed))
    programme = make(what)
    assert not breaches(what, programme)
    assert not programme.unplaced
    boys = cup(name="拔河", teams=TeamKind.BOYS, weekdays=())
    both = task(school(4, girls, boys))
    days = {a.date for a in make(both).appointments}
    assert len(days) == 3 < len({a.date for a in programme.appointments}) == 6


def rained(instance: Instance, date: dt.date) -> Instance:
    lost = tuple(
        Tournament(**{**dict(one), "lost": ({"start": date, "end": date},)})
        for one in instance.tournaments
    )
    return instance.model_copy(update={"tournaments": lost})


def test_rain_moves_nothing_else_where_there_is_room() -> None:
    instance = school(8, cup(rest_days=1))
    before = {a.key: a for a in make(task(instance)).appointments}
    lost = day(8)
    what = task(rained(instance, lost), before, since=lost)
    programme = make(what)
    assert not breaches(what, programme)
    # the four matches of that date go to an eighth date; the 24 others stay
    assert level(programme, "moves") == Step(name="moves", value=0, bound=0)
    assert sorted(programme.moved) == sorted(programme.displaced)
    assert len(programme.moved) == 4
    assert all(a.date > lost for a in programme.appointments if a.key in programme.moved)
    for key, old in before.items():
        if key not in programme.moved:
            new = next(a for a in programme.appointments if a.key == key)
            assert (new.date, new.start, new.court, new.referees) == (
                old.date,
                old.start,
                old.court,
                old.referees,
            )


def test_rain_before_the_final_moves_as_few_as_can_be() -> None:
    # semi-finals on Tuesday, the final and third place on Thursday; Tuesday is lost, so the
    # semi-finals go to Thursday at the earliest and both others must make room: two moves
    instance = school(4, cup(form=Form.KNOCKOUT, third_place=True))
    before = {a.key: a for a in make(task(instance)).appointments}
    assert {a.date for a in before.values()} == {day(1), day(3)}
    what = task(rained(instance, day(1)), before, since=day(1))
    programme = make(what)
    assert not breaches(what, programme)
    assert level(programme, "moves") == Step(name="moves", value=2, bound=2)
    assert (len(programme.moved), len(programme.displaced)) == (4, 2)


def test_what_was_played_stays() -> None:
    instance = school(6, cup())
    before = {a.key: a for a in make(task(instance)).appointments}
    first = min(a.date for a in before.values())
    scores = {key: Score(2, 1) for key, a in before.items() if a.date == first}
    what = task(rained(instance, first), before, scores, since=day(2))
    programme = make(what)
    assert not breaches(what, programme)
    assert not programme.moved
    assert {a.key: a for a in programme.appointments} == before


@st.composite
def tournaments(draw: st.DrawFn, name: str) -> Tournament:
    per_day = draw(st.integers(1, 2))
    return cup(
        name=name,
        form=draw(st.sampled_from(Form)),
        teams=draw(st.sampled_from(TeamKind)),
        advance=draw(st.integers(1, 2)),
        third_place=draw(st.booleans()),
        courts=draw(st.sampled_from([None, 1])),
        end=day(draw(st.integers(7, 20))),
        weekdays=draw(st.sampled_from([(), (Weekday.TUE, Weekday.THU)])),
        minutes=draw(st.sampled_from([20, 30, 45])),
        per_day=per_day,
        rest_days=draw(st.integers(0, 2)) if per_day == 1 else 0,
        referees=draw(st.integers(0, 2)),
    )


@settings(max_examples=8, deadline=None)
@given(st.integers(4, 5), tournaments("甲"), tournaments("乙"), st.integers(1, 10))
def test_any_programme_passes_its_audit(
    classes: int, one: Tournament, other: Tournament, lost: int
) -> None:
    instance = school(classes, one, other)
    taken = Taken(rooms={("体育馆", day(2)): (HOUR,)}, people={("裁判1", day(3)): (HOUR,)})
    what = task(instance, taken=taken)
    programme = make(what)
    assert not breaches(what, programme)
    placed = {a.key for a in programme.appointments}
    assert placed | set(programme.unplaced) == {f.key for d in what.draws for f in d.fixtures}
    before = {a.key: a for a in programme.appointments}
    again = task(rained(instance, day(lost)), before, since=day(lost), taken=taken)
    anew = make(again)
    assert not breaches(again, anew)
    assert level(anew, "moves").value <= len(anew.moved)


@settings(max_examples=20, deadline=None)
@given(st.lists(st.integers(0, 2), min_size=2, max_size=4), st.integers(0, 1), st.integers(1, 2))
def test_fewest_unplaced_is_that_of_every_possibility(
    courts: list[int], rest: int, each: int
) -> None:
    """Three teams on up to four days in a row with so many courts: all ways are tried."""
    names = [f"场{n}" for n in range(len(courts))]
    closed = {
        name: [
            {"start": day(m), "end": day(m)} for m in range(len(courts)) if m != n or not courts[n]
        ]
        for n, name in enumerate(names)
    }
    rooms = tuple(
        Room.model_validate({"name": n, "capacity": 99, "groups": max(1, c), "closures": closed[n]})
        for n, c in zip(names, courts, strict=True)
    )
    tournament = cup(
        venues=tuple(names),
        weekdays=(),
        end=day(len(courts) - 1),
        minutes=60 // each,
        rest_days=rest,
        referees=0,
    )
    found = make(task(school(3, tournament, rooms=rooms)))
    pairs = ((0, 1), (0, 2), (1, 2))
    best = 3
    for dates in product(range(len(courts) + 1), repeat=3):  # the last stands for nowhere
        held = Counter(date for date in dates if date < len(courts))
        apart = all(
            abs(one - other) > rest
            for n, one in enumerate(dates)
            for m, other in enumerate(dates[:n])
            if max(one, other) < len(courts) and set(pairs[n]) & set(pairs[m])
        )
        if apart and all(count <= each * courts[date] for date, count in held.items()):
            best = min(best, 3 - sum(held.values()))
    assert level(found, "unplaced") == Step(name="unplaced", value=best, bound=best)
