"""A published term as the sheets look at it: its sessions, indexed, and the weekly pattern."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property

from instances.calendar import Calendar, timing_on
from instances.demand import Demand, Post
from instances.derivation import derive
from instances.event_sessions import everything
from instances.messages import Bilingual, Label, Lang, Template, join
from instances.past_sessions import sessions_of
from instances.school import DAYS, Activity, Instance
from instances.timetable import Expansion, Session, Timetable
from instances.words import Kind, Status, Weekday
from scheduler.called_off import CalledOff, called_off
from scheduler.result import Published, Result
from scheduler.workbook.hindrance import hindrance
from scheduler.workbook.news import News
from scheduler.workbook.weeks import WeekNames

HEADER = Template("{school}\n{term}", "{school}\n{term}")
HEADER_SINCE = Template(
    "{school}\n{term}　课表第{number}号，自{since}起",
    "{school}\n{term}, timetable no. {number}, from {since}",
)
MOVED_TIME = Template("{date} {segment}", "{date} {segment}")
MOVED_BOTH = Template("{date} {segment}，{room}", "{date} {segment}, {room}")
WHO_WHY = Template("{who}：{why}", "{who}: {why}")
ON_LEAVE = Label("请假", "on leave")
NOT_YET = Label("尚未到校", "not yet at the school")
CLOSED = Template("{room}停用", "{room} closed")
FULL = Template("{room}没有空位", "no place in {room}")
LEFT = Label("已离校", "no longer at the school")
Slot = tuple[Weekday, str]


@dataclass(frozen=True)
class Item:
    """One line of posts in one weekly slot, as the pattern has it.

    ``when`` says in which weeks, and is empty for all of them; ``days`` is a bit mask.
    """

    post: Post
    slot: Slot
    clocks: tuple[tuple[dt.time, dt.time], ...]
    days: int
    holder: str | None
    room: str | None
    when: str

    @property
    def order(self) -> tuple[int, dt.time, int, int, str]:
        return (
            self.slot[0],
            self.clocks[0][0],
            self.post.role.tier,
            self.post.number,
            self.post.line,
        )


class View:
    """Everything the sheets are drawn from; ``share`` leaves out what is not for all eyes.

    ``sessions`` are those that are planned, posts of events among them, ``past`` those of the
    history before them.
    """

    def __init__(self, published: Published, lang: Lang, *, share: bool = False) -> None:
        self.published = published
        self.lang = lang
        self.share = share
        self.instance: Instance = published.instance
        self.result: Result = published.result
        self.timetable: Timetable = published.timetable
        self.demand: Demand = derive(self.instance, self.timetable.since)
        self.calendar: Calendar = self.demand.calendar
        self.expansion = Expansion(self.demand, self.timetable)
        self.sessions: tuple[Session, ...] = everything(self.expansion)
        self.past: tuple[Session, ...] = sessions_of(self.timetable.history)
        self.weeks = WeekNames(self.calendar, lang)

    @cached_property
    def header(self) -> str:
        facts = {"school": self.instance.school, "term": self.instance.term.name}
        if self.timetable.since is None:
            return HEADER(**facts).text(self.lang)
        facts["number"] = str(self.published.number)
        return HEADER_SINCE(**facts, since=self.timetable.since).text(self.lang)

    @cached_property
    def whole_term(self) -> tuple[Session, ...]:
        """What took place before, then what is planned."""
        return (*self.past, *self.sessions)

    def is_past(self, session: Session) -> bool:
        """Whether a session belongs to the history."""
        return self.timetable.since is not None and session.date < self.timetable.since

    @cached_property
    def items(self) -> tuple[Item, ...]:
        """The weekly pattern: every line in every slot where it has sessions."""
        found: dict[tuple[str, Weekday, str], list[Session]] = defaultdict(list)
        for session in self.sessions:
            if session.moved_from is None and session.event is None:
                found[session.post.line, session.day.weekday, session.segment].append(session)
        items = [self._item(sessions) for sessions in found.values()]
        return tuple(sorted(items, key=lambda item: item.order))

    def _item(self, sessions: list[Session]) -> Item:
        first = sessions[0]
        slot = (first.day.weekday, first.segment)
        days = 0
        for session in sessions:
            days |= 1 << self.calendar.index[session.date]
        clocks = tuple(dict.fromkeys((s.start, s.end) for s in sessions))
        is_club = first.post.kind is Kind.CLUB
        return Item(
            post=first.post,
            slot=slot,
            clocks=clocks,
            days=days,
            holder=first.planned,
            room=self.expansion.room_of(first.post),
            when=self.weeks.of(days, self.slot_days(slot), club=is_club),
        )

    def slot_days(self, slot: Slot) -> int:
        """The dates on which a weekly slot takes place."""
        if slot not in self._slot_days:
            segment = self.instance.segment_by_name[slot[1]]
            self._slot_days[slot] = self.calendar.of_weekday[slot[0]] & self.calendar.where(
                lambda day: timing_on(segment, slot[0], day.phase) is not None
            )
        return self._slot_days[slot]

    @cached_property
    def _slot_days(self) -> dict[Slot, int]:
        return {}

    @cached_property
    def sessions_of_staff(self) -> dict[str, list[Session]]:
        """The sessions each person really gives."""
        found: dict[str, list[Session]] = defaultdict(list)
        for session in self.whole_term:
            if session.staff is not None and session.takes_place:
                found[session.staff].append(session)
        return found

    @cached_property
    def changed(self) -> tuple[Session, ...]:
        """Sessions that differ from the pattern, or take place without anybody."""
        changes = self.timetable.changes
        return tuple(s for s in self.sessions if s.key in changes or s.moved_from or s.joined)

    @cached_property
    def news(self) -> News:
        """What is new since the timetable that this one was made from."""
        return News(self.published, self.sessions, self.calendar)

    def is_new(self, item: Item) -> bool:
        """Whether a line of the pattern is not what it was in its slot."""
        return bool(self.news.of_line(item.post.line, item.slot[0]))

    @cached_property
    def past_changed(self) -> tuple[Session, ...]:
        """Sessions of the history that were not as their week had them."""
        return tuple(
            s
            for s in self.past
            if s.status is not Status.PLANNED and (s.status is not Status.OPEN or s.planned)
        )

    @cached_property
    def weekdays(self) -> tuple[Weekday, ...]:
        """The weekdays of the pattern."""
        return tuple(sorted({session.day.weekday for session in self.sessions})) or DAYS

    @cached_property
    def clubs(self) -> tuple[Activity, ...]:
        """Activities whose place is chosen as a whole: clubs and tutoring."""
        return tuple(a for a in self.instance.activities if a.name in self.demand.options)

    def is_over(self, activity: Activity) -> bool:
        """Whether a club has ended before the date from which the timetable holds."""
        since = self.timetable.since
        return since is not None and activity.end is not None and activity.end < since

    @cached_property
    def called_off(self) -> dict[str, CalledOff]:
        """Clubs that have no room on some dates, by name."""
        found = called_off(self.instance, self.timetable, self.sessions)
        return {one.activity: one for one in found}

    def joined(self, parts: list[str]) -> str:
        return join(parts, self.lang)

    def room_from(self, session: Session) -> str | None:
        """The room of the pattern, where the session is in another."""
        post = session.post
        if session.event is not None:
            return None
        usual = post.room if self.is_past(session) else self.expansion.room_of(post)
        return usual if usual != session.room else None

    def moved_from(self, session: Session) -> str | None:
        """Where the pattern has a session that was moved: date and segment, or the room."""
        room = self.room_from(session)
        if session.moved_from is None:
            return room
        facts = {"date": f"{session.moved_from.date}", "segment": session.moved_from.segment}
        if room is None:
            return MOVED_TIME(**facts).text(self.lang)
        return MOVED_BOTH(**facts, room=room).text(self.lang)

    def why_open(self, line: str) -> str | None:
        """Why nobody holds a line every week, or a post of an event; not for the copy that is
        sent round."""
        if self.share:
            return None
        texts = self.result.open_reasons.get(line) or self.result.event_reason(line)
        return texts.get(self.lang)

    def reason(self, session: Session) -> str | None:
        """Why a session is not as planned: who is away and why, or what was noted."""
        person = self.instance.staff_by_key.get(session.planned or "")
        date = session.date
        if session.reason in self.instance.room_by_name:
            closed = self.instance.room_by_name[session.reason].is_closed_on(date)
            return (CLOSED if closed else FULL)(room=session.reason).text(self.lang)
        if person is None or session.status is Status.CANCELLED:
            return session.reason or None
        why: Bilingual | str | None = None
        if person.start is not None and date < person.start:
            why = NOT_YET
        elif person.end is not None and date > person.end:
            why = LEFT
        else:
            period = next((period for period in person.leave if date in period), None)
            if period is not None:
                why = period.name or ON_LEAVE
        if why is None and session.reason == person.key:
            held = self.sessions_of_staff.get(person.key, [])
            why = hindrance(person, session, held)
        if why is None:
            return session.reason or None
        return WHO_WHY(who=person.key, why=why).text(self.lang)

    @cached_property
    def session_by_key(self) -> dict[str, Session]:
        return {session.key: session for session in self.whole_term}

    def originally(self, session: Session) -> str | None:
        """Who the pattern names, where somebody else comes or nobody does."""
        return session.planned if session.planned != session.staff else None
