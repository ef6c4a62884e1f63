"""From a published timetable and a changed school to the timetable with the fewest changes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

from constraints.context import Context
from constraints.pools import merged_pools
from instances.event_sessions import everything as with_events
from instances.school import Instance
from instances.timetable import Expansion, Timetable, session_key
from scheduler.audit import Audit, audit
from scheduler.changes import Change, Prices, base_line, changes_between, count
from scheduler.describe import Proved, describe
from scheduler.events.plan import Planned, plan_events
from scheduler.progress import Control, Stage
from scheduler.rerun.bound import pooled_bound, unavoidable
from scheduler.rerun.carry import carry_over
from scheduler.rerun.dates import settle
from scheduler.rerun.fewest import Fewest, Search
from scheduler.rerun.reference import Key, Matched, Reference
from scheduler.rerun.spend import Spending, offers
from scheduler.result import Offer, Parent, Published
from scheduler.scope import everything, is_small, loose_ends
from scheduler.search import Settings
from scheduler.solve import without_impossible_pins
from scheduler.weekly import coverage_bound, pinned_lines


@dataclass(frozen=True)
class Request:
    """What a rerun is asked for.

    ``published`` is the old timetable, ``timetable`` the same with edits by hand, ``locked``
    the lines that these edits name. ``allow``: changes that quality may cost on top; ``offer``:
    whether to find out what a few would buy.
    """

    instance: Instance
    published: Published
    timetable: Timetable
    since: dt.date
    allow: int = 0
    offer: bool = False
    locked: frozenset[str] = frozenset()


def rerun(
    request: Request, control: Control | None = None, settings: Settings | None = None
) -> Published:
    """The timetable from a date on that differs least from the one published.

    What lies before the date is history. Coverage comes before few changes, and these before
    quality; ``result.changes`` counts them, with a bound that holds for every timetable.
    """
    control = control or Control()
    settings = settings or Settings()
    control.tell(Stage.PREPARE)
    reference = Reference(request.published.instance, request.timetable, request.since)
    context, issues = without_impossible_pins(
        request.instance, control, settings, reference.history
    )
    found = _Rerun(Matched(context, reference), request, control, settings).run()
    changes = found.changes
    figures = count(changes, request.since, found.bound, found.posts)
    proved = Proved(found.coverage, 0, figures, events=found.events)
    result = describe(context, found.judged, proved, control, settings, issues, request.instance)
    result = result.model_copy(update={"offers": found.offers})
    old = request.published
    parent = Parent(
        number=old.number,
        input_sha256=old.result.input_sha256,
        created=old.result.created,
        since=old.timetable.since,
    )
    return Published(
        instance=request.instance,
        timetable=found.timetable,
        result=result,
        number=old.number + 1,
        parent=parent,
        changes=changes,
    )


@dataclass(frozen=True)
class _Found:
    timetable: Timetable
    judged: Audit
    changes: tuple[Change, ...]
    coverage: int
    bound: int
    posts: int
    events: Planned
    offers: tuple[Offer, ...] = ()


class _Rerun:
    def __init__(
        self, matched: Matched, request: Request, control: Control, settings: Settings
    ) -> None:
        self.matched = matched
        self.context: Context = matched.context
        self.request = request
        self.control = control
        self.settings = settings
        self.prices = Prices(request.since)
        self.start = carry_over(matched)
        self.search = Search(matched, self.start, self._kept(), request.locked, control, settings)

    def run(self) -> _Found:
        bound = self._unavoidable(self.prices, all_placed=True)
        fewest = self._fewest(bound)
        timetable = fewest.timetable if fewest else self.start
        if fewest is not None and self.request.allow and not self.control.over:
            spending = Spending(self.search, fewest, self.control, self.settings)
            timetable = spending.up_to(self.request.allow)
        settled = settle(self.matched, self.start, timetable, self.control, self.settings)
        planned = plan_events(self.context, settled, self.control, self.settings)
        settled = planned.timetable
        self.control.tell(Stage.AUDIT)
        judged = audit(self.context, settled)
        open_places = sum(judged.open_by_tier)
        coverage = self._coverage_bound(open_places, fewest)
        each = Prices.one_each(self.request.since)
        posts = self._unavoidable(each, all_placed=not open_places)
        if open_places:
            bound = self._unavoidable(self.prices, all_placed=False)
        if fewest is not None and fewest.coverage.value <= coverage:
            bound = max(bound, self._weekly_bound(fewest, bound))
        if settled.events != self.start.events:
            bound = posts = 0  # an event that moved may take a change with it
        changes = self._changes(settled)
        offers = self._offers(fewest)
        return _Found(settled, judged, changes, coverage, bound, posts, planned, offers)

    def _unavoidable(self, prices: Prices, *, all_placed: bool) -> int:
        return unavoidable(self.matched, self.control, self.settings, prices, all_placed=all_placed)

    def _offers(self, fewest: Fewest | None) -> tuple[Offer, ...]:
        if not self.request.offer or fewest is None or self.control.over:
            return ()
        return offers(self.search, fewest, self.control, self.settings)

    def _kept(self) -> Collection[Key]:
        """Posts that an exception keeps with the person published, whoever holds the line."""
        found: set[Key] = set()
        for post, rows in self.matched.rows.items():
            for row in rows:
                for session in row.was.live:
                    key = session_key(row.date, session.segment, post.line)
                    change = self.start.changes.get(key)
                    if change is not None and change.staff is not None:
                        found.add((base_line(post.line), row.date))
        return found

    def _fewest(self, bound: int) -> Fewest | None:
        """Scopes from narrow to wide, until nothing more could be gained.

        Where neither the input nor the timetable was changed, nothing is looked for: what was
        published stays.
        """
        best: Fewest | None = None
        old = self.request.published
        if old.instance == self.request.instance and old.timetable == self.request.timetable:
            return None
        for attempt in (self._narrow, self._whole):
            found = attempt(bound)
            if found is not None and (best is None or _rank(found) <= _rank(best)):
                best = found
            if best and best.coverage.value == 0 and best.cost <= bound:
                break
            if self.control.over:
                break
        return best

    def _narrow(self, bound: int) -> Fewest | None:
        """Only what must be settled is free."""
        return self.search.within(loose_ends(self.context, self.start), bound)

    def _whole(self, bound: int) -> Fewest | None:
        """Everything is free: exactly in small schools, on pools in others."""
        if is_small(self.context):
            return self.search.within(everything(self.context), bound)
        return self.search.on_pools()

    def _coverage_bound(self, value: int, fewest: Fewest | None) -> int:
        """A lower bound of the dated places that any weekly timetable leaves open."""
        if not value or self.control.over:
            return 0
        if fewest is not None and fewest.whole:
            return min(value, fewest.coverage.bound)
        pools = merged_pools(self.context, pinned_lines(self.context))
        return min(value, coverage_bound(self.context, pools, self.control, self.settings))

    def _weekly_bound(self, fewest: Fewest, known: int) -> int:
        """What any weekly timetable that leaves no more open costs in changes."""
        if fewest.cost <= known or self.control.over:
            return known
        if fewest.whole:
            return fewest.bound
        return pooled_bound(
            self.matched, self.search.kept, fewest.coverage, self.control, self.settings
        )

    def _changes(self, timetable: Timetable) -> tuple[Change, ...]:
        now = with_events(Expansion(self.context.demand, timetable))
        return changes_between(self.matched.reference.sessions, now, self.request.since)


def _rank(found: Fewest) -> tuple[object, ...]:
    quality = found.quality if found.quality >= 0 else float("inf")
    return (found.coverage.tiers, found.cost, quality)
