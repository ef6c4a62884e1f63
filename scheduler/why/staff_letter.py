"""The letter to one person: what you asked for, what you got, and why."""

from __future__ import annotations

from typing import Any

from instances.demand import UNIT
from instances.words import Level
from scheduler.progress import Control
from scheduler.search import Settings
from scheduler.why import texts
from scheduler.why.counterfactual import Answer, answers, can_ask
from scheduler.why.facts import Asked, Got, Load, StaffFacts, UnwelcomeWork, Wishes, staff_facts
from scheduler.why.grounds import Missed, Unwelcome
from scheduler.why.letter import Letter, Paragraph, answer_json, broken, points
from scheduler.why.situation import Aim, Situation
from scheduler.why.staff_paragraphs import StaffParagraphs
from scheduler.why.wanted import to_be_spared, to_hold


def staff_letter(
    situation: Situation, key: str, control: Control, settings: Settings, *, names: bool
) -> Letter:
    """The letter to a person, by staff key; ``names``: whether it may name colleagues."""
    facts = staff_facts(situation, key)
    writer = StaffParagraphs(situation, facts, names=names)
    paragraphs = list(writer.opening())
    replies = _replies(situation, facts, control, settings)
    if replies:
        paragraphs.append(points(situation))
    elif not can_ask(situation):
        paragraphs.append(broken(situation))
    paragraphs += [writer.missed(one, replies.get((one.aim, True))) for one in facts.missed]
    paragraphs += [writer.unwelcome(one, replies.get((one.aim, False))) for one in facts.unwelcome]
    paragraphs.append(Paragraph("closing", (texts.CLOSING,)))
    tried = [
        {**aim.to_json(), "held": held, **answer_json(reply, names=names)}
        for (aim, held), reply in replies.items()
    ]
    return Letter(tuple(paragraphs), {**_data(facts, names=names), "what_if": tried})


def _replies(
    situation: Situation, facts: StaffFacts, control: Control, settings: Settings
) -> dict[tuple[Aim, bool], Answer]:
    """What would have to give, for each aim and whether it is to be held or not."""
    if not can_ask(situation):
        return {}
    key = facts.staff.key
    wanted = [one.aim for one in facts.missed if one.anywhere]
    unwanted = [one.aim for one in facts.unwelcome]
    wishes = [to_hold(situation, key, aim) for aim in wanted]
    wishes += [to_be_spared(situation, key, aim) for aim in unwanted]
    aims = [*((aim, True) for aim in wanted), *((aim, False) for aim in unwanted)]
    return dict(zip(aims, answers(situation, wishes, control, settings), strict=True))


def _data(facts: StaffFacts, *, names: bool) -> dict[str, Any]:
    return {
        "staff": facts.staff.key,
        "asked": _asked_json(facts.asked),
        "got": _got_json(facts.got),
        "load": _load_json(facts.load, names=names),
        "wishes": _wishes_json(facts.wishes, names=names),
        "unwelcome_work": _unwelcome_work_json(facts.unwelcome_work, names=names),
        "missed": [_missed_json(one, names=names) for one in facts.missed],
        "unwelcome": [_unwelcome_json(one, names=names) for one in facts.unwelcome],
    }


def _asked_json(asked: Asked) -> dict[str, Any]:
    levels = {
        level.value: [
            aim.to_json()
            for aim in (*map(Aim, asked.slots[level]), *map(Aim, asked.activities[level]))
        ]
        for level in Level
    }
    return {"default": None if asked.default is None else asked.default.value, **levels}


def _got_json(got: Got) -> dict[str, Any]:
    return {
        "weekly": [{"post": post.key, "room": room} for post, room in got.weekly],
        "sessions": got.sessions,
        "covers": [{"date": f"{day}", "segment": segment} for day, segment in got.covers],
        "covered": got.covered,
        "open_dates": got.open_dates,
    }


def _load_json(load: Load, *, names: bool) -> dict[str, Any]:
    return {
        "units": load.load / UNIT,
        "share": None if load.share is None else load.share / UNIT,
        "below": load.below.to_json(names=names),
        "above": load.above.to_json(names=names),
        "mean_difference": load.mean / UNIT,
    }


def _wishes_json(wishes: Wishes, *, names: bool) -> dict[str, Any]:
    figures = {"own": wishes.own, "mean": wishes.mean, "worst": wishes.worst}
    rounded = {name: None if x is None else round(x, 3) for name, x in figures.items()}
    return {**rounded, "fewer": wishes.fewer.to_json(names=names)}


def _unwelcome_work_json(work: UnwelcomeWork, *, names: bool) -> dict[str, Any]:
    figures = {"own": work.own, "mean": round(work.mean, 3)}
    return {**figures, "more": work.more.to_json(names=names)}


def _missed_json(one: Missed, *, names: bool) -> dict[str, Any]:
    return {
        **one.aim.to_json(),
        "posts": one.posts,
        "possible": one.possible,
        "open": one.open,
        "anywhere": one.anywhere,
        "excluded": {obstacle.name.lower(): count for obstacle, count in one.obstacles},
        "prefer": one.wished.to_json(names=names),
        "willing": one.willing.to_json(names=names),
        "holders": one.holders.to_json(names=names),
        "grounds": {g.name.lower(): keys.to_json(names=names) for g, keys in one.grounds},
    }


def _unwelcome_json(one: Unwelcome, *, names: bool) -> dict[str, Any]:
    return {
        **one.aim.to_json(),
        "posts": [post.key for post in one.posts],
        "able": one.able.to_json(names=names),
        "elsewhere": one.elsewhere.to_json(names=names),
        "rather_not": one.unwilling.to_json(names=names),
        "further_above": one.above.to_json(names=names),
    }
