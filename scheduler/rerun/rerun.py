"""From a published timetable and a changed school to the timetable with the fewest changes."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import replace

from constraints.context import Context
from constraints.pools import merged_pools
from instances.event_sessions import everything as with_events
from instances.timetable import Expansion, Timetable
from scheduler.audit import audit
from scheduler.changes import Change, Prices, changes_between, count
from scheduler.describe import Proved, describe
from scheduler.events.plan import Planned, plan_events
from scheduler.garbage import rarely_collected
from scheduler.progress import Control, Stage
from scheduler.rerun.best import Fewest
from scheduler.rerun.bound import unavoidable
from scheduler.rerun.carry import as_published, carry_over, kept_in
from scheduler.rerun.chained import chained
from scheduler.rerun.dates import freed_where_open, left_open, looked_for_anew, settle
from scheduler.rerun.event_days import event_days
from scheduler.rerun.fewest import Search
from scheduler.rerun.outcome import Dated, Settled, falls_short, rank_of
from scheduler.rerun.reference import Key, Matched, Reference
from scheduler.rerun.request import Request
from scheduler.rerun.returning import Hoped
from scheduler.rerun.spend import Spending
from scheduler.rerun.together import Together
from scheduler.result import Offer, Published
from scheduler.rooms_by_date import move_out_of_closed_rooms
from scheduler.scope import everything, is_small, loose_ends
from scheduler.search import Settings
from scheduler.solve import without_impossible_pins
from scheduler.weekly import Coverage, coverage_bound, pinned_lines

ROUNDS = 3
"""How often pattern and dates are decided anew for what finds no room then."""


@rarely_collected()
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
    published, since = request.published.instance, request.since
    known = request.recorded, request.emptied
    reference = Reference(published, request.timetable, since, *known)
    context, issues = without_impossible_pins(
        request.instance, control, settings, reference.history
    )
    found = _Rerun(Matched(context, reference), request, control, settings).run()
    dated, planned = found.dated, found.dated.planned
    figures = count(dated.changes, request.since, found.bound, found.posts, found.bought)
    proved = Proved(found.coverage, 0, figures, events=planned)
    result = describe(context, dated.judged, proved, control, settings, issues, request.instance)
    result = result.model_copy(update={"offers": found.offers})
    old = request.published
    return Published(
        instance=request.instance,
        timetable=planned.timetable,
        result=result,
        number=old.number + 1,
        parent=old.as_parent,
        changes=dated.changes,
    )


_Attempt = Callable[[int, "Fewest | None"], "Fewest | None"]
"""A way to find a pattern, from a bound and the best one known."""


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
        self.carried = carry_over(matched)
        self._begin(self.carried)

    def _begin(self, start: Timetable) -> None:
        """Look for changes of a timetable, whose exceptions stay."""
        self.start = start
        kept, locked = kept_in(self.matched, start), self.request.locked
        self.search = Search(self.matched, start, kept, locked, self.control, self.settings)

    def run(self) -> Settled:
        bound = self._unavoidable(self.prices, all_placed=True)
        joint = self._together()
        if joint is None:
            fewest, done = self._in_turn(bound)
        else:
            fewest, done = joint
            if falls_short(done, fewest) and not self.control.over:
                done = self._either(bound, done)
        if not self._has_events:
            done = self._filled(done)
        if self.request.nothing_new and not self._has_events:
            same = self._judged(as_published(self.matched, self.carried))
            done = min(same, done, key=lambda one: one.rank)
        coverage = self._coverage_bound(done, fewest)
        bound, posts, hope = self._bounds(done, fewest, bound, coverage)
        if hope.pattern is not None and not self.control.over:
            other = self._dated(hope.pattern, hope)
            if other.rank < done.rank:
                done = other
        done, coverage = self._chained(done, coverage)
        offers, spent = self._bought(done)
        return Settled(spent, coverage, bound, posts, offers, max(0, spent.cost - done.cost))

    def _in_turn(self, bound: int) -> tuple[Fewest | None, Dated]:
        """A pattern first and then its dates, also without exceptions that were published."""
        fewest, done = self._searched(bound)
        freed = self.start
        if fewest is not None and sum(done.open_by_tier) > fewest.coverage.value:
            freed = freed_where_open(self.context, self.start, done.judged.open_sessions)
        if freed != self.start and not self.control.over:
            before = self.start
            self._begin(freed)
            again, other = self._searched(bound)
            if other.rank[:2] < done.rank[:2]:
                fewest, done = again, other
            else:
                self._begin(before)
        return fewest, done

    def _together(self) -> tuple[Fewest, Dated] | None:
        """Pattern and dates at once, in a small school.

        What finds no room on some date is known once rooms are, so it may have to be done anew: the
        best of what is found so counts, of equals the last, for it counts on less.
        """
        if not is_small(self.context) or self._has_events or self.request.nothing_new:
            return None
        gone = self.matched.cancelled_in(move_out_of_closed_rooms(self.context, self.carried))
        found: tuple[Fewest, Dated] | None = None
        for _ in range(ROUNDS):
            joint = self._joint(gone)
            fewest = None if self.control.over else joint.best()
            if fewest is None:
                break
            self.start = joint.start
            done = self._done(fewest)
            if found is None or done.rank <= found[1].rank:
                self.search, found = joint, (fewest, done)
            before, gone = gone, self.matched.cancelled_in(done.planned.timetable)
            if gone == before:
                break
        if found is None:
            self._begin(self.carried)
            return None
        better = self.search.bettered(found[0], everything(self.context))
        found = min((better, self._done(better)), found, key=lambda one: one[1].rank)
        return found[0], self._surely_cancelled(*found)

    def _surely_cancelled(self, fewest: Fewest, done: Dated) -> Dated:
        """The best found where what has no room on its date is told not to take place: a model that
        may choose can have counted on it."""
        search, gone = self.search, self.matched.cancelled_in(done.planned.timetable)
        for _ in range(ROUNDS):
            if not gone or self.control.over or not falls_short(done, fewest):
                break
            self.search = self._joint(gone, surely=True)
            sure = self.search.best()
            if sure is None:
                break
            other = self._done(self.search.bettered(sure, everything(self.context)))
            if other.rank >= done.rank:
                break
            done, before = other, gone
            gone = self.matched.cancelled_in(done.planned.timetable)
            if gone == before:
                break
        self.search = search
        return done

    def _joint(self, cancelled: Collection[Key], *, surely: bool = False) -> Together:
        who = self.matched, self.carried, self.request.locked, self.control, self.settings
        return Together(*who, cancelled, self.request.edited, surely=surely)

    def _either(self, bound: int, done: Dated) -> Dated:
        """The better of a timetable and what is found in turn."""
        search, start = self.search, self.start
        self._begin(self.carried)
        other = self._in_turn(bound)[1]
        self.search, self.start = search, start
        return min(done, other, key=lambda one: one.rank)

    def _searched(self, bound: int) -> tuple[Fewest | None, Dated]:
        """The pattern with the fewest changes, and it with its dates."""
        fewest = self._fewest(bound, (self._narrow, self._with_covers, *self._without_covers))
        done = self._done(fewest)
        if fewest is not None and falls_short(done, fewest) and not self.control.over:
            plain = self._done(self._fewest(bound, (self._narrow, *self._without_covers)))
            done = plain if plain.rank < done.rank else done
        return fewest, done

    def _done(self, fewest: Fewest | None) -> Dated:
        """A pattern with its dates, or else what was carried over."""
        found = (self.start, None) if fewest is None else (fewest.timetable, fewest.hope)
        return self._dated(*found)

    def _dated(self, pattern: Timetable, hope: Hoped | None = None) -> Dated:
        """A pattern with its dates: covers, rooms and events."""
        return self._settled(self.start, pattern, hope)

    def _settled(self, start: Timetable, pattern: Timetable, hope: Hoped | None = None) -> Dated:
        who = self.control, self.settings
        return self._judged(settle(self.matched, start, pattern, *who, hope=hope))

    def _filled(self, done: Dated) -> Dated:
        """What is left open looked for again as long as that finds somebody: the next rerun would,
        though nothing is changed."""
        while sum(done.open_by_tier) and not self.control.over:
            start = looked_for_anew(done.planned.timetable, self.carried)
            other = self._settled(start, start)
            if other.rank[:2] >= done.rank[:2]:
                break
            done = other
        return done

    def _judged(self, settled: Timetable) -> Dated:
        return self._audited(plan_events(self.context, settled, self.control, self.settings))

    def _chained(self, done: Dated, coverage: int) -> tuple[Dated, int]:
        """What is open without proof filled by chains of covers, which no bound counts on."""
        planned = done.planned
        if sum(done.open_by_tier) <= coverage or self.request.nothing_new:
            return done, coverage
        fixed = done.asked | self.request.edited, self.request.locked
        timetable = chained(self.context, planned.timetable, *fixed, self.control)
        if timetable == planned.timetable:
            return done, coverage
        other = self._audited(replace(planned, timetable=timetable))
        return (other, 0) if other.rank < done.rank else (done, coverage)

    def _audited(self, planned: Planned) -> Dated:
        self.control.tell(Stage.AUDIT)
        judged = audit(self.context, planned.timetable)
        changes = self._changes(planned.timetable)
        figures, asked = count(changes, self.request.since), left_open(self.carried)
        return Dated(planned, judged, changes, figures.cost, figures.posts, asked)

    def _bounds(
        self, done: Dated, fewest: Fewest | None, bound: int, coverage: int
    ) -> tuple[int, int, Hoped]:
        """Bounds of the cost and of the posts that change; and what might cost less."""
        settled, open_places = done.planned.timetable, sum(done.open_by_tier)
        around = event_days(self.matched, settled)
        gone = self.matched.cancelled_in(settled) | around.gone
        each = Prices.one_post_each(self.request.since)
        placed = open_places <= self.search.hopeless.value
        posts = self._unavoidable(each, all_placed=placed, cancelled=gone)
        if not placed or gone:
            bound = self._unavoidable(self.prices, all_placed=placed, cancelled=gone)
        hope = Hoped(0)
        if isinstance(self.search, Together):
            hope = self._least_together(done, fewest, gone)
            bound = max(bound, hope.bound)
        elif fewest is not None and fewest.coverage.value <= coverage:
            cost = done.cost - around.least(self.prices)
            if fewest.hope is not None and gone <= self.search.cancelled:
                bound = max(bound, min(cost, fewest.bound))
            elif cost > bound and not self.control.over:
                hope = self.search.proved(cost, gone, fewest.coverage, around)
                bound = max(bound, hope.bound)
        return bound + around.least(self.prices), posts + around.least(each), hope

    def _least_together(self, done: Dated, fewest: Fewest | None, gone: frozenset[Key]) -> Hoped:
        """A bound of what any pattern with its dates costs that leaves no more open."""
        tiers, known = done.open_by_tier, self.search.cancelled
        if fewest is not None and fewest.coverage.tiers == tiers and gone <= known:
            return Hoped(fewest.bound)
        joint = self._joint(gone)
        least = None if self.control.over else joint.least_cost(Coverage(tiers, tiers))
        return Hoped(0) if least is None or least.hope is None else least.hope

    def _unavoidable(
        self, prices: Prices, *, all_placed: bool, cancelled: Collection[Key] = ()
    ) -> int:
        return unavoidable(
            self.matched,
            self.control,
            self.settings,
            prices,
            all_placed=all_placed,
            cancelled=cancelled,
            unled=self.search.unled,
        )

    def _bought(self, done: Dated) -> tuple[tuple[Offer, ...], Dated]:
        """What further changes would buy, and what is bought with those that are allowed."""
        allow, offer = self.request.allow, self.request.offer
        if not (allow or offer) or done.judged.hard or self.control.over:
            return (), done
        who = self.request.locked, self.control, self.settings
        offers = Spending(self.matched, done, *who, self._settled).offers() if offer else ()
        if allow:
            done = Spending(self.matched, done, *who, self._settled).up_to(allow)
        return offers, done

    def _fewest(self, bound: int, attempts: Sequence[_Attempt]) -> Fewest | None:
        """Scopes from narrow to wide, until nothing more could be gained.

        Where neither the input nor the timetable was changed, nothing is looked for: what was
        published stays.
        """
        best: Fewest | None = None
        if self.request.nothing_new:
            return None
        for attempt in attempts:
            found = attempt(bound, best)
            if found is not None and (best is None or rank_of(found) <= rank_of(best)):
                best = found
            if best and best.cost <= bound and best.coverage == self.search.hopeless:
                break
            if best and best.cost <= best.bound and best.whole:
                break
            if self.control.over:
                break
        if best is None or self.control.over:
            return best
        whole = best.whole and is_small(self.context)
        return self.search.bettered(best, everything(self.context) if whole else None)

    def _narrow(self, bound: int, _best: Fewest | None) -> Fewest | None:
        """Only what must be settled is free; nothing if others must give way to fill it."""
        ends = loose_ends(self.context, self.start)
        return self.search.within(ends, bound, self.search.hopeless)

    @property
    def _without_covers(self) -> tuple[_Attempt, ...]:
        return self._full, self._pooled, self._whole

    def _with_covers(self, _bound: int, best: Fewest | None) -> Fewest | None:
        """Everything is free, covers are counted on, and as little is left open as may be."""
        if is_small(self.context) or self._has_events:
            return None
        placed = move_out_of_closed_rooms(self.context, self.start)
        self.search.cancelled = self.matched.cancelled_in(placed)
        if best is None:
            return self.search.fullest(with_covers=True)
        return self.search.with_covers(best.coverage, best)

    @property
    def _has_events(self) -> bool:
        return bool(self.context.instance.events or self.matched.reference.timetable.events)

    def _full(self, _bound: int, best: Fewest | None) -> Fewest | None:
        """Everything is free, and as little is left open as the relaxation would."""
        if best is not None or is_small(self.context):
            return None
        return self.search.fullest(with_covers=False)

    def _pooled(self, bound: int, best: Fewest | None) -> Fewest | None:
        """Who works when is settled for everybody at once, and then who has which class."""
        if best is not None or is_small(self.context):
            return None
        found = self.search.on_pools()
        return found or self.search.within(loose_ends(self.context, self.start), bound)

    def _whole(self, bound: int, best: Fewest | None) -> Fewest | None:
        """Everything is free."""
        if is_small(self.context):
            return self.search.within(everything(self.context), bound)
        return None if best is None else self.search.exactly(best)

    def _coverage_bound(self, done: Dated, fewest: Fewest | None) -> int:
        """A lower bound of the dated places that any weekly timetable leaves open."""
        value = sum(tiers := done.judged.open_by_tier)
        if not value or self.control.over:
            return 0
        gone = self.matched.cancelled_in(done.planned.timetable)
        if isinstance(self.search, Together) and not gone <= self.search.cancelled:
            return 0
        if fewest is not None and (fewest.whole or fewest.coverage == self.search.hopeless):
            bounds = tuple(map(min, tiers, fewest.coverage.bounds))
            return Coverage(tiers, bounds).bound
        if is_small(self.context):
            pools = merged_pools(self.context, pinned_lines(self.context))
            return min(value, coverage_bound(self.context, pools, self.control, self.settings))
        least = self.search.least_open()  # the other is not found in minutes
        return 0 if least is None else Coverage(tiers, tuple(map(min, tiers, least))).bound

    def _changes(self, timetable: Timetable) -> tuple[Change, ...]:
        now = with_events(Expansion(self.context.demand, timetable))
        return changes_between(self.matched.reference.sessions, now, self.request.since)
