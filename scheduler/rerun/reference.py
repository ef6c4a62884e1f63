"""What was published, as a rerun measures itself against it: posts by line and date."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import cached_property

from constraints.context import Context
from constraints.rooms import children_of
from instances.blocks import Block
from instances.demand import Post
from instances.derivation import derive
from instances.event_sessions import everything
from instances.history import History
from instances.past_sessions import history_of
from instances.school import Instance
from instances.suitable_rooms import suits
from instances.timetable import DatedChange, Expansion, Session, Timetable
from scheduler.at_hand import may_be_there
from scheduler.changes import DatedPost, Prices, base_line, dated_posts

Key = tuple[str, dt.date]


@dataclass(frozen=True)
class Reference:
    """A published timetable (with edits by hand) and the date from which it may change.

    ``recorded``: the same as it is before the date, where edits of the pattern do not count.
    ``emptied``: sessions, by key, to which nobody is to come.
    """

    instance: Instance
    timetable: Timetable
    since: dt.date
    recorded: Timetable | None = None
    emptied: frozenset[str] = frozenset()

    @cached_property
    def expansion(self) -> Expansion:
        return Expansion(derive(self.instance, self.timetable.since), self.timetable)

    @cached_property
    def history(self) -> History:
        """What lies before the date."""
        if self.recorded is None:
            return history_of(self.expansion, self.since)
        demand = derive(self.instance, self.recorded.since)
        return history_of(Expansion(demand, self.recorded), self.since)

    @property
    def changes_before(self) -> dict[str, DatedChange]:
        """The exceptions of what lies before the date."""
        return (self.recorded or self.timetable).changes

    @cached_property
    def sessions(self) -> tuple[Session, ...]:
        """What was to take place from the date on."""
        return tuple(
            s for s in everything(self.expansion) if s.origin >= self.since and s.date >= self.since
        )

    @cached_property
    def posts(self) -> dict[Key, DatedPost]:
        """What was to take place, by base line and date."""
        return dated_posts(self.sessions)

    def blocks_of(self, activity: str) -> frozenset[Block] | None:
        """Where a movable activity met every week."""
        placement = self.timetable.placements.get(activity)
        return frozenset(placement.blocks) if placement else None


@dataclass(frozen=True, eq=False)
class Row:
    """One date of a post of the new demand, with what was published for it."""

    post: Post
    date: dt.date
    bit: int
    was: DatedPost


class Matched:
    """The posts of a new demand, each with what was published for its dates.

    ``kept_option``: for each movable activity, the option in which it met, if it still may.
    ``leaving``: posts, by base line and date, that go home from the room of a club.
    """

    def __init__(self, context: Context, reference: Reference) -> None:
        self.context = context
        self.reference = reference
        self.kept_option: dict[str, int] = {}
        for activity, options in context.demand.options.items():
            blocks = reference.blocks_of(activity)
            for option in options:
                if blocks is not None and frozenset(option.blocks) == blocks:
                    self.kept_option[activity] = option.index
        self.leaving: frozenset[Key] = frozenset()
        self._able: dict[tuple[Post, str], bool] = {}

    def is_kept(self, post: Post) -> bool:
        """Whether a post takes place at the times at which it was published, if at all."""
        return post.option is None or self.kept_option.get(post.activity) == post.option

    @cached_property
    def moves(self) -> dict[tuple[str, int], dict[Post, tuple[Row, ...]]]:
        """For each other option of a published activity, its posts with what they come from.

        A date is that of the week in which something was published before; where the week has
        fewer dates than before, what is left over is gone and no change.
        """
        demand, found = self.context.demand, {}
        published: dict[str, list[DatedPost]] = defaultdict(list)
        for (line, _), dated in sorted(self.reference.posts.items(), key=lambda item: item[0][1]):
            if dated.live:
                published[line].append(dated)
        for activity, options in demand.options.items():
            if activity not in self.reference.timetable.placements:
                continue
            for option in options:
                if self.kept_option.get(activity) != option.index:
                    posts = demand.posts_of_option.get((activity, option.index), ())
                    found[activity, option.index] = {
                        post: tuple(self._moved(post, published[base_line(post.line)]))
                        for post in posts
                    }
        return found

    def _moved(self, post: Post, published: list[DatedPost]) -> Iterator[Row]:
        calendar = self.context.demand.calendar
        left: dict[object, list[DatedPost]] = defaultdict(list)
        for dated in published:
            left[dated.date.isocalendar()[:2]].append(dated)
        for day in calendar.dates(post.dates):
            if week := left[day.date.isocalendar()[:2]]:
                yield Row(post, day.date, 1 << calendar.index[day.date], week.pop(0))

    def moving_price(
        self, activity: str, option: int, prices: Prices, cancelled: Collection[Key] = ()
    ) -> int:
        """What it costs that an activity meets at other times than published.

        ``cancelled``: posts, by base line and date, that need not take place there.
        """
        return sum(
            prices.of(prices.time, row.date)
            for post, rows in self.moves.get((activity, option), {}).items()
            for row in rows
            if (base_line(post.line), row.date) not in cancelled
        )

    @cached_property
    def rows(self) -> dict[Post, tuple[Row, ...]]:
        """The dates of each post on which something was published for it."""
        return {
            post: tuple(self._rows(post))
            for post in self.context.demand.posts
            if self.is_kept(post)
        }

    def _rows(self, post: Post) -> Iterator[Row]:
        calendar = self.context.demand.calendar
        base = base_line(post.line)
        for day in calendar.dates(post.dates):
            was = self.reference.posts.get((base, day.date))
            if was is not None:
                yield Row(post, day.date, 1 << calendar.index[day.date], was)

    def can(self, row: Row, key: str | None) -> bool:
        """Whether somebody could take a post on one date, by all rules about one post alone."""
        person = self.context.people.get(key or "")
        if person is None or person.absent & row.bit:
            return False
        if (row.post, person.key) not in self._able:
            self._able[row.post, person.key] = person.key in self.context.admitted(row.post)
        return self._able[row.post, person.key] or person.key in self.context.admitted(
            row.post.on(row.bit)
        )

    def can_be_at(self, row: Row, session: Session) -> bool:
        """Whether whoever had one session of a post could, on the date to which it was moved if it
        was."""
        if session.moved_from is None:
            return self.can(row, session.staff)
        key = session.staff or ""
        return key in self.context.people and may_be_there(self.context, session, key)

    def may_be_in(self, post: Post, name: str | None) -> bool:
        """Whether a post could be in a room on some date, by what the room is."""
        instance, demand = self.context.instance, self.context.demand
        room, group = (
            instance.room_by_name.get(name or ""),
            demand.group_by_key.get(post.group or ""),
        )
        if room is None:
            return False
        taken = sum(demand.taken.get(post.activity, {}).values())
        children = children_of(instance, group) if group is not None else taken
        return suits(instance.activity_by_name[post.activity], room, children)

    def room_lost(self, row: Row) -> bool:
        """Whether a post cannot stay in its room on one date: closed, gone for good, or a club's
        that meets again."""
        rooms = self.context.instance.room_by_name
        if (base_line(row.post.line), row.date) in self.leaving:
            return True
        return any(
            session.room is not None
            and (session.room not in rooms or rooms[session.room].is_closed_on(session.date))
            for session in row.was.live
        )

    def cancelled_in(self, timetable: Timetable) -> frozenset[Key]:
        """What was published and does not take place any more, for want of a room, where it was
        or where its meeting moved to."""
        now = dated_posts(Expansion(self.context.demand, timetable).sessions)
        moved = (item for posts in self.moves.values() for item in posts.items())
        return frozenset(
            (base_line(post.line), row.date)
            for post, rows in (*self.rows.items(), *moved)
            for row in rows
            if row.was.live
            and (there := now.get((base_line(post.line), row.date))) is not None
            and not there.live
        )

    def usual(self, post: Post) -> str | None:
        """Who should hold a post every week: whoever the old pattern names most often."""
        planned = Counter(row.was.sessions[0].planned for row in self.rows.get(post, ()))
        for key, _ in planned.most_common():
            if key is not None and key in self.context.admitted(post):
                return key
        return None
