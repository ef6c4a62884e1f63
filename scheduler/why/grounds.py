"""On what grounds posts went to those who hold them: each one computed, none supposed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum

from constraints.pins import matches_post
from constraints.rules.class_changes_hands import care_posts
from instances.demand import Post
from instances.messages import Label
from instances.people import Person
from instances.words import Level
from scheduler.why.situation import Aim, Colleagues, Situation


class Ground(Enum):
    """Why a colleague rather than the one who asks; a colleague may have several."""

    BY_HAND = Label("由学校手工排定", "entered by hand by the school")
    PINNED = Label("由学校固定", "fixed by the school")
    WISHED = Label("同样写了“愿意”", "wished for it, too")
    ONLY_SLOT = Label(
        "一周只有这一个时段有可以担任的岗位", "could hold a post at no other time of the week"
    )
    OWN_CLASS = Label("以班主任身份看护本班", "with their own class, as home teachers")
    SAME_CLASS = Label(
        "别的日子也看护同一个班、让孩子少换人",
        "with the same class on another day, too, so that the children see fewer faces",
    )
    BELOW = Label(
        "连同这个岗位、与应承担份额相比仍比您少",
        "even with it, less work for their fair share than you",
    )
    LESS_WISHES = Label("意愿满足度比您低", "fewer of their wishes granted than you")
    NONE = Label(
        "没有上述理由、出自全校统筹",
        "none of these, it came out of the plan as a whole",
    )


class Obstacle(Enum):
    """Why somebody cannot hold a post at all, by the rule that excludes it."""

    CONSENT = Label("您没有同意相应的活动或时段", "you have not agreed to the activity or time")
    SKILL = Label(
        "岗位要求的技能或指定的人员不包括您", "they ask for a skill, or for named people, not you"
    )
    BUSY = Label("与您的固定事务时间冲突", "they clash with your fixed duties")
    AWAY = Label("您届时不在校", "you are away then")
    CAP = Label("超出您的上限", "they exceed your caps")
    OTHER = Label("学校的其他规则不允许", "another rule of the school excludes it")


_RULES = {
    "consent-missing": Obstacle.CONSENT,
    "skill-missing": Obstacle.SKILL,
    "busy-clash": Obstacle.BUSY,
    "on-leave": Obstacle.AWAY,
    "cap-day-exceeded": Obstacle.CAP,
    "cap-week-exceeded": Obstacle.CAP,
    "cap-term-exceeded": Obstacle.CAP,
}


@dataclass(frozen=True)
class Missed:
    """A wish that was not met, and who has what was wished for.

    ``posts`` the timetable has there each week; ``possible`` of them the asker could hold, of
    which ``open`` nobody holds. ``anywhere``: whether any timetable could have a post there
    that the asker could hold. ``obstacles``: for the posts that the asker could not hold.
    """

    aim: Aim
    posts: int
    possible: int
    open: int
    anywhere: bool
    obstacles: tuple[tuple[Obstacle, int], ...]
    wished: Colleagues
    willing: Colleagues
    holders: Colleagues
    grounds: tuple[tuple[Ground, Colleagues], ...]


@dataclass(frozen=True)
class Unwelcome:
    """Something held though its holder would rather not, and who else could have it.

    Each of ``able`` is counted once, at the first of these that is true: at another post then,
    would rather not as well, or is further above the fair share.
    """

    aim: Aim
    posts: tuple[Post, ...]
    able: Colleagues
    elsewhere: Colleagues
    unwilling: Colleagues
    above: Colleagues


def missed(situation: Situation, key: str, aim: Aim) -> Missed:
    """What is known of a wish that was not met."""
    context, instance = situation.context, situation.instance
    here = [post for post in situation.posts if aim.takes_in(post, instance)]
    mine = [post for post in here if key in context.admitted(post)]
    levels = _levels(situation, key, aim)
    holders: dict[str, list[Post]] = {}
    for post in mine:
        holder = situation.holder(post)
        if holder is not None and holder != key:
            holders.setdefault(holder, []).append(post)
    return Missed(
        aim=aim,
        posts=len(here),
        possible=len(mine),
        open=sum(situation.holder(post) is None for post in mine),
        anywhere=any(aim.takes_in(p, instance) for p in _weekly(situation, key)),
        obstacles=_obstacles(situation, key, [post for post in here if post not in mine]),
        wished=Colleagues(tuple(k for k, level in levels.items() if level is Level.PREFERS)),
        willing=Colleagues(tuple(k for k, level in levels.items() if level is Level.WILLING)),
        holders=Colleagues(tuple(holders)),
        grounds=_grounds(situation, key, aim, holders),
    )


def unwelcome(situation: Situation, key: str, aim: Aim) -> Unwelcome:
    """What is known of something held though it is not welcome."""
    posts = tuple(
        post for post in situation.weeks.get(key, ()) if aim.takes_in(post, situation.instance)
    )
    context, mine = situation.context, situation.beyond(key)
    able = [k for k in situation.others(key) if any(k in context.admitted(p) for p in posts)]
    sorted_by: dict[str, list[str]] = {"elsewhere": [], "unwilling": [], "above": []}
    for other in able:
        could = [post for post in posts if other in context.admitted(post)]
        theirs = situation.beyond(other)
        if all(_is_taken(situation, other, post) for post in could):
            sorted_by["elsewhere"].append(other)
        elif all(context.people[other].level(post) is Level.RATHER_NOT for post in could):
            sorted_by["unwilling"].append(other)
        elif mine is not None and theirs is not None and theirs > mine:
            sorted_by["above"].append(other)
    counted = {name: Colleagues(tuple(keys)) for name, keys in sorted_by.items()}
    return Unwelcome(aim, posts, Colleagues(tuple(able)), **counted)


def is_pinned(situation: Situation, key: str, posts: Iterable[Post]) -> bool:
    """Whether the school has fixed one of these posts for a person."""
    names = (key, situation.context.people[key].staff.name)
    pins = [pin for pin in situation.instance.pins if not pin.forbid and pin.staff in names]
    return any(matches_post(pin, post) for pin in pins for post in posts)


def is_fixed(missed: Missed) -> bool:
    """Whether the school has fixed all that somebody misses for others."""
    pinned = next((keys for ground, keys in missed.grounds if ground is Ground.PINNED), None)
    return bool(pinned) and len(pinned or ()) == len(missed.holders) == missed.possible


def _is_taken(situation: Situation, key: str, post: Post) -> bool:
    return any(situation.clash(post, other) for other in situation.weeks.get(key, ()))


def _weekly(situation: Situation, key: str) -> Iterable[Post]:
    return filter(situation.is_weekly, situation.context.possible[key])


def _levels(situation: Situation, key: str, aim: Aim) -> dict[str, Level]:
    """For everybody else who could hold something there, the best of their wishes for it."""
    found: dict[str, Level] = {}
    for other in situation.others(key):
        person = situation.context.people[other]
        levels = {
            _wish(person, aim, post)
            for post in _weekly(situation, other)
            if aim.takes_in(post, situation.instance)
        }
        if levels:
            order = (Level.PREFERS, Level.WILLING, Level.RATHER_NOT)
            found[other] = next(level for level in order if level in levels)
    return found


def _wish(person: Person, aim: Aim, post: Post) -> Level:
    """The wish for a post; an activity is wished for only by those who have written so."""
    level = person.level(post)
    if isinstance(aim.what, str) and level is Level.PREFERS:
        written = {wish.activity for wish in person.staff.activity_wishes}
        return level if aim.what in written else Level.WILLING
    return level


def _obstacles(
    situation: Situation, key: str, posts: Iterable[Post]
) -> tuple[tuple[Obstacle, int], ...]:
    person = situation.context.people[key]
    counts: dict[Obstacle, int] = {}
    for post in posts:
        refusing = {
            _RULES.get(rule.rule_id(), Obstacle.OTHER)
            for rule in situation.context.rules
            if not rule.admits(person, post)
        }
        first = next((one for one in Obstacle if one in refusing), Obstacle.OTHER)
        counts[first] = counts.get(first, 0) + 1
    return tuple((one, counts[one]) for one in Obstacle if one in counts)


def _grounds(
    situation: Situation, key: str, aim: Aim, holders: dict[str, list[Post]]
) -> tuple[tuple[Ground, Colleagues], ...]:
    found: dict[Ground, list[str]] = {ground: [] for ground in Ground}
    for holder, posts in holders.items():
        person = situation.context.people[holder]
        wished = any(_wish(person, aim, post) is Level.PREFERS for post in posts)
        true = [Ground.WISHED] if wished else []
        true += [ground for ground, holds in _true_of(situation, key, holder, posts) if holds]
        for ground in true or [Ground.NONE]:
            found[ground].append(holder)
    return tuple((ground, Colleagues(tuple(keys))) for ground, keys in found.items() if keys)


def _true_of(
    situation: Situation, key: str, holder: str, posts: list[Post]
) -> Iterable[tuple[Ground, bool]]:
    instance = situation.instance
    theirs, mine = situation.beyond(holder), situation.beyond(key)
    wishes = situation.wish_shares
    yield Ground.BY_HAND, any(post.line in situation.by_hand for post in posts)
    yield Ground.PINNED, is_pinned(situation, holder, posts)
    times = {frozenset(p.blocks) for p in _weekly(situation, holder)}
    yield Ground.ONLY_SLOT, len(times) == 1
    care = [post for post in posts if care_posts(situation.demand, post)]
    yield (
        Ground.OWN_CLASS,
        any(
            instance.class_by_name[name].home_teacher == holder for p in care for name in p.classes
        ),
    )
    lines = {post.line for post in posts}
    others = {
        name
        for post in situation.weeks[holder]
        if post.line not in lines and care_posts(situation.demand, post)
        for name in post.classes
    }
    yield Ground.SAME_CLASS, any(not others.isdisjoint(post.classes) for post in care)
    yield Ground.BELOW, theirs is not None and mine is not None and theirs < mine
    yield Ground.LESS_WISHES, holder in wishes and wishes[holder] < wishes.get(key, 0)
