"""What changes cost, and what any covers of absences could make of it."""

from __future__ import annotations

import datetime as dt

import pytest

from constraints.context import Context
from constraints.examples import Tiny
from constraints.model import Model
from constraints.pools import single_pools
from instances.school import Closure, Period
from instances.timetable import DatedChange
from instances.words import TIERS, Weekday
from scheduler.changes import base_line
from scheduler.progress import Control, Stage
from scheduler.rerun.event_days import EventDays
from scheduler.rerun.fewest import COVER
from scheduler.rerun.reference import Matched, Reference
from scheduler.rerun.stability import AnyCovers, stability
from scheduler.search import Settings, search
from scheduler.weekly import Coverage, hold_coverage

ONE = Settings(workers=1, seed=0)
SINCE = dt.date(2026, 9, 8)
AWAY = Period(start=dt.date(2026, 9, 15), end=dt.date(2026, 9, 15))


def costs(cap_week: int | None, *, also: str | None = None, event: bool = False) -> tuple[int, int]:
    """What it costs to give 王芳's Tuesdays to 李明, who is away on the second; and at least, with
    any covers, in a model that does not decide on these. ``also``: what 王芳 does besides;
    ``event``: 李明 is not away, but may be sent to an event."""
    tiny = Tiny().classes("三1").staff("王芳", cap_week=cap_week)
    tiny = tiny.staff("李明", leave=() if event else (AWAY,))
    tiny = tiny.care("Tue").duty("门岗", "Tue").duty("巡查", "Thu").holds("王芳", "看护", "Tue")
    instance, timetable = tiny.done()
    reference = Reference(instance, timetable, SINCE)
    context = Context(instance, history=reference.history)
    matched = Matched(context, reference)
    bit = 1 << context.demand.calendar.index[AWAY.start] if event else 0
    events = EventDays(bit, {"李明": bit}, frozenset(), ())
    found = []
    for cancelled in (None, ()):
        pools = single_pools(context.demand)
        model = Model(context, pools, foresee_covers=False, dated_limit=0)
        model.post_rules(musts_only=True)
        hold(model, "看护", "李明")
        if also is not None:
            hold(model, also, "王芳")
        if cancelled is None:
            cost = stability(model, matched, ())
        else:
            cost = AnyCovers(model, matched, (), cancelled, events).whole()
        best = search(model.cp, cost, Control(None), ONE, COVER, Stage.CHANGES)
        assert best.proved
        found.append(best.value)
    return found[0], found[1]


def hold(model: Model, activity: str, key: str) -> None:
    for pool in model.pools:
        if pool.post.activity == activity:
            model.cp.add(model.holders[pool.index][key] == 1)


def test_whoever_was_published_may_come_where_the_new_holder_is_away() -> None:
    # two Tuesdays, the 8th and the 15th, each 3 and twice that at short notice; 李明 is away on
    # the second, on which 王芳 may come as published: 12, and 6
    assert costs(None) == (12, 6)


def test_not_if_elsewhere_at_the_time() -> None:
    # 王芳 fills the gate, which was open: two more dates, 12
    assert costs(None, also="门岗") == (24, 24)


@pytest.mark.parametrize(("cap", "least"), [(1, 24), (2, 18)])
def test_not_beyond_what_a_week_allows(cap: int, least: int) -> None:
    # two Thursdays of patrol that were open are 12 more; with them, coming on Tuesday is the
    # second time in that week
    assert costs(cap, also="巡查") == (24, least)


@pytest.mark.parametrize(
    ("rooms", "closed", "least"),
    [
        (("棋室",), "", 18),
        (("棋室",), "棋室", 12),
        (("棋室", "会议室"), "棋室", 18),
        (("棋室", "会议室"), "会议室", 12),
    ],
)
def test_who_moves_with_a_club_is_not_there_on_days_of_absence(
    rooms: tuple[str, ...], closed: str, least: int
) -> None:
    # the club moves from Tuesday to Wednesday: two dates, 3 each and twice that at short notice,
    # so 12. 王芳 is away on the second Wednesday: 6 more, unless the club may not meet then for
    # want of its room; with two rooms, it is in the last
    away = Period(start=dt.date(2026, 9, 16), end=dt.date(2026, 9, 16))
    closures = (Closure(start=away.start, end=away.end),)
    tiny = Tiny().classes("三1").staff("王芳", leave=(away,))
    for name in rooms:
        tiny = tiny.room(name, closures=closures if name == closed else ())
    tiny = tiny.club("象棋", "Tue", "Wed").holds("王芳", "象棋")
    instance, timetable = tiny.meets("象棋", "Tue", room=rooms[-1]).done()
    reference = Reference(instance, timetable, SINCE)
    context = Context(instance, history=reference.history)
    matched = Matched(context, reference)
    model = Model(context, single_pools(context.demand), foresee_covers=False, dated_limit=0)
    model.post_rules(musts_only=True)
    (moved,) = (option for _, option in matched.moves)
    model.cp.add(model.placed["象棋", moved] == 1)
    for pool in model.pools:
        if pool.post.activity == "象棋" and pool.post.option == moved:
            model.cp.add(model.holders[pool.index]["王芳"] == 1)
    chosen = model.rooms.of_option.get(("象棋", moved), {})
    for name, literal in chosen.items():
        model.cp.add(literal == (name == rooms[-1]))
    cost = AnyCovers(model, matched, ()).whole()
    best = search(model.cp, cost, Control(None), ONE, COVER, Stage.CHANGES)
    assert (best.proved, best.value) == (True, least)


