"""A rerun with events: what was published of them stays, unless it can no longer be so."""

from __future__ import annotations

import datetime as dt
from functools import cache
from typing import Any

from constraints.context import Context
from constraints.examples import CARE, Tiny
from instances.compare.events import events
from instances.past_sessions import sessions_of
from instances.school import Period, PostSpec
from instances.validate import validate
from instances.words import Role, Status, Weekday
from scheduler.audit import audit
from scheduler.changes import ChangeKind
from scheduler.events.plan import plan_events
from scheduler.progress import Control
from scheduler.rerun.by_hand.report import overridden
from scheduler.rerun.request import Request
from scheduler.rerun.rerun import rerun
from scheduler.result import Published
from scheduler.search import Settings
from scheduler.solve import solve
from scheduler.workbook.edits import Edit

ONE = Settings(workers=1, seed=0)


def september(day: int) -> dt.date:
    return dt.date(2026, 9, day)


def school() -> Tiny:
    """Care of two classes in the clubs' segment from Monday to Wednesday, and two contests of
    class 三1: 合唱 within 7 to 9 September, 书法 within 14 to 16."""
    return (
        Tiny()
        .classes("三1", "三2")
        .staff("王芳", "李明", "张伟", "赵敏")
        .care("Mon 社团", "Tue 社团", "Wed 社团")
        .event(
            "合唱",
            start=september(8),
            segments=("社团",),
            classes=("三1",),
            posts=(PostSpec(role=Role.REFEREE),),
            agreed=("张伟", "赵敏"),
        )
        .event(
            "书法",
            start=september(14),
            end=september(16),
            segments=("社团",),
            classes=("三1",),
            posts=(PostSpec(role=Role.REFEREE),),
            agreed=("张伟", "赵敏"),
        )
    )


@cache
def old() -> Published:
    published = solve(school().done()[0], settings=ONE)
    assert published.result.hard_findings == 0
    return published


def again(since: int, **changes: Any) -> Published:
    instance = old().instance.model_copy(update=changes)
    request = Request(instance, old(), old().timetable, september(since))
    new = rerun(request, settings=ONE)
    context = Context(instance, history=new.timetable.history)
    assert [str(f.message) for f in audit(context, new.timetable).hard] == []
    return new


def with_event(name: str, **update: Any) -> Any:
    return tuple(
        one.model_copy(update=update) if one.name == name else one for one in old().instance.events
    )


def test_nothing_changed_gives_the_same_events() -> None:
    new = again(14)
    assert new.changes == ()
    assert new.timetable.events == old().timetable.events


def test_what_took_place_is_history_and_pays() -> None:
    """合唱 on the 8th: its referee's row is history, with its unit."""
    new = again(14)
    past = [s for s in sessions_of(new.timetable.history) if s.event is not None]
    assert [(s.date, s.staff, s.load) for s in past] == [
        (september(8), old().timetable.events[0].staff["referee.1.1"], 100)
    ]
    loads = Context(new.instance, history=new.timetable.history).view(new.timetable).loads
    before = Context(old().instance).view(old().timetable).loads
    assert loads == before


def test_a_date_that_still_may_be_stays_whatever_else_would_be_better() -> None:
    held = old().timetable.events[1]
    new = again(14, events=with_event("书法", apart=0, end=september(18)))
    assert new.timetable.events[1] == held


def test_an_event_that_was_moved_in_the_workbook_moves_and_gives_its_sessions_back() -> None:
    """书法 goes to Friday 18, when there is no care: what it pushed out takes place again."""
    new = again(14, events=with_event("书法", start=september(18), end=None))
    assert new.timetable.events[1].dates == (september(18),)
    assert {change.event for change in new.timetable.changes.values()} <= {"合唱", None}
    kinds = {kind for change in new.changes for kind in change.kinds}
    assert kinds <= {ChangeKind.NEW, ChangeKind.GONE, ChangeKind.TIME, ChangeKind.PERSON}
    assert ChangeKind.NEW in kinds


def test_what_an_event_may_push_out_that_has_to_move_is_no_longer_sure_to_change() -> None:
    """张伟, whose are Tuesday and what 书法 pushed out on Wednesday, is gone; 书法 may be on
    Tuesday or Friday now."""
    staff = tuple(
        one.model_copy(update={"end": september(11)}) if one.name == "张伟" else one
        for one in old().instance.staff
    )
    days = (Weekday.TUE, Weekday.FRI)
    new = again(14, staff=staff, events=with_event("书法", end=september(18), weekdays=days))
    assert new.result.changes is not None
    assert new.result.changes.bound == 0 < new.result.changes.cost


def test_an_event_that_is_gone_leaves_no_trace() -> None:
    new = again(14, events=(old().instance.events[0],))
    assert [held.event for held in new.timetable.events] == ["合唱"]
    planned = Context(new.instance, history=new.timetable.history).view(new.timetable).sessions
    assert {s.status for s in planned} == {Status.PLANNED}


def test_who_is_away_is_replaced_at_the_event() -> None:
    held = old().timetable.events[1]
    name = held.staff["referee.1.1"]
    staff = tuple(
        one.model_copy(update={"end": september(11)}) if one.name == name else one
        for one in old().instance.staff
    )
    new = again(14, staff=staff)
    assert new.timetable.events[1].dates == held.dates
    assert new.timetable.events[1].staff["referee.1.1"] not in (name, None)
    # 张伟's Tuesday and his place as referee are 6 each, at short notice. That 赵敏, the only
    # other who has agreed, must be covered in her class on that date is 6 more, and not proved
    assert new.result.changes is not None
    assert (new.result.changes.cost, new.result.changes.bound) == (18, 12)
    assert (new.result.changes.posts, new.result.changes.posts_bound) == (3, 2)


