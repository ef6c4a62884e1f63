"""Today's sheet as text for a group chat (微信群)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator

from instances.messages import Label, Lang, Message, Template, join
from instances.timetable import Session
from scheduler.day import DaySheet

TITLE = Template(
    "【{school}课后服务】{date} {weekday}（第{week}周）",
    "[{school} after-school service] {weekday} {date} (week {week})",
)
FOLLOWS = Template("今天调休，按{weekday}课表。", "Make-up day: {weekday}'s timetable.")
NO_CLUBS = Label("今天社团暂停。", "No clubs today.")
EVENT = Template("★ 大型活动：{event}", "★ Event: {event}")
LEADER = Template("值班领导：{staff}", "Leader on duty: {staff}")
SEGMENT = Template("■ {name} {start}–{end}", "■ {name} {start}–{end}")
POST = Template("{what}：{staff}", "{what}: {staff}")
POST_ROOM = Template("{what}（{room}）：{staff}", "{what} ({room}): {staff}")
COVERS = Label("▲ 代课", "▲ Covers")
COVER = Template(
    "{start} {what}：{staff}（代{planned}）", "{start} {what}: {staff} (for {planned})"
)
COVER_NEW = Template("{start} {what}：{staff}", "{start} {what}: {staff}")
MOVED = Label("▲ 换场地", "▲ Other rooms")
MOVE = Template("{start} {what}：{usual} → {room}", "{start} {what}: {usual} → {room}")
RETIMED = Label("▲ 换时间", "▲ Other times")
GOES = Template("{start} {what}：移到{date} {segment}", "{start} {what}: moved to {date} {segment}")
COMES = Template(
    "{start} {what}：移自{date} {segment}", "{start} {what}: moved from {date} {segment}"
)
OPEN = Label("▲ 还缺人", "▲ Still open")
OPEN_POST = Template("{start} {what} {role}", "{start} {what}, {role}")
CANCELLED = Label("▲ 取消", "▲ Cancelled")
CANCEL = Template("{start} {what}", "{start} {what}")
NOBODY = Label("（缺）", "(open)")


def chat(sheet: DaySheet, lang: Lang) -> str:
    """The text; one line for each place, what is unusual last, where it is seen."""
    return "\n".join(_lines(sheet, lang))


def what(session: Session, lang: Lang) -> str:
    """The classes looked after, or the activity."""
    post = session.post
    if post.option is not None or not post.classes or session.event:
        return post.activity
    return join(session.classes, lang)


def retimed(session: Session, lang: Lang) -> str:
    """Where a session went to, or came from."""
    other = session.moved_to or session.moved_from
    assert other is not None
    form = GOES if session.moved_to else COMES
    facts = {"start": session.start, "what": what(session, lang)}
    return form(**facts, date=other.date, segment=other.segment).text(lang)


def _lines(sheet: DaySheet, lang: Lang) -> Iterator[str]:
    yield TITLE(school=sheet.school, date=sheet.date, weekday=sheet.weekday, week=sheet.week).text(
        lang
    )
    if sheet.is_make_up:
        yield FOLLOWS(weekday=sheet.follows).text(lang)
    if not sheet.clubs:
        yield NO_CLUBS.text(lang)
    for event in sheet.events:
        yield EVENT(event=event.message).text(lang)
    if sheet.leaders:
        staff = dict.fromkeys(session.staff or NOBODY for session in sheet.leaders)
        yield LEADER(staff=list(staff)).text(lang)
    for segment in sheet.segments:
        yield ""
        yield SEGMENT(name=segment.name, start=segment.start, end=segment.end).text(lang)
        yield from _posts(segment.sessions, lang)
    yield from _unusual(sheet, lang)


def _posts(sessions: Iterable[Session], lang: Lang) -> Iterator[str]:
    """A line for each place, with everybody who is there."""
    places: dict[tuple[str, str], list[Session]] = {}
    for session in sessions:
        places.setdefault((what(session, lang), session.room or ""), []).append(session)
    for (name, room), here in places.items():
        staff = [session.staff or NOBODY for session in here]
        form = POST_ROOM if room and room != name else POST
        facts = {"what": name, "room": room, "staff": staff}
        yield form(**{key: facts[key] for key in form.placeholders}).text(lang)


def _cover(session: Session, lang: Lang) -> Message:
    facts = {"start": session.start, "what": what(session, lang), "staff": session.staff}
    if session.planned is None:
        return COVER_NEW(**facts)
    return COVER(**facts, planned=session.planned)


def _unusual(sheet: DaySheet, lang: Lang) -> Iterator[str]:
    covers = [_cover(session, lang) for session in sheet.covers]
    moved = [
        MOVE(start=s.start, what=what(s, lang), usual=sheet.usual_room.get(s.key), room=s.room)
        for s in sheet.moved
    ]
    opened = [
        OPEN_POST(start=s.start, what=what(s, lang), role=s.post.role) for s in sheet.open_posts
    ]
    at: dict[dt.time, dict[str, None]] = {}
    for session in sheet.cancelled:
        at.setdefault(session.start, {})[what(session, lang)] = None
    cancelled = [CANCEL(start=start, what=[*names]) for start, names in at.items()]
    for label, messages in (
        (OPEN, opened),
        (COVERS, covers),
        (MOVED, moved),
        (CANCELLED, cancelled),
    ):
        if messages:
            yield ""
            yield label.text(lang)
            yield from dict.fromkeys(message.text(lang) for message in messages)
    if sheet.retimed:
        yield ""
        yield RETIMED.text(lang)
        yield from dict.fromkeys(retimed(session, lang) for session in sheet.retimed)
