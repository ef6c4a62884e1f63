"""Why a post is open: an exact count of who was ruled out by what."""

from __future__ import annotations

from typing import Literal

from constraints.context import Context
from instances.demand import Post
from instances.messages import Message, Template
from scheduler.audit import Audit

NOBODY_QUALIFIED = Template(
    "没有人具备所需条件（技能：{skills}；指定人员：{listed}）。",
    "Nobody qualifies (skills: {skills}; people named: {listed}).",
)
NOBODY_AGREED = Template(
    "符合条件的{count}人中没有人同意这个时段或活动。",
    "None of the {count} people who qualify has agreed to this time or activity.",
)
NOBODY_THERE = Template(
    "同意且符合条件的有{count}人（{names}），但他们在这个时间有课、不在校，或上限太低。",
    "{count} people qualify and have agreed ({names}), but at this time they have fixed duties,"
    " are away, or have caps that are too low.",
)
NOBODY_FREE = Template(
    "同意且符合条件的有{count}人（{names}），但他们在这个时间都另有岗位，或已到上限。",
    "{count} people qualify and have agreed ({names}), but at this time they are all in other"
    " posts or at their caps.",
)
NO_ROOM = Template(
    "没有容得下{children}人且具备所需设施的场地。",
    "No room holds {children} children and has the features needed.",
)
NOT_PLACED = Template(
    "在允许的时段里，场地或指导教师（可担任者{count}人：{names}）都已另有安排。",
    "In the slots allowed, rooms or leaders ({count} possible: {names}) are all taken.",
)
FEW = 6
Reason = dict[Literal["zh", "en"], str]


def open_reasons(context: Context, judged: Audit) -> dict[str, Reason]:
    """For every open line of the pattern, why nobody holds it, in both languages."""
    found: dict[str, Reason] = {}
    unplaced = set(judged.view.unplaced)
    for post in judged.open_lines:
        message = _reason(context, post, post.activity in unplaced)
        found[post.line] = {"zh": message.text("zh"), "en": message.text("en")}
    return found


def _reason(context: Context, post: Post, unplaced: bool) -> Message:
    if unplaced and not any(option.rooms for option in context.demand.options[post.activity]):
        return NO_ROOM(children=sum(context.demand.taken[post.activity].values()))
    copies = context.demand.posts_of_line[post.line]
    qualified = [
        (key, copy)
        for key, person in context.people.items()
        for copy in copies
        if person.qualified(copy)
    ]
    if not qualified:
        return NOBODY_QUALIFIED(skills=sorted(post.skills), listed=post.listed)
    agreed = sorted({key for key, copy in qualified if context.people[key].consents(copy)})
    if not agreed:
        return NOBODY_AGREED(count=len({key for key, _ in qualified}))
    admitted = sorted({key for copy in copies for key in context.admitted(copy)})
    if not admitted:
        return NOBODY_THERE(count=len(agreed), names=agreed[:FEW])
    template = NOT_PLACED if unplaced else NOBODY_FREE
    return template(count=len(admitted), names=admitted[:FEW])
