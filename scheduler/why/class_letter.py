"""The letter about one class: who is with it, why, and what better would cost."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from constraints.rules.class_changes_hands import ClassChangesHands, care_posts
from instances.demand import Post
from instances.messages import Bilingual, Message
from instances.timetable import Session
from instances.words import Status
from scheduler.progress import Control
from scheduler.search import Settings
from scheduler.why import texts
from scheduler.why.counterfactual import WhatIf, answers, can_ask
from scheduler.why.letter import Letter, Paragraph, PostText, answer_json, broken, points, what_if
from scheduler.why.situation import Situation
from scheduler.why.wanted import fewer_hands, home_teacher_there


@dataclass(frozen=True)
class ClassFacts:
    """The week of one class. ``hands``: how many weekly care posts each supervisor has."""

    name: str
    posts: tuple[Post, ...]
    hands: dict[str, int]
    most: int | None
    home: str | None
    home_possible: bool
    covers: tuple[Session, ...]
    open: tuple[Session, ...]
    findings: tuple[tuple[str, Message], ...]


def class_facts(situation: Situation, name: str) -> ClassFacts:
    """The facts about one class, by its name."""
    posts = tuple(p for p in situation.posts if name in p.classes and p.option is None)
    care = [post for post in posts if care_posts(situation.demand, post)]
    holders = [situation.holder(post) for post in care]
    home = situation.instance.class_by_name[name].home_teacher
    home = home if home in situation.context.people else None
    sessions = [s for s in situation.view.sessions if name in s.classes and s.takes_place]
    sessions = [s for s in sessions if s.post.option is None]
    return ClassFacts(
        name=name,
        posts=posts,
        hands=dict(Counter(holder for holder in holders if holder is not None)),
        most=next(
            (r.people for r in situation.context.rules if isinstance(r, ClassChangesHands)), None
        ),
        home=home,
        home_possible=home is not None
        and any(
            name in post.classes and care_posts(situation.demand, post)
            for post in situation.context.possible[home]
        ),
        covers=tuple(s for s in sessions if s.status is Status.COVER),
        open=tuple(s for s in sessions if s.status is Status.OPEN),
        findings=tuple(
            (finding.rule, finding.message)
            for finding, _ in situation.judged.soft
            if finding.where.get("class") == name
        ),
    )


def class_letter(
    situation: Situation, name: str, control: Control, settings: Settings, *, names: bool
) -> Letter:
    """The letter about a class. Who supervises it is no secret; who else changes is counted."""
    facts = class_facts(situation, name)
    tried: list[tuple[str, Message, WhatIf]] = []
    if facts.home is not None and facts.home_possible and facts.home not in facts.hands:
        tried.append(
            ("home_teacher", texts.TRY_HOME(), home_teacher_there(situation, facts.home, name))
        )
    if len(facts.hands) > 1:
        most = len(facts.hands) - 1
        tried.append(("hands", texts.TRY_HANDS(count=most), fewer_hands(situation, name, most)))
    paragraphs = [
        Paragraph("greeting", (texts.CLASS_GREETING(name=name),)),
        Paragraph("week", (texts.CLASS_WEEK,), tuple(_week(situation, facts))),
        Paragraph("hands", tuple(_hands(facts))),
        *_dates(facts),
    ]
    data = _data(facts)
    if not tried:
        return Letter(tuple(paragraphs), data)
    if not can_ask(situation):
        return Letter((*paragraphs, broken(situation)), data)
    found = answers(situation, [wish for _, _, wish in tried], control, settings)
    paragraphs.append(points(situation))
    data["what_if"] = []
    for (topic, sentence, _), reply in zip(tried, found, strict=True):
        sentences = (sentence, *what_if(reply, situation, names=names, mine=False))
        paragraphs.append(Paragraph(topic, sentences))
        data["what_if"].append({"wish": topic, **answer_json(reply, names=names)})
    return Letter(tuple(paragraphs), data)


def _week(situation: Situation, facts: ClassFacts) -> Iterator[Bilingual]:
    for post in facts.posts:
        where = PostText(post, situation.view.expansion.room_of(post))
        yield texts.HELD(post=where, staff=situation.holder(post) or texts.OPEN_POST)


def _hands(facts: ClassFacts) -> Iterator[Bilingual]:
    if facts.hands:
        hands = [texts.HAND(staff=key, times=times) for key, times in facts.hands.items()]
        yield texts.HANDS(count=len(hands), hands=hands)
        if facts.most is not None:
            yield texts.HANDS_MOST(most=facts.most)
    if facts.home is None:
        yield texts.HOME_NONE
    elif facts.home in facts.hands:
        yield texts.HOME_THERE(home=facts.home, times=facts.hands[facts.home])
    else:
        yield texts.HOME_AWAY(home=facts.home)
        if not facts.home_possible:
            yield texts.HOME_CANNOT


def _dates(facts: ClassFacts) -> Iterator[Paragraph]:
    items: list[Bilingual] = []
    for form, sessions in ((texts.CLASS_COVERS, facts.covers), (texts.CLASS_OPEN, facts.open)):
        if sessions:
            dates = list(dict.fromkeys(session.date for session in sessions))
            items.append(form(count=len(sessions), dates=dates))
    if items:
        yield Paragraph("dates", (texts.CLASS_DATES,), tuple(items))
    if facts.findings:
        found = tuple(message for _, message in facts.findings)
        yield Paragraph("findings", (texts.CLASS_FINDINGS,), found)
    elif not facts.open:
        yield Paragraph("findings", (texts.NO_FINDINGS,))


def _data(facts: ClassFacts) -> dict[str, Any]:
    return {
        "class": facts.name,
        "posts": [post.key for post in facts.posts],
        "hands": facts.hands,
        "hands_most": facts.most,
        "home_teacher": facts.home,
        "covers": [session.key for session in facts.covers],
        "open": [session.key for session in facts.open],
        "findings": [rule for rule, _ in facts.findings],
    }
