"""Posts as they read in a list."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from instances.demand import Post
from instances.messages import Lang, Template, join
from instances.words import Weekday
from instances.workbook.cell_text import weekdays_text
from scheduler.called_off import called_off_in, called_off_lines
from scheduler.commands import texts
from scheduler.result import Published

SHOWN = 12
FEW_BLOCKS = 2
POST = Template("{when}“{activity}”{classes}{role}", "{when}{activity}{classes}, {role}")
WITH_CLASSES = Template("（{classes}）", " ({classes})")
TIMES = Template("{days} {segments}", "{days} {segments}")
WHEN = Template("{blocks} ", "{blocks}: ")


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


def called_off_text(published: Published, lang: Lang) -> Iterator[str]:
    """Which clubs do not meet for want of a room, and what would do."""
    head, *rest = [line.text(lang) for line in called_off_lines(called_off_in(published))] or [""]
    if head:
        *clubs, remedy = rest
        yield f"! {head}"
        yield from listed(clubs, lang)
        yield f"  {remedy}"
