"""Who comes instead, on the dates on which the weekly holder is away.

One model over all dated absences: fewest left open by tier, then fairness of load, then few
different covers for one absence and covers at welcome times. Its bound is its own: the
weekly pattern is given.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from ortools.sat.python import cp_model

from constraints.clash import days_at
from constraints.context import Context
from constraints.model import Expr, Literal, over, total, weighted
from constraints.rules.uneven_load import UnevenLoad
from instances.timetable import DatedChange, Expansion, Session, Timetable
from instances.words import TIERS, Level
from scheduler.at_hand import AtHand, Gap, Span, cap_left, gaps_of, may_be_there, periods
from scheduler.progress import Control, Stage
from scheduler.search import Effort, Found, Settings, search

EFFORT = Effort(deterministic=4, share=0.6, seconds=20, light=True)
FIRST = 50
"""How much a point of quality outweighs the wishes about covers, which are not points."""


@dataclass(frozen=True)
class Covered:
    """A timetable with covers, and a proven lower bound of what stays open for this pattern."""

    timetable: Timetable
    open_bound: int


def cover_absences(
    context: Context,
    timetable: Timetable,
    control: Control,
    settings: Settings,
    effort: Effort = EFFORT,
    also: Collection[str] = (),
    *,
    best: bool = True,
) -> Covered:
    """Fill the dated gaps of a pattern; what nobody can take is left open.

    ``also``: sessions (keys) whose holder cannot come, though not away. Without ``best``, any
    covers will do that leave the fewest open.

    A club without anybody to lead it sends its children back to care, which may need another
    adult on that date: so a second round follows where the first leaves clubs open.
    """
    bound = 0
    for _ in range(3):
        gaps = find_gaps(context, timetable, also)
        if not gaps:
            break
        also = ()
        timetable, open_bound, left = _Round(context, timetable, gaps).solve(
            control, settings, effort, best=best
        )
        bound += open_bound
        if not left:
            break
    return Covered(timetable, bound)


def find_gaps(context: Context, timetable: Timetable, also: Collection[str] = ()) -> list[Gap]:
    """Dated posts held by someone who is away or may not be where they were moved to (or in
    ``also``), or that nobody foresaw."""
    expansion = context.expansion(timetable)
    foreseen = _foreseen(context, timetable)
    found: list[Session] = []
    for session in expansion.sessions:
        change = timetable.changes.get(session.key)
        settled = change is not None and (change.staff is not None or change.open)
        if not session.takes_place or (settled and session.key not in also):
            continue
        away = session.staff is not None and not may_be_there(context, session, session.staff)
        extra = session.staff is None and session.post.line not in foreseen
        if away or extra or session.key in also:
            found.append(session)
    return list(gaps_of(context, found))


def _foreseen(context: Context, timetable: Timetable) -> set[str]:
    """Lines that the pattern wants, held or open; other need posts arise on single dates."""
    pattern = timetable.placements, timetable.rooms, timetable.holders
    known, lines = context.memory.get(_foreseen, ((), set()))
    if len(known) != len(pattern) or any(a is not b for a, b in zip(known, pattern, strict=True)):
        bare = Timetable(placements=pattern[0], rooms=pattern[1], holders=pattern[2])
        lines = {session.post.line for session in Expansion(context.demand, bare).sessions}
        context.memory[_foreseen] = (pattern, lines)
    found: set[str] = lines
    return found


class _Round:
    def __init__(self, context: Context, timetable: Timetable, gaps: list[Gap]) -> None:
        self.context = context
        self.timetable = timetable
        self.gaps = gaps
        self.cp = cp_model.CpModel()
        expansion = context.expansion(timetable)
        self.at_hand = AtHand(context, expansion.sessions, gaps, expansion.at_events)
        self.worked = self.at_hand.worked
        self.literals: dict[tuple[int, str], Literal] = {}
        for n, gap in enumerate(gaps):
            for key in self.at_hand.candidates(gap):
                self.literals[n, key] = self.cp.new_bool_var("")
        self._once()
        self._caps()

    def solve(
        self, control: Control, settings: Settings, effort: Effort, *, best: bool
    ) -> tuple[Timetable, int, int]:
        """The timetable with covers, a bound of what stays open, and what does."""
        bound = 0
        tiers = self._open_by_tier()
        found = search(self.cp, total(tiers), control, settings, effort, Stage.COVERS)
        if found.solution is None:
            return self._write({}), found.bound, len(self.gaps)
        if found.value:
            for tier in tiers:
                found = search(self.cp, tier, control, settings, effort, Stage.COVERS)
                if found.solution is None:
                    return self._write({}), bound, len(self.gaps)
                bound += found.bound
                if not isinstance(tier, int):
                    self.cp.add(tier <= found.value)
        else:
            for tier in tiers:
                if not isinstance(tier, int):
                    self.cp.add(tier == 0)
        if best:
            found = self._better(found, control, settings, effort)
        covers = {n: key for (n, key), literal in self.literals.items() if found.true(literal)}
        return self._write(covers), bound, len(self.gaps) - len(covers)

    def _better(self, found: Found, control: Control, settings: Settings, effort: Effort) -> Found:
        for literal in self.literals.values():
            self.cp.add_hint(literal, found.true(literal))
        better = search(self.cp, self._quality(), control, settings, effort, Stage.COVERS)
        return found if better.solution is None else better

    def _once(self) -> None:
        """One cover per gap, and nobody covers two gaps at one moment."""
        by_gap: dict[int, list[Literal]] = defaultdict(list)
        at: dict[object, list[Literal]] = defaultdict(list)
        for (n, key), literal in self.literals.items():
            by_gap[n].append(literal)
            gap = self.gaps[n]
            for m, moment in enumerate(self.context.demand.moments):
                if days_at(gap.once, moment):
                    at[key, gap.sessions[0].date, m].append(literal)
        for literals in (*by_gap.values(), *at.values()):
            if len(literals) > 1:
                self.cp.add_at_most_one(literals)

    def _caps(self) -> None:
        """What caps leave of a day, a week and the term, after the posts already held."""
        used = self.at_hand.used
        wanted: dict[Span, list[tuple[Expr, int]]] = defaultdict(list)
        for (n, key), literal in self.literals.items():
            session = self.gaps[n].sessions[0]
            for period in periods(key, session):
                wanted[period].append((literal, len(self.gaps[n].sessions)))
        for period, terms in wanted.items():
            cap = cap_left(self.context.people[period[0]], period)
            if cap is not None and used[period] + sum(size for _, size in terms) > cap:
                self.cp.add(weighted(terms) <= max(0, cap - used[period]))

    def _open_by_tier(self) -> list[Expr]:
        tiers: list[list[Expr]] = [[] for _ in TIERS]
        for n, gap in enumerate(self.gaps):
            here = [literal for (m, _), literal in self.literals.items() if m == n]
            size = len(gap.sessions)
            tiers[gap.post.role.tier].append(size - size * total(here))
        return [total(tier) for tier in tiers]

    def _quality(self) -> Expr:
        """Uneven load as its rule counts it, then few and welcome covers."""
        costs: list[tuple[Expr, int]] = []
        by_person: dict[str, list[tuple[Expr, int]]] = defaultdict(list)
        by_line: dict[tuple[str, str], list[Literal]] = defaultdict(list)
        for (n, key), literal in self.literals.items():
            gap = self.gaps[n]
            by_person[key].append((literal, gap.load))
            by_line[gap.post.line, key].append(literal)
            if self.context.people[key].level(gap.once) is Level.RATHER_NOT:
                costs.append((literal, 3))
        for literals in by_line.values():
            used = self.cp.new_bool_var("")
            for literal in literals:
                self.cp.add_implication(literal, used)
            costs.append((used, 2))
        costs += self._uneven(by_person)
        return weighted(costs)

    def _uneven(self, by_person: Mapping[str, list[tuple[Expr, int]]]) -> list[tuple[Expr, int]]:
        """What the rules of load say, first of all; then away from those who do most."""
        weekly = self.context.weekly_post
        costs: list[tuple[Expr, int]] = []
        for key, terms in by_person.items():
            held = sum(session.load for session in self.worked[key])
            held += self.context.people[key].worked_load
            share = self.context.shares.get(key)
            if share is None:
                continue
            load = total([weighted(terms), held])
            most = held + sum(size for _, size in terms)
            for rule in self.context.rules:
                if isinstance(rule, UnevenLoad) and rule.concerns_person(self.context.people[key]):
                    parts = rule.amounts(self.cp, load, most, share, weekly)
                    costs += [(part, slope * (rule.weight or 0) * FIRST) for part, slope in parts]
            costs.append((over(self.cp, load, share, most, max(1, weekly // 10)), 1))
        return costs

    def _write(self, covers: dict[int, str]) -> Timetable:
        changes = dict(self.timetable.changes)
        for n, gap in enumerate(self.gaps):
            for session in gap.sessions:
                known = changes.get(session.key, DatedChange())
                reason = gap.holder or ""
                update = {"staff": covers.get(n), "open": n not in covers, "reason": reason}
                changes[session.key] = known.model_copy(update=update)
        return self.timetable.model_copy(update={"changes": changes})
