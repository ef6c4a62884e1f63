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
NOBODY_FREE = Template(
    "同意且符合条件的有{count}人（{names}），但他们在这个时间都另有岗位，或已到上限。",
    "{count} people qualify and have agreed ({names}), but at this time they are all in other"
    " posts or at their caps.",
)
NO_ROOM = Template(
    "没有容得下{children}人且具备所需设施的场地。",
    "No room holds {children} children and has the features needed.",
)
NO_SLOT = Template(
    "没有可用的活动时段。",
    "There is no slot in which it could meet.",
)
NOT_PLACED = Template(
    "在允许的时段里，场地或指导教师（可担任者{count}人：{names}）都已另有安排。",
    "In the slots allowed, rooms or leaders ({count} possible: {names}) are all taken.",
)
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
    if unplaced:
        options = context.demand.options[post.activity]
        if not options:
            return NO_SLOT()
        if not any(option.rooms for option in options):
            return NO_ROOM(children=sum(context.demand.taken[post.activity].values()))
    copies = context.demand.posts_of_line[post.line]
    qualified = {
        key
        for key, person in context.people.items()
        if any(person.qualified(copy) for copy in copies)
    }
    if not qualified:
        return NOBODY_QUALIFIED(skills=sorted(post.skills), listed=post.listed)
    agreed = sorted({key for copy in copies for key in context.admitted(copy)})
    if not agreed:
        return NOBODY_AGREED(count=len(qualified))
    template = NOT_PLACED if unplaced else NOBODY_FREE
    return template(count=len(agreed), names=agreed[:6])