def test_an_edit_that_cannot_be_is_told_with_who_has_the_post_instead() -> None:
    """王芳 has not agreed to 书法."""
    held = old().timetable.events
    named = held[1].model_copy(update={"staff": {"referee.1.1": "王芳"}})
    timetable = old().timetable.model_copy(update={"events": (held[0], named)})
    new = rerun(Request(old().instance, old(), timetable, september(14)), settings=ONE)
    context = Context(new.instance, history=new.timetable.history)
    row = next(s for s in context.view(new.timetable).at_events if s.post.activity == "书法")
    edit = Edit("场次", "L9", "event", row.key, "张伟", "王芳")
    (told,) = overridden(context, new.timetable, [edit], timetable)
    assert row.staff in ("张伟", "赵敏")
    assert row.staff in told.message.text("zh")


def test_what_was_changed_in_the_workbook_names_events() -> None:
    new = old().instance.model_copy(
        update={
            "events": (
                old().instance.events[0].model_copy(update={"start": september(9)}),
                old().instance.events[0].model_copy(update={"name": "演讲"}),
            )
        }
    )
    found = [one.message.text("zh") for one in events(old().instance, new)]
    assert found == [
        "大型活动“书法”取消",
        "合唱：“最早日期”由9月8日改为9月9日",
        "新增大型活动“演讲”",
    ]


def test_rain_moves_an_event_to_its_reserve_date() -> None:
    """The reserve date goes into the column of the first date; nothing else is edited."""
    with_reserve = with_event("书法", reserve=september(18))
    instance = old().instance.model_copy(update={"events": with_reserve})
    assert not [flaw for flaw in validate(instance) if flaw.path[:1] == ("events",)]
    rained = with_event("书法", reserve=september(18), start=september(18), end=None)
    instance = old().instance.model_copy(update={"events": rained})
    assert not [flaw for flaw in validate(instance) if flaw.path[:1] == ("events",)]
    new = again(14, events=rained)
    assert new.timetable.events[1].dates == (september(18),)


def test_an_event_whose_organizer_is_away_moves() -> None:
    """王芳 organizes 书法 now and is away on the date that was published, and on no other."""
    date = old().timetable.events[1].dates[0]
    away = Period(start=date, end=date)
    staff = tuple(
        one.model_copy(update={"leave": (away,)}) if one.name == "王芳" else one
        for one in old().instance.staff
    )
    new = again(14, staff=staff, events=with_event("书法", people=("王芳",)))
    (moved,) = new.timetable.events[1].dates
    assert moved != date
    assert september(14) <= moved <= september(16)


def test_an_event_in_the_way_of_another_moves() -> None:
    """演讲 for the same class can only be where 书法 was published; 书法 has other dates."""
    date = old().timetable.events[1].dates[0]
    speech = (
        old().instance.events[1].model_copy(update={"name": "演讲", "start": date, "end": None})
    )
    new = again(14, events=(*old().instance.events, speech))
    held = {one.event: one.dates[0] for one in new.timetable.events}
    assert held["演讲"] == date
    assert held["书法"] != date


def test_what_was_moved_to_before_the_date_is_history_and_counts_once() -> None:
    """The choir of Tuesday 8 met on Monday 7, for the sake of the contest; from Tuesday on."""
    tiny = (
        Tiny()
        .classes("三1")
        .room("音乐室")
        .staff("王芳")
        .club("合唱社", "Mon", "Tue")
        .meets("合唱社", "Tue", room="音乐室")
        .holds("王芳", "合唱社")
        .event("书法", start=september(8), segments=("社团",), classes=("三1",))
    )
    instance, timetable = tiny.done()
    context = Context(instance)
    planned = plan_events(context, timetable, Control(), ONE).timetable
    before = context.view(planned).loads
    published = old().model_copy(update={"instance": instance, "timetable": planned})
    new = rerun(Request(instance, published, planned, september(8)), settings=ONE)
    after = Context(instance, history=new.timetable.history).view(new.timetable)
    assert [s.date for s in after.held["王芳"]] == [september(15)]
    assert after.loads == before == {"王芳": 200}  # Monday 7 and Tuesday 15
    assert new.changes == ()


def test_what_was_moved_from_before_the_date_still_takes_place() -> None:
    """The choir of Tuesday 8 meets on Thursday 10 instead; from Wednesday 9 on."""
    tiny = (
        Tiny()
        .classes("三1")
        .room("音乐室")
        .staff("王芳", "李明")
        .care("Thu 社团")
        .club("合唱社", "Tue", "Thu")
        .meets("合唱社", "Tue", room="音乐室")
        .holds("王芳", "合唱社")
        .holds("李明", CARE)
        .event("书法", start=september(8), segments=("社团",), classes=("三1",))
    )
    instance, timetable = tiny.done()
    context = Context(instance)
    planned = plan_events(context, timetable, Control(), ONE).timetable
    published = old().model_copy(update={"instance": instance, "timetable": planned})
    new = rerun(Request(instance, published, planned, september(9)), settings=ONE)
    after = Context(instance, history=new.timetable.history).view(new.timetable)
    here = {(s.date.day, s.post.activity): (s.status, s.children) for s in after.sessions}
    # ten of the 30 children are in the choir on Thursday 10
    assert here[10, "合唱社"] == (Status.MOVED, 10)
    assert here[10, CARE] == (Status.PLANNED, 20)
    assert after.loads == context.view(planned).loads
    assert new.changes == ()
    third = rerun(Request(instance, new, new.timetable, september(10)), settings=ONE)
    last = Context(instance, history=third.timetable.history).view(third.timetable)
    assert last.loads == after.loads
    assert third.changes == ()
