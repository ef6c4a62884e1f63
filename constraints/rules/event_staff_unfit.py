"""理由: an event asks for consent of its own: who has agreed to homework care has not agreed to a
Saturday at the county games, and nobody referees while their class waits.

建模: who works at events is decided after they are placed; their own sessions are covered.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar

from constraints.examples import Tiny, busy, example
from constraints.rule import Example, Finding, Rule
from instances.blocks import minutes
from instances.event_consent import agreed_to
from instances.events import EventPost, event_posts
from instances.messages import Label, Message, Template
from instances.records import PostSpec
from instances.words import Parity, Role

if TYPE_CHECKING:
    from constraints.view import View
    from instances.at_events import Going

REFEREE = PostSpec(role=Role.REFEREE)
STRANGE = Label("没有这个岗位，或这个人", "there is no such post or person")
CONSENT = Label("没有同意参加这项活动", "has not agreed to it")
SKILL = Label("不具备岗位要求的技能", "lacks the skills that the post asks for")
AWAY = Label("这一天请假或不在校", "is away that day")
BUSY = Label("那时有课或其他固定任务", "has lessons or another fixed duty then")
TWICE = Label("在同一活动中有两个岗位", "has two posts at it")
ELSEWHERE = Template("同时在“{activity}”", "is in “{activity}” at the same time")


class EventStaffUnfit(Rule):
    """Somebody at an event who cannot be: no consent or skill, away, or elsewhere."""

    title: ClassVar[Label] = Label("大型活动人员不当", "event staff unfit")
    statement: ClassVar[Template] = Template(
        "大型活动的人员都已同意（教学时间内的除外）、具备技能、在校，同时没有别的岗位。",
        "Everybody at an event has agreed to it (unless it is within teaching hours), has the"
        " skills, is at school, and is nowhere else.",
    )
    finding: ClassVar[Template] = Template(
        "{staff}在“{event}”（{date}）：{why}。", "{staff} at “{event}” ({date}): {why}."
    )
    examples: ClassVar[tuple[Example, ...]] = (
        # 王芳 is with her class on 8 September while she is a referee: 1
        example(
            "王芳当裁判，同时在看护",
            "王芳 is a referee and in care at one time",
            Tiny()
            .classes("三1", "三2")
            .staff("王芳")
            .care("Tue 社团", classes=("三2",))
            .holds("王芳", "看护", "Tue 社团")
            .event("合唱", classes=("三1",), posts=(REFEREE,), agreed=("王芳",))
            .held("合唱", 8, staff={"referee.1.1": "王芳"}),
            1,
        ),
        # nobody has asked 李明: 1
        example(
            "李明没有同意",
            "李明 has not agreed",
            Tiny()
            .classes("三1")
            .staff("李明")
            .event("合唱", posts=(REFEREE,))
            .held("合唱", 8, staff={"referee.1.1": "李明"}),
            1,
        ),
        # 王芳 has a meeting until 17:00 and the contest is from 16:30 on: 1
        example(
            "王芳那时在教研",
            "王芳 is at a staff meeting then",
            Tiny()
            .classes("三1")
            .staff("王芳", busy=(busy("Tue", "16:00", "17:00"),))
            .event("合唱", posts=(REFEREE,), agreed=("王芳",))
            .held("合唱", 8, staff={"referee.1.1": "王芳"}),
            1,
        ),
        example(
            "王芳已同意，那时没有别的岗位",
            "王芳 has agreed, and has no other post then",
            Tiny()
            .classes("三1")
            .staff("王芳")
            .event("合唱", posts=(REFEREE,), agreed=("王芳",))
            .held("合唱", 8, staff={"referee.1.1": "王芳"}),
            0,
        ),
    )

    def check(self, view: View) -> Iterator[Finding]:
        since = view.context.history.since if view.context.history else None
        for one in view.expansion.at_events.everything:
            date = one.held.dates[0]
            if since is not None and date < since:
                continue  # history
            for staff, why in (*_unfit(view, one), *_busy(view, one), *_elsewhere(view, one)):
                where = {"event": one.key, "staff": staff}
                yield self.found(1, where, staff=staff, event=one.event.name, date=date, why=why)


def _unfit(view: View, one: Going) -> Iterator[tuple[str, Label]]:
    posts: dict[str, EventPost] = {post.key: post for post in event_posts(one.event)}
    calendar = view.demand.calendar
    days = [calendar.index[date] for date in one.held.dates if date in calendar.index]
    seen = set(one.event.people)
    for key, staff in one.held.staff.items():
        post, person = posts.get(key), view.people.get(staff)
        if post is None or person is None or one.held.rehearsal:
            yield staff, STRANGE
            continue
        if staff in seen:
            yield staff, TWICE
        seen.add(staff)
        if not agreed_to(person.staff, one.event):
            yield staff, CONSENT
        if not set(post.skills) <= set(person.staff.skills):
            yield staff, SKILL
        if any(person.absent >> day & 1 for day in days):
            yield staff, AWAY


def _busy(view: View, one: Going) -> Iterator[tuple[str, Label]]:
    """Fixed duties at the time; a whole day takes the lessons, too."""
    gap = view.instance.term.changeover_minutes
    for date in () if one.held.whole_day else one.held.dates:
        for clock, other in view.expansion.at_events.on(date):
            start, end = minutes(clock[0]), minutes(clock[1])
            for staff in sorted(one.people & view.people.keys()) if other is one else ():
                week = view.demand.calendar.week_of(date)
                day = view.demand.calendar.days[view.demand.calendar.index[date]]
                for duty in view.people[staff].staff.busy:
                    weeks = {Parity.ALL: (0, 1), Parity.ODD: (1,), Parity.EVEN: (0,)}[duty.parity]
                    if duty.weekday is day.weekday and week % 2 in weeks:
                        if minutes(duty.start) < end + gap and start < minutes(duty.end) + gap:
                            yield staff, BUSY


def _elsewhere(view: View, one: Going) -> Iterator[tuple[str, Message]]:
    for staff in sorted(one.people):
        for session in view.held.get(staff, ()):
            during = view.expansion.at_events.during(session.date, session.start, session.end)
            if any(other is one for other in during):
                yield staff, ELSEWHERE(activity=session.post.activity)
