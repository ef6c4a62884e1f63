"""Why posts of events stay open: everybody was looked at, or the search ended before."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from instances.at_events import Going
from instances.event_consent import agreed_to
from instances.events import EventPost, event_posts, kind_of_post
from instances.messages import Message, Template
from scheduler.result import EventFigures

if TYPE_CHECKING:
    from scheduler.events.staff import Staffing

NOBODY_AGREED = Template("没有人同意参加这项活动。", "Nobody has agreed to this event.")
NOBODY_SKILLED = Template(
    "同意参加这项活动的人中，没有人具备所需技能：{skills}。",
    "Of those who have agreed to this event nobody has the skills needed: {skills}.",
)
NOBODY_THERE = Template(
    "同意且符合条件的有{count}人（{names}），但那时有课、不在校、负责某项活动，或离开后没有人替班。",
    "{count} fit {count:person has|people have} agreed ({names}), but at that time {count:has|have}"
    " fixed duties, {count:is|are} away or an organizer, or could not be replaced in the service.",
)
NOBODY_FREE = Template(
    "可以担任的有{count}人（{names}），但那时都在这项或别的大型活动中另有岗位。",
    "{count} {count:person|people} could come ({names}), but at that time {count:has|all have} "
    "another post at this or another event.",
)
UNDECIDED = Template(
    "可以担任的有{count}人（{names}），求解结束时还没有看完；"
    "给更多时间用 rerun 再排一次，也许能补上。",
    "{count} {count:person|people} could come ({names}); the search ended before that was decided, "
    "and rerun with more time may fill it.",
)
FEW = 6


@dataclass(frozen=True)
class EventGap:
    """Open posts of an event that are alike (``kind_of_post``)."""

    event: str
    kind: str
    count: int
    why: Message

    @property
    def undecided(self) -> int:
        """How many of them could perhaps be filled: the search ended before it was known."""
        return self.count if self.why.template is UNDECIDED else 0


def event_gaps(
    staffing: Staffing, taken: Mapping[tuple[str, str], str], decided: int
) -> Iterator[EventGap]:
    """The posts that nobody has; those of the first ``decided`` tiers are proved to be so few."""
    for one in staffing.events:
        alike: dict[str, list[EventPost]] = defaultdict(list)
        for post in event_posts(one.event):
            if (one.key, post.key) not in taken:
                alike[kind_of_post(post.key)].append(post)
        for kind, posts in alike.items():
            why = _why(staffing, one, posts[0], posts[0].role.tier < decided)
            yield EventGap(one.key, kind, len(posts), why)


def _why(staffing: Staffing, one: Going, post: EventPost, decided: bool) -> Message:
    people = staffing.context.people
    agreed = [key for key, person in people.items() if agreed_to(person.staff, one.event)]
    if not agreed:
        return NOBODY_AGREED()
    fit = sorted(key for key in agreed if set(post.skills) <= set(people[key].staff.skills))
    if not fit:
        return NOBODY_SKILLED(skills=sorted(post.skills))
    able = [key for key in fit if staffing.can(key, one, post)]
    if not able:
        return NOBODY_THERE(count=len(fit), names=fit[:FEW])
    return (NOBODY_FREE if decided else UNDECIDED)(count=len(able), names=able[:FEW])


def with_gaps(figures: EventFigures, gaps: Mapping[str, EventGap]) -> EventFigures:
    """An event's figures with what is known of its open posts, by kind."""
    if not gaps:
        return figures
    reasons = {kind: {"zh": g.why.text("zh"), "en": g.why.text("en")} for kind, g in gaps.items()}
    undecided = sum(gap.undecided for gap in gaps.values())
    return figures.model_copy(update={"open_reasons": reasons, "undecided": undecided})
