"""Whoever was published comes after all, where the new holder of a line cannot on a date."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from constraints.model import Model
from instances.blocks import minutes
from instances.demand import Post
from instances.timetable import DatedChange, Expansion, Session, Timetable
from scheduler.rerun.credit import Return
from scheduler.rerun.reference import Matched, Row
from scheduler.search import Found

Dated = tuple[str, dt.date]
"""A line and a date."""


@dataclass(frozen=True)
class Hoped:
    """A bound of what changes cost with any covers; the pattern that could cost so little, if
    there is one; who covers there what few could, where whoever was published comes back, and
    what stays ``opened``, if that is decided."""

    bound: int
    pattern: Timetable | None = None
    covers: dict[Dated, str] = field(default_factory=dict)
    returns: frozenset[Dated] = frozenset()
    opened: frozenset[Dated] = frozenset()

    def kept_in(self, timetable: Timetable) -> Hoped:
        """The same without what is about lines that have other holders in a timetable."""
        known = {} if self.pattern is None else self.pattern.holders
        same = {line for line, key in known.items() if timetable.holders.get(line) == key}
        covers = {one: key for one, key in self.covers.items() if one[0] in same}
        returns = frozenset(one for one in self.returns if one[0] in same)
        opened = frozenset(one for one in self.opened if one[0] in same)
        return replace(self, covers=covers, returns=returns, opened=opened)


def hoped(
    model: Model, found: Found, pattern: Timetable, bound: int, returns: Iterable[Return] = ()
) -> Hoped:
    """What a solution of a model says, whose pattern this is.

    Of those of whom the model was told after it was found, nobody comes back.
    """
    assert found.solution is not None
    known, days = len(found.solution.response_proto.solution), model.demand.calendar.days
    covers = {
        (gap.pool.post.line, days[gap.date.bit_length() - 1].date): key
        for gap, key, literal in model.dated.coming
        if found.true(literal)
    }
    back = {
        (one.post.line, day.date)
        for one in returns
        if one.literal.index < known and found.true(one.literal)
        for day in model.demand.calendar.dates(one.days)
    }
    opened = {
        (model.pools[pool].post.line, days[date.bit_length() - 1].date)
        for (pool, date), missing in model.dated.missing.items()
        if model.dated.decided and found.solution.value(missing)
    }
    return Hoped(bound, pattern, covers, frozenset(back), frozenset(opened))


def with_returning(matched: Matched, pattern: Timetable, hope: Hoped) -> Timetable:
    """A timetable with the covers hoped for, and an exception for each date on which whoever was
    published is to come back, where nobody is expected elsewhere.

    What is to stay open is so first: care may need more adults for it.
    """
    pattern = _with_open(matched, pattern, hope)
    expansion = Expansion(matched.context.demand, pattern)
    found = dict(pattern.changes)
    back = {
        (post.line, row.date): row.was.staff
        for post, rows in (*matched.rows.items(), *_moved(matched))
        for row in rows
        if (post.line, row.date) in hope.returns
    }
    wanted = [
        (session, cover)
        for come in (hope.covers, back)
        for session in expansion.sessions
        if (cover := come.get((session.post.line, session.date))) is not None
    ]
    expected: dict[Dated, list[Session]] = defaultdict(list)
    for session in expansion.sessions:
        change = found.get(session.key)
        if change is not None and change.staff is not None:
            expected[change.staff, session.date].append(session)
    for session, cover in wanted:
        known = found.get(session.key, DatedChange())
        if known.staff is not None or known.open or not session.takes_place:
            continue
        others = expected[cover, session.date]
        if not any(_meet(session, other) for other in others):
            others.append(session)
            update = {"staff": cover, "reason": session.staff or ""}
            found[session.key] = known.model_copy(update=update)
    return pattern.model_copy(update={"changes": found})


def _with_open(matched: Matched, pattern: Timetable, hope: Hoped) -> Timetable:
    """A timetable in which nobody comes on the dates on which that is decided."""
    if not hope.opened:
        return pattern
    found = dict(pattern.changes)
    for session in Expansion(matched.context.demand, pattern).sessions:
        known = found.get(session.key, DatedChange())
        here = (session.post.line, session.date) in hope.opened
        if here and known.staff is None and session.staff is not None and session.takes_place:
            update = {"open": True, "reason": session.staff}
            found[session.key] = known.model_copy(update=update)
    return pattern.model_copy(update={"changes": found})


def _moved(matched: Matched) -> Iterator[tuple[Post, tuple[Row, ...]]]:
    for posts in matched.moves.values():
        yield from posts.items()


def _meet(one: Session, other: Session) -> bool:
    return minutes(one.start) < minutes(other.end) and minutes(other.start) < minutes(one.end)
