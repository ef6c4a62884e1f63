"""A letter: paragraphs of sentences, in either language, and the same for scripts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from instances.blocks import Block
from instances.demand import UNIT, Post
from instances.messages import Bilingual, Label, Lang, Message, join
from scheduler.why import texts
from scheduler.why.counterfactual import Answer, Trade, Verdict
from scheduler.why.situation import Colleagues, Situation

MANY = 3


@dataclass(frozen=True)
class Paragraph:
    """One idea: its topic for scripts, sentences, what is listed, and what is said after it."""

    topic: str
    sentences: tuple[Bilingual, ...]
    items: tuple[Bilingual, ...] = ()
    after: tuple[Bilingual, ...] = ()

    def text(self, lang: Lang) -> str:
        space = "" if lang == "zh" else " "
        first, last = (
            [space.join(one.text(lang) for one in some)] if some else []
            for some in (self.sentences, self.after)
        )
        items = dict.fromkeys(f"  · {one.text(lang)}" for one in self.items)
        return "\n".join([*first, *items, *last])


@dataclass(frozen=True)
class Letter:
    """A whole letter, with its facts for scripts."""

    paragraphs: tuple[Paragraph, ...]
    facts: dict[str, Any]

    def text(self, lang: Lang) -> str:
        return "\n\n".join(paragraph.text(lang) for paragraph in self.paragraphs)

    def to_json(self, lang: Lang) -> dict[str, Any]:
        parts = [{"topic": p.topic, "text": p.text(lang)} for p in self.paragraphs]
        return {**self.facts, "paragraphs": parts, "text": self.text(lang)}


@dataclass(frozen=True)
class Listed:
    """Several things in one sentence, each with a wording of its own."""

    parts: Sequence[Bilingual]
    zh: str = "；"
    en: str = "; "

    def text(self, lang: Lang) -> str:
        return (self.zh if lang == "zh" else self.en).join(part.text(lang) for part in self.parts)


@dataclass(frozen=True)
class PostText:
    """A post as its holder speaks of it: when, what, which classes."""

    post: Post
    room: str | None = None

    def text(self, lang: Lang) -> str:
        post = self.post
        classes = join(post.classes[:MANY], lang)
        if len(post.classes) > MANY:
            classes = texts.CLASSES_MORE(classes=classes, count=len(post.classes)).text(lang)
        details = [classes] if classes and post.option is None else []
        if self.room:
            details.append(self.room)
        shown = texts.POST_DETAILS(details=details) if details else ""
        when = blocks_text(post.blocks)
        return texts.POST(when=when, what=post.activity, details=shown).text(lang)


def blocks_text(blocks: Iterable[Block]) -> Listed:
    """Places in the week as one says them: 周二社团活动, Tue 社团活动."""
    return Listed(
        [
            Label(
                block.weekday.text("zh") + join(block.segments, "zh"),
                f"{block.weekday.text('en')} {join(block.segments, 'en')}",
            )
            for block in blocks
        ],
        "、",
        ", ",
    )


def units(hundredths: int) -> str:
    """A load in units, as it is written on the sheets."""
    return f"{hundredths / UNIT:.1f}"


def percent(share: float) -> str:
    """A share as a percentage that never rounds up to 100."""
    return f"{int(share * 100 + 1e-9)}%"


def people(colleagues: Colleagues, *, names: bool) -> Message:
    """How many, and with ``names`` who."""
    if names and colleagues.keys:
        return texts.PEOPLE_NAMED(count=len(colleagues), names=colleagues.keys)
    return texts.PEOPLE(count=len(colleagues)) if colleagues.keys else texts.NOBODY()


def points(situation: Situation) -> Paragraph:
    """What penalty points and trials are, said once in a letter that speaks of them."""
    return Paragraph("points", (texts.POINTS(now=situation.judged.quality),))


def broken(situation: Situation) -> Paragraph:
    """Why nothing was tried."""
    return Paragraph("broken", (texts.BROKEN(count=len(situation.judged.hard)),))


def what_if(answer: Answer, situation: Situation, *, names: bool, mine: bool) -> Iterator[Message]:
    """The sentences about what would have to give; ``mine``: whether a person asks."""
    now = sum(situation.judged.open_by_tier)
    if answer.verdict is Verdict.NOT_TRIED:
        yield texts.NOT_TRIED()
    elif answer.verdict is Verdict.UNDECIDED:
        yield texts.UNDECIDED()
    elif answer.trade is not None:
        yield from _trade(answer.trade, names=names, mine=mine)
    elif answer.open_at_least is not None:
        yield texts.PROVED_OPEN(least=answer.open_at_least, now=now)
    else:
        yield texts.PROVED_NEVER()


def _trade(trade: Trade, *, names: bool, mine: bool) -> Iterator[Message]:
    from constraints.catalogue import rulebook

    yield texts.CAN_BE_HAD()
    if mine and trade.gained and trade.given_up:
        yield texts.EXCHANGED(
            gained=Listed([PostText(p) for p in trade.gained], "、", ", "),
            given=Listed([PostText(p) for p in trade.given_up], "、", ", "),
        )
    elif mine and trade.gained:
        yield texts.GAINED(gained=Listed([PostText(p) for p in trade.gained], "、", ", "))
    elif mine and trade.given_up:
        yield texts.GIVEN_UP(given=Listed([PostText(p) for p in trade.given_up], "、", ", "))
    if mine and trade.load_then != trade.load_now:
        yield texts.OWN_LOAD(now=units(trade.load_now), then=units(trade.load_then))
    if trade.changed.keys:
        yield texts.CHANGED(people=people(trade.changed, names=names))
    if trade.moved:
        yield texts.MOVED(activities=trade.moved)
    rules = [
        texts.RULE_POINTS(rule=rulebook()[rule].title, points=f"{more:+d}")
        for rule, more in trade.points.items()
    ]
    if trade.total > 0:
        yield texts.COSTS(total=trade.total, rules=Listed(rules, "、", ", "))
    elif trade.total < 0:
        yield texts.BETTER(total=-trade.total, rules=Listed(rules, "、", ", "))
    else:
        yield texts.SAME()
    if trade.fewer_wishes.keys:
        yield texts.FEWER_WISHES(people=people(trade.fewer_wishes, names=names))
    if trade.less_even.keys:
        yield texts.LESS_EVEN(people=people(trade.less_even, names=names))
    if trade.open_then != trade.open_now:
        yield texts.OPEN_CHANGES(now=trade.open_now, then=trade.open_then)


def answer_json(answer: Answer, *, names: bool) -> dict[str, Any]:
    """An answer for scripts."""
    trade = answer.trade
    found: dict[str, Any] = {
        "verdict": answer.verdict.value,
        "open_at_least": answer.open_at_least,
    }
    if trade is not None:
        found["trade"] = {
            "points": trade.points,
            "gained": [post.key for post in trade.gained],
            "given_up": [post.key for post in trade.given_up],
            "changed": trade.changed.to_json(names=names),
            "fewer_wishes": trade.fewer_wishes.to_json(names=names),
            "less_even": trade.less_even.to_json(names=names),
            "moved": list(trade.moved),
            "open_now": trade.open_now,
            "open_then": trade.open_then,
            "load_now": trade.load_now / UNIT,
            "load_then": trade.load_then / UNIT,
        }
    return found
