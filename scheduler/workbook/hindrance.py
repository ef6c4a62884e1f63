"""Why somebody who is not away does not come to a session of theirs."""

from __future__ import annotations

from collections.abc import Sequence

from instances.messages import Bilingual, Label, Template
from instances.school import Staff
from instances.timetable import Session

ELSEWHERE = Template("届时在“{activity}”", "is at “{activity}” then")
DAY_FULL = Template(
    "当天已有{count}个岗位，是每天上限",
    "has {count} {count:post|posts} that day, the most a day may have",
)
WEEK_FULL = Template(
    "该周已有{count}个岗位，是每周上限",
    "has {count} {count:post|posts} that week, the most a week may have",
)
TERM_FULL = Template(
    "本学期已有{count}个岗位，是学期上限",
    "has {count} {count:post|posts} this term, the most a term may have",
)
CANNOT = Label("届时不能到场", "cannot be there")


def hindrance(person: Staff, session: Session, held: Sequence[Session]) -> Bilingual:
    """What keeps a person from a session, given all that they hold on all dates of the term."""
    there = (one for one in held if one.date == session.date and _overlap(one, session))
    clash = next(there, None)
    if clash is not None:
        return ELSEWHERE(activity=clash.post.activity)
    posts = [one for one in held if one.event is None]
    for cap, template, within in (
        (person.cap_day, DAY_FULL, [s for s in posts if s.date == session.date]),
        (person.cap_week, WEEK_FULL, [s for s in posts if s.day.week == session.day.week]),
        (person.cap_term, TERM_FULL, posts),
    ):
        if cap is not None and len(within) >= cap:
            return template(count=len(within))
    return CANNOT


def _overlap(one: Session, other: Session) -> bool:
    return one.start < other.end and other.start < one.end