def test_one_may_have_two_things_while_another_lasts() -> None:
    # as above, but 王芳 had a patrol that lasts through both segments of Tuesday, and now fills a
    # post in each: three lines of two Tuesdays, 12 each, and she cannot come back on the second
    tiny = Tiny().staff("王芳").staff("李明", leave=(AWAY,)).segment("整段", "15:30", "17:30")
    tiny = tiny.duty("巡查", "Tue 整段").duty("门岗", "Tue").duty("值班", "Tue 社团")
    instance, timetable = tiny.holds("王芳", "巡查").done()
    reference = Reference(instance, timetable, SINCE)
    context = Context(instance, history=reference.history)
    pools = single_pools(context.demand)
    model = Model(context, pools, foresee_covers=False, dated_limit=0)
    model.post_rules(musts_only=True)
    for activity, key in (("巡查", "李明"), ("门岗", "王芳"), ("值班", "王芳")):
        hold(model, activity, key)
    cost = AnyCovers(model, Matched(context, reference), ()).whole()
    best = search(model.cp, cost, Control(None), ONE, COVER, Stage.CHANGES)
    assert (best.proved, best.value) == (True, 36)


@pytest.mark.parametrize(("also", "plain", "least"), [(None, 12, 6), ("门岗", 24, 18)])
def test_an_event_may_call_one_away_and_free_another(
    also: str | None, plain: int, least: int
) -> None:
    # as above, but for the event on the second Tuesday: it may also push out the gate, so 王芳
    # may come then though she has it every week
    assert costs(None, also=also, event=True) == (plain, least)


@pytest.mark.parametrize(("most", "least"), [(None, 6), (1, 6), (0, 12)])
def test_what_was_open_stays_so_only_where_so_much_may_be_open(
    most: int | None, least: int
) -> None:
    # 李明 takes the gate, which was open: two Tuesdays, 6 each. On the second an exception has
    # him on patrol, so that the gate may stay open then; nobody else is there
    tiny = Tiny().classes("三1").staff("王芳", "李明").duty("门岗", "Tue").duty("巡查", "Tue")
    instance, timetable = tiny.holds("王芳", "巡查").done()
    patrol = next(
        session
        for session in Context(instance).view(timetable).sessions
        if session.date == AWAY.start and session.post.activity == "巡查"
    )
    changes = {patrol.key: DatedChange(staff="李明")}
    published = timetable.model_copy(update={"changes": changes})
    reference = Reference(instance, published, SINCE)
    context = Context(instance, history=reference.history)
    model = Model(context, single_pools(context.demand), foresee_covers=False)
    model.post_rules(musts_only=True)
    hold(model, "门岗", "李明")
    hold(model, "巡查", "王芳")
    kept = {(base_line(patrol.post.line), AWAY.start)}
    limit = None if most is None else [most] * len(TIERS)
    cost = AnyCovers(model, Matched(context, reference), kept, open_at_most=limit).whole()
    assert search(model.cp, cost, Control(None), ONE, COVER, Stage.CHANGES).value == least


@pytest.mark.parametrize(("most", "least"), [(1, 0), (0, 6)])
def test_whoever_comes_to_what_was_published_as_open_is_a_change(most: int, least: int) -> None:
    # 李明 keeps the gate and is away on the second Tuesday, when it was published as open. Few
    # could hold it, so the model looks at that date: if nothing may be open 王芳 comes: 6
    tiny = Tiny().classes("三1").staff("王芳").staff("李明", leave=(AWAY,)).duty("门岗", "Tue")
    instance, timetable = tiny.holds("李明", "门岗").done()
    gate = next(s for s in Context(instance).view(timetable).sessions if s.date == AWAY.start)
    published = timetable.model_copy(update={"changes": {gate.key: DatedChange(open=True)}})
    reference = Reference(instance, published, SINCE)
    context = Context(instance, history=reference.history)
    model = Model(context, single_pools(context.demand))
    model.post_rules(musts_only=True)
    hold(model, "门岗", "李明")
    hold_coverage(model, Coverage((most,) * len(TIERS), (0,) * len(TIERS)))
    limit = [most] * len(TIERS)
    cost = AnyCovers(model, Matched(context, reference), (), open_at_most=limit).whole()
    assert search(model.cp, cost, Control(None), ONE, COVER, Stage.CHANGES).value == least


