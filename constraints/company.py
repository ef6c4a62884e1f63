"""Who is in which weekly meeting together, and who is there without the company they need."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Set
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from constraints.clash import parts
from instances.blocks import Block
from instances.demand import Demand, Post
from instances.messages import Message, Template
from instances.people import Person

if TYPE_CHECKING:
    from constraints.model import Expr, Literal, Model
    from constraints.pools import Pool
    from constraints.rule import Rule
    from constraints.view import View

OF_CLASSES = Template("{activity}（{classes}）", "{activity} ({classes})")

Concerned = Callable[[str, Post], bool]
"""Whether a rule looks at a person in a post."""


@dataclass(frozen=True, slots=True)
class Meeting:
    """One weekly meeting: an activity's group, or an option, at a block of the week."""

    activity: str
    group: str | None
    option: int | None
    block: Block

    def where(self) -> dict[str, str]:
        """The meeting as facts for scripts."""
        return {"activity": self.activity, "block": self.block.key, "group": self.group or ""}

    def name(self, demand: Demand) -> str | Message:
        """The activity, with the classes of the group if there are several groups."""
        if self.group is None:
            return self.activity
        return OF_CLASSES(activity=self.activity, classes=demand.group_by_key[self.group].classes)


def meetings_of(post: Post) -> Iterator[tuple[Meeting, int]]:
    """The meetings a post is part of, with its dates (bit mask) in each."""
    for block, (mask, _) in zip(post.blocks, post.units, strict=True):
        yield Meeting(post.activity, post.group, post.option, block), mask


def named_people(rule: Rule, people: Mapping[str, Person]) -> list[str]:
    """The people whom a rule about staff names; nobody unless there are two of them."""
    names = rule.setting.staff if rule.setting else ()
    found = [key for key, person in people.items() if names and rule.concerns_person(person)]
    return found if len(found) > 1 else []


def charge_alone(model: Model, rule: Rule, needy: Set[str], concerned: Concerned) -> None:
    """Charge each meeting in which, on some date, only people are who need company.

    Where it is open who of a pool takes which group, only those are charged who are alone
    whichever they take.
    """
    from constraints.model import total

    meetings: dict[Meeting, list[tuple[Pool, int]]] = defaultdict(list)
    mixed = [pool for pool in model.pools if len({post.group for post in pool.posts}) > 1]
    unresolved = {m for pool in mixed for post in pool.posts for m, _ in meetings_of(post)}
    posts: Counter[Meeting] = Counter()
    for pool in model.pools:
        for post in pool.posts:
            posts.update(meeting for meeting, _ in meetings_of(post))
        for meeting, mask in meetings_of(pool.post):
            meetings[meeting].append((pool, mask))
    for pool in mixed:
        lonely = _lonely(model, pool, needy, concerned)
        if lonely and all(posts[m] == 1 for post in pool.posts for m, _ in meetings_of(post)):
            model.charge(rule, total(lonely) * len(pool.post.blocks))
    for meeting, held in meetings.items():
        if meeting not in unresolved:
            _charge_meeting(model, rule, held, needy, concerned)


def _lonely(model: Model, pool: Pool, needy: Set[str], concerned: Concerned) -> list[Literal]:
    holders = model.holders[pool.index]
    return [holders[key] for key in holders if key in needy and concerned(key, pool.post)]


def _charge_meeting(
    model: Model, rule: Rule, held: list[tuple[Pool, int]], needy: Set[str], concerned: Concerned
) -> None:
    from constraints.model import total

    lonely = {pool.index: _lonely(model, pool, needy, concerned) for pool, _ in held}
    if not any(lonely.values()):
        return
    company = {
        pool.index: [x for key, x in model.holders[pool.index].items() if key not in needy]
        for pool, _ in held
    }
    rows: dict[object, tuple[Expr, Expr]] = {}
    for part in parts({mask for _, mask in held}):
        here = [pool for pool, mask in held if mask & part]
        for pool in here:
            others = tuple(one.index for one in here if one is not pool or one.count > 1)
            giving = total(x for index in others for x in company[index])
            mine = lonely[pool.index]
            for place in [mine] if pool.count == 1 and mine else [[x] for x in mine]:
                rows[place[0].index, others] = (total(place), giving)
    alone: Expr = model.cp.new_bool_var("") if len(held) > 1 or held[0][0].count > 1 else 0
    if isinstance(alone, int):
        ((alone, _),) = rows.values()
    else:
        for needing, giving in rows.values():
            model.cp.add(alone >= needing - giving)
    model.charge(rule, alone)


@dataclass
class _Company:
    """The dates of a meeting on which those are there who need company, and any who give it."""

    names: list[str] = field(default_factory=list)
    needing: int = 0
    giving: int = 0


def found_alone(
    view: View, needy: Set[str], concerned: Concerned
) -> Iterator[tuple[Meeting, list[str]]]:
    """Meetings in which, on some date, only people are who need company, with their names."""
    found: dict[Meeting, _Company] = defaultdict(_Company)
    for key in needy & view.pattern.keys():
        for post in view.pattern[key]:
            for meeting, mask in meetings_of(post) if concerned(key, post) else ():
                found[meeting].needing |= mask
                found[meeting].names.append(key)
    places = {(meeting.activity, meeting.group) for meeting in found}
    for key in view.pattern.keys() - needy:
        for post in view.pattern[key] if places else ():
            if (post.activity, post.group) in places:
                for meeting, mask in meetings_of(post):
                    if meeting in found:
                        found[meeting].giving |= mask
    for meeting, company in found.items():
        if company.needing & ~company.giving:
            yield meeting, sorted(set(company.names))
