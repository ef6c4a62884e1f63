"""Posts that nobody fills, with the reason."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from instances.messages import Label, Template
from instances.timetable import Session
from instances.words import TIERS
from scheduler.workbook import wording
from scheduler.workbook.clocks import clock_text
from scheduler.workbook.event_words import audience_text
from scheduler.workbook.flat import Column, flat_sheet
from scheduler.workbook.sheet import Sheet, Value
from scheduler.workbook.view import View

COLUMNS = (
    Column(Label("级别", "Tier"), 13, "text"),
    Column(Label("活动", "Activity"), 22),
    Column(Label("岗位", "Post"), 12, "text"),
    Column(Label("班级", "Classes"), 20),
    Column(Label("时间", "When"), 26),
    Column(Label("空缺场次", "Sessions open"), 10, "text"),
    Column(Label("日期", "Dates"), 34),
)
REASON = Column(Label("原因", "Reason"), 40)
NONE = Label("没有空缺：每个岗位、每一天都有人。", "None: every post is filled on every date.")
NOT_PLACED = Label("未能排入课表", "could not be placed")
EVERY = Label("每次", "every time")
SEVERAL = Template("{role}（{count}人）", "{role} ({count} people)")
SLOT = Template("{day} {segment} {clock}", "{day} {segment} {clock}")
FEW = 8
AND_MORE = Template("{dates}等", "{dates} …")


def open_sheet(view: View) -> Sheet:
    """Open posts, the gravest tier first; reasons are not for the copy sent round."""
    columns = COLUMNS if view.share else (*COLUMNS, REASON)
    cut = len(columns)
    rows = (row[:cut] for row in [*_not_placed(view), *_posts(view)])
    return flat_sheet(view, wording.OPEN, columns, rows, none=NONE)


def _not_placed(view: View) -> Iterator[tuple[Value, ...]]:
    """Clubs that have no place; those that have ended want none."""
    for activity in view.clubs:
        if activity.name not in view.expansion.option_of and not view.is_over(activity):
            reason = next(
                (
                    texts[view.lang]
                    for line, texts in view.result.open_reasons.items()
                    if line.startswith(f"{activity.name}/")
                ),
                None,
            )
            when = NOT_PLACED.text(view.lang)
            kind = activity.kind.text(view.lang)
            yield (kind, activity.name, None, None, when, None, None, reason)


def _posts(view: View) -> Iterator[tuple[Value, ...]]:
    """Line by line; the posts of an event that are alike are one."""
    lines: dict[object, list[Session]] = defaultdict(list)
    every: dict[object, int] = defaultdict(int)
    for session in view.sessions:
        if session.takes_place:
            line = _line(view, session)
            every[line] += 1
            if session.staff is None:
                lines[line].append(session)
    order = sorted(lines.items(), key=lambda item: (item[1][0].post.role.tier, item[1][0].date))
    for line, sessions in order:
        post, event = sessions[0].post, sessions[0].event
        whole = len(sessions) == every[line] and event is None
        count = len({session.post.line for session in sessions})
        role = post.role if count == 1 else SEVERAL(role=post.role, count=count)
        yield (
            TIERS[post.role.tier].text(view.lang),
            post.activity,
            role.text(view.lang),
            _classes(view, sessions[0]),
            _when(view, sessions),
            len(sessions),
            EVERY.text(view.lang) if whole else _dates(view, sessions),
            view.why_open(post.line) or _reasons(view, sessions),
        )


def _line(view: View, session: Session) -> object:
    """What is told as one."""
    post = session.post
    if session.event is None:
        return post.line
    return post.activity, post.role, view.why_open(post.line)


def _classes(view: View, session: Session) -> str | None:
    """Whose children a post is for; of an event, who takes part in it."""
    post = session.post
    if post.option is not None:
        return None
    event = view.instance.event_by_name.get(post.activity) if session.event else None
    return audience_text(view, event) if event else view.joined(list(post.classes))


def _reasons(view: View, sessions: list[Session]) -> str | None:
    """Why nobody came, each reason once."""
    return "\n".join(dict.fromkeys(r for s in sessions if (r := view.reason(s)))) or None


def _when(view: View, sessions: list[Session]) -> str:
    slots: dict[str, None] = {}
    for s in sessions:
        clock = clock_text((s.start, s.end))
        slots[SLOT(day=s.day.weekday, segment=s.segment, clock=clock).text(view.lang)] = None
    return "\n".join(slots)


def _dates(view: View, sessions: list[Session]) -> str:
    dates = list(dict.fromkeys(s.date for s in sessions))
    text = SOME(dates=dates[:FEW]).text(view.lang)
    return AND_MORE(dates=text).text(view.lang) if len(dates) > FEW else text


SOME = Template("{dates}", "{dates}")