@pytest.mark.parametrize(("cap", "least"), [(None, 12), (9, 12), (1, 6)])
def test_an_exception_may_fill_a_cap_so_that_whoever_was_published_comes(
    cap: int | None, least: int
) -> None:
    """李明 takes 王芳's Tuesdays (two dates, 6 each). On Thursday the 10th an exception has him on
    patrol: with one place a week, he cannot come on Tuesday the 8th, and 王芳 does after all."""
    tiny = Tiny().classes("三1").staff("王芳", "赵敏").staff("李明", cap_week=cap)
    tiny = tiny.care("Tue").duty("巡查", "Thu").holds("王芳", "看护", "Tue").holds("赵敏", "巡查")
    instance, timetable = tiny.done()
    patrol = next(
        session
        for session in Context(instance).view(timetable).sessions
        if session.date == dt.date(2026, 9, 10) and session.post.activity == "巡查"
    )
    published = timetable.model_copy(update={"changes": {patrol.key: DatedChange(staff="李明")}})
    reference = Reference(instance, published, SINCE)
    context = Context(instance, history=reference.history)
    model = Model(context, single_pools(context.demand), foresee_covers=False, dated_limit=0)
    model.post_rules(musts_only=True)
    hold(model, "看护", "李明")
    hold(model, "巡查", "赵敏")
    kept = {(base_line(patrol.post.line), patrol.date)}
    cost = AnyCovers(model, Matched(context, reference), kept).whole()
    assert search(model.cp, cost, Control(None), ONE, COVER, Stage.CHANGES).value == least


def least(tiny: Tiny, until: dt.date, *held: tuple[str, str]) -> tuple[int, int]:
    """What a pattern costs by itself, and at least, with any covers, in a model that does not
    decide on these; 李明 is away from the 15th to a date. ``held``: activities, and who holds
    them in the new pattern."""
    away = Period(start=AWAY.start, end=until)
    instance, timetable = tiny.staff("李明", leave=(away,)).done()
    reference = Reference(instance, timetable, SINCE)
    context = Context(instance, history=reference.history)
    matched = Matched(context, reference)
    found = []
    for covered in (False, True):
        pools = single_pools(context.demand)
        model = Model(context, pools, foresee_covers=False, dated_limit=0)
        model.post_rules(musts_only=True)
        for activity, key in held:
            here = [pool for pool in model.pools if pool.post.activity == activity]
            model.cp.add(sum(model.holders[pool.index].get(key, 0) for pool in here) == 1)
        cost = stability(model, matched, ())
        if covered:
            cost = AnyCovers(model, matched, ()).whole()
        best = search(model.cp, cost, Control(None), ONE, COVER, Stage.CHANGES)
        assert best.proved
        found.append(best.value)
    return found[0], found[1]


def test_a_full_week_does_not_keep_anybody_from_coming_in_another() -> None:
    """李明 takes 王芳's Tuesdays, the 8th and 15th (6 each) and the 22nd (3), and 王芳 a patrol on
    Thursday the 17th that was open (6): 21. 李明 is away on the 15th and the 22nd; with one place a
    week 王芳 cannot come on the 15th, but on the 22nd: 18."""
    tiny = Tiny(end=dt.date(2026, 9, 25)).classes("三1").staff("王芳", cap_week=1)
    tiny = tiny.care("Tue").duty("巡查", "Thu", weeks=(2,)).holds("王芳", "看护", "Tue")
    moved = ("看护", "李明"), ("巡查", "王芳")
    assert least(tiny, dt.date(2026, 9, 22), *moved) == (21, 18)


def test_whoever_led_a_club_may_come_at_its_new_time() -> None:
    """The club moves from Tuesdays to Wednesdays and to 李明: two dates, 6 for the time and 6 for
    the person, 24. On the second, the 16th, 李明 is away, and 王芳 may come: 18."""
    tiny = Tiny().classes("三1").staff("王芳").club("象棋", "Tue", "Wed")
    tiny = tiny.meets("象棋", "Tue", room=None).holds("王芳", "象棋", "Tue")
    tiny = tiny.pin("象棋", weekday=Weekday.WED)
    assert least(tiny, dt.date(2026, 9, 16), ("象棋", "李明")) == (24, 18)
