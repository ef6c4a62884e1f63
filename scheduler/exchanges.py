"""Absences that nobody can cover, without a model: somebody is made free for them.

Somebody who could come, but for one post of theirs at that time, hands this on for good to somebody
who is free for it. A person with a list does no other; in a school of 120 classes it takes a second
or two, where a model of all who could come takes half a minute to make.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from constraints.context import Context
from constraints.pins import matches_post
from instances.demand import Post
from instances.timetable import Session, Timetable
from scheduler.at_hand import once
from scheduler.audit import Audit
from scheduler.diary import Diary
from scheduler.greedy import MOOD
from scheduler.rounds import keeps_made_musts

TRIED = 12
"""Of so many ways the least unwelcome is taken."""


def exchanged(context: Context, judged: Audit) -> Timetable:
    """The pattern of a timetable in which more absences can be covered, without its exceptions.

    The same pattern where nobody can be made free, or only by what the school has made a must.
    """
    before = judged.view.timetable.model_copy(update={"changes": {}})
    holders = _Exchanges(context, judged).run()
    if holders == before.holders:
        return before
    after = before.model_copy(update={"holders": holders})
    return after if keeps_made_musts(context, after) else before


_Way = tuple[str, Post, str]
"""Who comes, what they hand on, and who takes that over."""


class _Exchanges:
    def __init__(self, context: Context, judged: Audit) -> None:
        self.context = context
        self.holders = dict(judged.view.timetable.holders)
        self.index = context.demand.calendar.index
        self.diary = Diary(context)
        self.weekly: set[int] = set()  # by identity: what is once is no part of the demand
        self.pinned = [pin for pin in context.instance.pins if pin.staff is not None]
        for post in judged.view.expansion.active_posts:
            if post.line in self.holders:
                self.diary.take(self.holders[post.line], post)
                self.weekly.add(id(post))
        self.missing: list[Post] = []
        for sessions in _by_post(judged.view.sessions):
            there = once(sessions, 1 << self.index[sessions[0].date])
            if sessions[0].staff is None:
                self.missing.append(there)
            else:
                self.diary.take(sessions[0].staff, there)

    def run(self) -> dict[str, str]:
        """Who holds what after all exchanges."""
        for there in sorted(self.missing, key=lambda one: (one.role.tier, one.line, one.dates)):
            able = [key for key in self.context.admitted(there) if self._is_there(key, there)]
            free = next((key for key in able if self.diary.is_free(key, there)), None)
            if free is not None:
                self.diary.take(free, there)
                continue
            ways = list(islice(self._ways(able, there), TRIED))
            if ways:
                comes, post, heir = min(ways, key=lambda way: (self._load(way[2], way[1]), way[0]))
                self.diary.give_up(comes, post)
                self.diary.take(heir, post)
                self.diary.take(comes, there)
                self.holders[post.line] = heir
        return self.holders

    def _is_there(self, key: str, post: Post) -> bool:
        """Whether somebody is never away when a post takes place."""
        return not self.context.people[key].absent & post.dates

    def _ways(self, able: Sequence[str], there: Post) -> Iterator[_Way]:
        for key in able:
            clashing = self.diary.clashing(key, there)
            if len(clashing) != 1:
                continue
            post = clashing[0]
            if not self._may_go(key, post) or not self.diary.within_caps(key, there, without=post):
                continue
            heirs = [heir for heir in self.context.admitted(post) if self._takes(heir, key, post)]
            if heirs:
                yield key, post, min(heirs, key=lambda heir: (self._load(heir, post), heir))

    def _may_go(self, key: str, post: Post) -> bool:
        """Whether a post may be handed on: it is of every week, not of an option, not pinned."""
        pinned = any(pin.staff == key and matches_post(pin, post) for pin in self.pinned)
        return id(post) in self.weekly and post.option is None and not pinned

    def _takes(self, heir: str, key: str, post: Post) -> bool:
        kept_off = any(
            pin.forbid and pin.staff == heir and matches_post(pin, post) for pin in self.pinned
        )
        there = heir != key and not kept_off and self._is_there(heir, post)
        return there and self.diary.is_free(heir, post)

    def _load(self, key: str, post: Post) -> float:
        """What somebody would have in all, in shares, and how they like it."""
        share = max(1, self.context.shares.get(key, self.context.weekly_post))
        load = (self.diary.taken[key].load + post.load) / share
        return load + MOOD.get(self.context.people[key].level(post), 0.0)


def _by_post(sessions: Iterable[Session]) -> list[list[Session]]:
    """What takes place with somebody other than its holder, or with nobody, post by post."""
    found: dict[tuple[str, dt.date], list[Session]] = defaultdict(list)
    for one in sessions:
        covered = one.planned != one.staff and one.takes_place
        if covered and (one.planned is not None or one.staff is not None):
            found[one.post.line, one.date].append(one)
    return list(found.values())
