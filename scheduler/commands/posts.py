"""Posts as they read in a list."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from instances.demand import Post
from instances.messages import Lang, Template, join
from scheduler.commands import texts

SHOWN = 12
FEW_BLOCKS = 2
POST = Template("{when}“{activity}”{classes}{role}", "{when}{activity}{classes}, {role}")
WITH_CLASSES = Template("（{classes}）", " ({classes})")
WHEN = Template("{blocks} ", "{blocks}: ")


def post_text(post: Post, lang: Lang) -> str:
    """When, what, which classes, which role; a movable activity that is nowhere has no time."""
    blocks = post.blocks if post.option is None and len(post.blocks) <= FEW_BLOCKS else ()
    when = WHEN(blocks=[block.text(lang) for block in blocks]) if blocks else ""
    named = post.option is None and bool(post.classes)
    classes = WITH_CLASSES(classes=join(post.classes, lang)) if named else ""
    return POST(when=when, activity=post.activity, classes=classes, role=post.role).text(lang)


def listed(sentences: Sequence[str], lang: Lang, shown: int = SHOWN) -> Iterator[str]:
    """The first few as indented lines, and how many more there are."""
    yield from (f"  - {sentence}" for sentence in sentences[:shown])
    if len(sentences) > shown:
        yield f"  {texts.AND_MORE(count=len(sentences) - shown).text(lang)}"
