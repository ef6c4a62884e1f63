"""What stands in somebody's calendar: the sessions of a term as entries with words."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from instances.messages import Lang, Template
from instances.timetable import Session
from instances.words import Kind, Role

WITH_CLASSES = Template("{activity}（{classes}）", "{activity} ({classes})")
STAFF = Template("人员：{staff}", "Staff: {staff}")
ROLE = Template("岗位：{role}", "Role: {role}")
COVERING = Template("代{planned}", "For {planned}")
Slot = tuple[dt.date, dt.time, dt.time]


@dataclass(frozen=True)
class Entry:
    """One meeting on one date, as its calendar words it.

    ``thing`` is what repeats: the same one week after week. ``slot`` is date, start and end;
    ``origin`` the slot that the pattern has it in, where it was moved. ``single``: it is no
    part of the weekly pattern, such as a cover.
    """

    thing: str
    key: str
    slot: Slot
    summary: str
    location: str
    description: str
    origin: Slot | None = None
    single: bool = False


def slot_of(session: Session) -> Slot:
    return session.date, session.start, session.end


def origins(sessions: Iterable[Session]) -> dict[str, Slot]:
    """Where the pattern has what was moved to another time, by the key it has there."""
    return {f"{one.key}>": slot_of(one) for one in sessions if one.moved_to is not None}


def of_staff(sessions: Iterable[Session], key: str, lang: Lang) -> list[Entry]:
    """Everything that one person really gives."""
    sessions = tuple(sessions)
    where = origins(sessions)
    found = []
    for one in sessions:
        if one.staff == key and one.takes_place:
            own = one.planned == key
            lines = [ROLE(role=one.post.role)]
            if not own and one.planned is not None:
                lines.append(COVERING(planned=one.planned))
            found.append(
                Entry(
                    thing=f"{one.post.line}|{one.segment}",
                    key=one.key,
                    slot=slot_of(one),
                    summary=_summary(one, lang),
                    location=one.room or "",
                    description="\n".join(line.text(lang) for line in lines),
                    origin=where.get(one.key) if own else None,
                    single=not own or one.event is not None,
                )
            )
    return found


def of_all(sessions: Iterable[Session], lang: Lang, school_class: str | None = None) -> list[Entry]:
    """Every meeting of the school, or those for one class, with whoever is there.

    A class sees of a club what its printed page names: the leaders.
    """
    sessions = tuple(sessions)
    where = origins(sessions)
    meetings: dict[tuple[object, ...], list[Session]] = defaultdict(list)
    for one in sessions:
        if one.takes_place and (school_class is None or _concerns(one, school_class)):
            post = one.post
            thing = (post.activity, post.group or "", one.segment)
            meetings[(*thing, slot_of(one), one.room, where.get(one.key))].append(one)
    return [_meeting(here, where, lang, school_class is None) for here in meetings.values()]


def _concerns(session: Session, school_class: str) -> bool:
    if school_class not in session.classes:
        return False
    return session.post.kind not in (Kind.CLUB, Kind.TUTORING) or session.post.role is Role.LEADER


def _meeting(here: list[Session], where: dict[str, Slot], lang: Lang, with_classes: bool) -> Entry:
    first = min(here, key=lambda one: one.key)
    post = first.post
    staff = list(dict.fromkeys(one.staff for one in here if one.staff is not None))
    return Entry(
        thing=f"{post.activity}|{post.group or ''}|{first.segment}",
        key=first.key,
        slot=slot_of(first),
        summary=_summary(first, lang) if with_classes else post.activity,
        location=first.room or "",
        description=STAFF(staff=staff).text(lang) if staff else "",
        origin=where.get(first.key),
        single=first.event is not None,
    )


def _summary(session: Session, lang: Lang) -> str:
    if session.post.option is not None or not session.classes or session.event:
        return session.post.activity
    return WITH_CLASSES(activity=session.post.activity, classes=session.classes).text(lang)
