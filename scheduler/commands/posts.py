"""Posts as they read in a list."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence

from instances.demand import Post
from instances.derivation import derive
from instances.event_sessions import everything
from instances.messages import Lang, Template, join
from instances.timetable import Expansion, Session
from instances.words import Status, Weekday
from instances.workbook.cell_text import weekdays_text
from scheduler.called_off import called_off_in, called_off_lines
from scheduler.commands import texts
from scheduler.recurring import dates_text
from scheduler.result import Published
from scheduler.workbook import wording

SHOWN = 12
FEW_BLOCKS = 2
POST = Template("{when}“{activity}”{classes}{role}", "{when}{activity}{classes}, {role}")
WITH_CLASSES = Template("（{classes}）", " ({classes})")
TIMES = Template("{days} {segments}", "{days} {segments}")
WHEN = Template("{blocks} ", "{blocks}: ")


ON_DATES = Template("{post}：{dates}", "{post}: {dates}")
OPEN_ON_DATES = Template(
    "有{count}个岗位在个别日期空缺：",
    "{count} {count:post is|posts are} open on some dates:",
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
        dated = list(open_on_dates(sessions, reasons, lang))
        if dated:
            yield OPEN_ON_DATES(count=len(dated)).text(lang)
            yield from listed(dated, lang)


def open_on_dates(
    sessions: Iterable[Session], always: Collection[str], lang: Lang
) -> Iterator[str]:
    """The posts that are open on some dates, but for the lines that always are."""
    found: dict[Post, list[dt.date]] = defaultdict(list)
    for session in sessions:
        if session.status is Status.OPEN and session.post.line not in always:
            found[session.post].append(session.date)
    for post, dates in found.items():
        yield ON_DATES(post=post_text(post, lang), dates=dates_text(dates)).text(lang)


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
