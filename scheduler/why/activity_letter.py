"""The letter about one activity: when, where, by whom, and what stands against other times."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from constraints.pins import PinText, matches_block
from instances.blocks import Block
from instances.demand import Option, Post
from instances.messages import Bilingual, Label
from instances.words import Role
from scheduler.open_posts import open_reasons
from scheduler.progress import Control
from scheduler.search import Settings
from scheduler.why import texts
from scheduler.why.counterfactual import answers, can_ask
from scheduler.why.letter import (
    Letter,
    Listed,
    Paragraph,
    PostText,
    answer_json,
    blocks_text,
    broken,
    points,
    what_if,
)
from scheduler.why.situation import Situation
from scheduler.why.wanted import to_meet_at

LISTED = 12
"""How many posts at fixed times have a line each."""
TRIED = 6
"""How many other times are tried."""


def activity_letter(
    situation: Situation, name: str, control: Control, settings: Settings, *, names: bool
) -> Letter:
    """The letter about an activity, by its name."""
    paragraphs = [Paragraph("greeting", (texts.ACTIVITY_GREETING(name=name),))]
    pins = tuple(PinText(pin) for pin in situation.instance.pins if pin.activity == name)
    data: dict[str, Any] = {"activity": name, "pins": len(pins)}
    if name not in situation.demand.options:
        return _fixed(situation, name, paragraphs, data)
    place = situation.timetable.placements.get(name)
    now = situation.view.expansion.option_of.get(name)
    if place is None or now is None:
        reasons = open_reasons(situation.context, situation.judged)
        why = [reasons[p.line] for p in situation.view.unplaced_posts(name) if p.line in reasons]
        told = tuple(_Told(reason) for reason in why)
        paragraphs.append(Paragraph("place", (texts.MEETS_NOWHERE, *told)))
    else:
        room = texts.IN_ROOM(room=place.room) if place.room else ""
        sentences: list[Bilingual] = [texts.MEETS(when=blocks_text(place.blocks), room=room)]
        sentences += _leaders(situation, situation.demand.posts_of_option.get((name, now), ()))
        paragraphs.append(Paragraph("place", tuple(sentences)))
        data |= {"blocks": [block.key for block in place.blocks], "room": place.room}
    if pins:
        paragraphs.append(Paragraph("pins", (texts.PINNED(pins=Listed(pins)),)))
    paragraphs += _elsewhere(situation, name, now, control, settings, data, names=names)
    return Letter(tuple(paragraphs), data)


class _Told:
    """A sentence that is already in both languages."""

    def __init__(self, wording: Any) -> None:
        self._wording = wording

    def text(self, lang: str) -> str:
        return str(self._wording[lang])


def _fixed(
    situation: Situation, name: str, paragraphs: list[Paragraph], data: dict[str, Any]
) -> Letter:
    posts = [post for post in situation.posts if post.activity == name]
    free = [post for post in posts if situation.holder(post) is None]
    items = _each(situation, posts) if len(posts) <= LISTED else _by_time(situation, posts)
    form = texts.FIXED if free else texts.FIXED_FULL
    facts = {"open": len(free)} if free else {}
    heading = form(posts=len(posts), **facts)
    data |= {"posts": [post.key for post in posts], "open": [post.key for post in free]}
    return Letter((*paragraphs, Paragraph("place", (heading,), tuple(items))), data)


def _each(situation: Situation, posts: Iterable[Post]) -> Iterator[Bilingual]:
    for post in posts:
        where = PostText(post, situation.view.expansion.room_of(post))
        yield texts.HELD(post=where, staff=situation.holder(post) or texts.OPEN_POST)


def _by_time(situation: Situation, posts: Iterable[Post]) -> Iterator[Bilingual]:
    """A line for each time of the week, with everybody who is on then."""
    times: dict[tuple[Block, ...], list[Bilingual]] = defaultdict(list)
    for post in posts:
        holder = situation.holder(post)
        who = texts.OPEN_POST if holder is None else Label(holder, holder)
        shown = texts.WITH_CLASSES(staff=who, classes=post.classes) if post.classes else who
        times[post.blocks].append(shown)
    for blocks, here in times.items():
        yield texts.AT_ONE_TIME(when=blocks_text(blocks), posts=Listed(here, "、", ", "))


def _leaders(situation: Situation, posts: tuple[Post, ...]) -> Iterator[Bilingual]:
    """Who holds the posts, and who else could at this time."""
    for post in posts:
        holder = situation.holder(post)
        yield texts.LED(role=post.role, staff=holder or texts.OPEN_POST)
        able = [key for key in situation.context.admitted(post) if key != holder]
        if able:
            taken = sum(
                any(situation.clash(post, other) for other in situation.weeks.get(key, ()))
                for key in able
            )
            yield texts.LED_OTHERS(able=len(able), elsewhere=taken)
        elif holder is not None:
            yield texts.LED_ONLY()


def _elsewhere(
    situation: Situation,
    name: str,
    now: int | None,
    control: Control,
    settings: Settings,
    data: dict[str, Any],
    *,
    names: bool,
) -> Iterator[Paragraph]:
    """The other times: what blocks them, or what they would cost."""
    others = [option for option in situation.demand.options[name] if option.index != now]
    if not others:
        yield Paragraph("other_times", (texts.ONLY_PLACE,))
        return
    blocked = {option.index: why for option in others if (why := _blocked(situation, option))}
    free = [option for option in others if option.index not in blocked]
    data["other_times"] = []
    for option in others:
        if option.index in blocked:
            when = texts.OTHER_PLACE(when=blocks_text(option.blocks))
            yield Paragraph("other_time", (when, blocked[option.index]))
            data["other_times"].append(
                {"blocks": [block.key for block in option.blocks], "verdict": "blocked"}
            )
    if free and not can_ask(situation):
        yield broken(situation)
        return
    if free:
        yield points(situation)
    wishes = [to_meet_at(situation, option) for option in free[:TRIED]]
    for option, reply in zip(free, answers(situation, wishes, control, settings), strict=False):
        when = texts.OTHER_PLACE(when=blocks_text(option.blocks))
        sentences = (when, *what_if(reply, situation, names=names, mine=False))
        yield Paragraph("other_time", sentences)
        data["other_times"].append(
            {
                "blocks": [block.key for block in option.blocks],
                **answer_json(reply, names=names),
            }
        )
    if len(free) > TRIED:
        yield Paragraph("other_times", (texts.MORE_PLACES(count=len(free) - TRIED),))


def _blocked(situation: Situation, option: Option) -> Bilingual | None:
    """Why an activity cannot meet in an option at all, if that is plain without a search."""
    for pin in situation.instance.pins:
        if pin.activity == option.activity and not pin.forbid:
            if not any(matches_block(pin, block) for block in option.blocks):
                return texts.PIN_AGAINST(pin=PinText(pin))
    if not option.rooms:
        return texts.NO_ROOM_THERE
    posts = situation.demand.posts_of_option.get((option.activity, option.index), ())
    for post in posts:
        if post.role in (Role.LEADER, Role.SUPERVISOR) and not situation.context.admitted(post):
            return texts.NO_LEADER_THERE(role=post.role)
    return None
