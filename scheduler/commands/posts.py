"""Posts as they read in a list."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence

from instances.demand import Post
from instances.derivation import derive
from instances.event_sessions import everything, is_of_event
from instances.messages import Lang, Template, join
from instances.timetable import Expansion, Session
from instances.words import Role, Status, Weekday
from instances.workbook.cell_text import weekdays_text
from scheduler.called_off import called_off_in, called_off_lines
from scheduler.commands import texts
from scheduler.recurring import dates_text
from scheduler.result import Published, Result
from scheduler.workbook import wording

SHOWN = 12
FEW_BLOCKS = 2
POST = Template("{when}“{activity}”{classes}{role}", "{when}{activity}{classes}, {role}")
WITH_CLASSES = Template("（{classes}）", " ({classes})")
TIMES = Template("{days} {segments}", "{days} {segments}")
WHEN = Template("{blocks} ", "{blocks}: ")


ON_DATES = Template("{post}：{dates}", "{post}: {dates}")
AT_EVENT = Template(
    "“{event}”{role}{count}人：{dates}",
    "{event}, {role}, {count} {count:post|posts}: {dates}",
)
BECAUSE = Template("{post}。{why}", "{post}. {why}")
OPEN_ON_DATES = Template(
    "有{count}个岗位在个别日期空缺：",
    "{count} {count:post is|posts are} open on some dates:",
)

WHO_COULD = Template(
    "看谁能补上，例如：cover 这份课表 --staff {staff} --date {date}",
    "To see who could come, for instance: cover with this timetable, --staff {staff} --date {date}",
)


def post_text(post: Post, lang: Lang) -> str:
    """When, what, which classes, which role; a movable activity that is nowhere has no time."""
    times = _times(post, lang) if post.option is None else []
    when = WHEN(blocks=times) if times else ""
    named = post.option is None and bool(post.classes)
    classes = WITH_CLASSES(classes=join(post.classes, lang)) if named else ""
    return POST(when=when, activity=post.activity, classes=classes, role=post.role).text(lang)


def _times(post: Post, lang: Lang) -> list[str]:
    """Each block, or for more than a few the weekdays of each segment: 周一至周五 放学."""
    if len(post.blocks) <= FEW_BLOCKS:
        return [block.text(lang) for block in post.blocks]
    days: dict[tuple[str, ...], set[Weekday]] = {}
    for block in post.blocks:
        days.setdefault(block.segments, set()).add(block.weekday)
    return [
        TIMES(days=weekdays_text(sorted(found), lang), segments=segments).text(lang)
        for segments, found in days.items()
    ]


def listed(sentences: Sequence[str], lang: Lang, shown: int = SHOWN) -> Iterator[str]:
    """The first few as indented lines, and how many more there are."""
    yield from (f"  - {sentence}" for sentence in sentences[:shown])
    if len(sentences) > shown:
        yield f"  {texts.AND_MORE(count=len(sentences) - shown).text(lang)}"


def open_text(published: Published, lang: Lang) -> Iterator[str]:
    """Which posts of the pattern are open, and why; then those on single dates."""
    reasons = published.result.open_reasons
    demand = derive(published.instance, published.timetable.since)
    if reasons:
        yield texts.OPEN_POSTS(count=len(reasons)).text(lang)
        posts = demand.posts_of_line
        yield from listed(
            [f"{post_text(posts[line][0], lang)}: {why[lang]}" for line, why in reasons.items()],
            lang,
        )
    if published.result.uncovered_sessions:
        sessions = everything(Expansion(demand, published.timetable))
        dated = open_on_dates(sessions, reasons, lang, published.result)
        if dated:
            yield OPEN_ON_DATES(count=sum(dated.values())).text(lang)
            yield from listed(list(dated), lang)
        missing = (one for one in sessions if one.status is Status.OPEN and one.planned)
        if (first := next(missing, None)) is not None:
            asked = {"staff": first.planned, "date": f"{first.date}"}
            yield f"  {WHO_COULD(**asked).text(lang)}"


def open_on_dates(
    sessions: Iterable[Session],
    always: Collection[str],
    lang: Lang,
    result: Result | None = None,
) -> dict[str, int]:
    """The posts that are open on some dates, but for the lines that always are: sentences, each
    with the number of its posts. Those of an event that are alike are one; ``result`` says why.
    """
    found: dict[Post, list[dt.date]] = defaultdict(list)
    for session in sessions:
        if session.status is Status.OPEN and session.post.line not in always:
            found[session.post].append(session.date)
    told: dict[str, int] = defaultdict(int)
    at_events: dict[tuple[str, Role, str], list[tuple[Post, list[dt.date]]]] = defaultdict(list)
    for post, dates in found.items():
        if is_of_event(post.line):
            why = result.event_reason(post.line).get(lang, "") if result else ""
            at_events[post.activity, post.role, why].append((post, dates))
        else:
            told[ON_DATES(post=post_text(post, lang), dates=dates_text(dates)).text(lang)] += 1
    for (event, role, why), some in at_events.items():
        dates = [date for _, dates in some for date in dates]
        count = len({post.line for post, _ in some})
        facts = {"event": event, "role": role, "count": count, "dates": dates_text(dates)}
        text = AT_EVENT(**facts).text(lang)
        told[BECAUSE(post=text, why=why).text(lang) if why else text] += count
    return told


def called_off_text(published: Published, lang: Lang) -> Iterator[str]:
    """Which clubs do not meet for want of a room, and what would do."""
    head, *rest = [line.text(lang) for line in called_off_lines(called_off_in(published))] or [""]
    if head:
        *clubs, remedy = rest
        yield f"! {head}"
        yield from listed(clubs, lang)
        if (since := published.timetable.since) is not None:
            yield f"  {wording.COUNTED_FROM(since=since).text(lang)}"
        yield f"  {remedy}"
