"""Applying changes to a school, and solving it: only what holds then is said to be a way out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator

from constraints.context import Context
from constraints.model import Literal, total, weighted
from instances.blocks import Block
from instances.demand import Post
from instances.derivation import derive
from instances.school import Instance
from instances.timetable import Timetable
from scheduler.audit import Audit
from scheduler.explain.arranging import applied
from scheduler.explain.easing import Easing
from scheduler.explain.elastic import KEPT_IN_SCHOOL, Elastic
from scheduler.explain.standing import EVERYTHING, in_open_rooms, is_full, settled
from scheduler.incumbent import hint, read_out
from scheduler.progress import Control, Stage
from scheduler.scope import Scope, is_small, loose_ends, scoped_model, widened
from scheduler.search import Effort, Settings, search

NEAR = Effort(deterministic=3, share=0.3, seconds=4, brief=True)
REPAIR = Effort(deterministic=1, share=0.2, seconds=2, light=True)
REPAIRS = 4
"""How often a timetable is repaired before a way out is given up."""
WHOLE = Effort(deterministic=6, share=0.3, seconds=8)


def tried(
    school: Instance,
    easings: Iterable[Easing],
    pattern: Timetable,
    control: Control,
    settings: Settings,
    at_most: int = 0,
    *,
    thorough: bool = True,
    failures: list[Audit] | None = None,
) -> Audit | None:
    """A timetable of the changed school that keeps every must and leaves so few open.

    First the pattern given, its dates settled and what is open then repaired. Then, if it is to
    be ``thorough``, a search near what that leaves open, in a small school one over everything.
    ``None`` if none was found: that proves nothing; the first one tried is then added to the
    ``failures``.
    """
    control.tell(Stage.VERIFY)
    easings = list(easings)
    context = in_open_rooms(applied(school, easings))
    start = _fitting(context, pattern, school, easings)
    repairs = _Repairs(context, start, control, settings)
    first = judged = repairs.run(at_most)
    if is_full(judged, at_most):
        return judged
    for found in _patterns(context, repairs.best, control, settings) if thorough else ():
        if control.over:
            break
        judged = _Repairs(context, found, control, settings).run(at_most)
        if is_full(judged, at_most):
            return judged
    if failures is not None:
        failures.append(first)
    return None


class _Repairs:
    """A pattern whose dates are settled, and repaired where that leaves something open.

    What nobody holds is given to somebody; whoever is away on some date, and cannot be covered
    then, is not on at that time. ``best``: the pattern that left the least open so far.
    """

    def __init__(
        self, context: Context, pattern: Timetable, control: Control, settings: Settings
    ) -> None:
        self.context = context
        self.best = pattern
        self.control = control
        self.settings = Settings(1, settings.seed)

    def run(self, at_most: int) -> Audit:
        """The audit of the best pattern."""
        pattern = self.best
        best = judged = settled(self.context, pattern, self.control, self.settings)
        kept_off: set[tuple[str, Block]] = set()
        for _ in range(REPAIRS):
            if is_full(judged, at_most) or self.control.over:
                break
            sessions = judged.open_sessions
            lines = {session.post.line for session in sessions}
            lines |= {post.line for post in judged.open_lines}
            off = {(str(s.planned), b) for s in sessions if s.planned for b in s.post.blocks}
            found = None
            if lines and not off <= kept_off:
                kept_off |= off
                found = self._instead(pattern, lines, kept_off, at_most)
            elif not off:
                found = self._filled(pattern, lines, kept_off, at_most)
            if found is None or found == pattern:
                break
            pattern = found
            judged = settled(self.context, pattern, self.control, self.settings)
            if _rank(judged) < _rank(best):
                best, self.best = judged, pattern
        return best

    def _filled(
        self,
        pattern: Timetable,
        lines: Collection[str],
        kept_off: Collection[tuple[str, Block]],
        at_most: int,
    ) -> Timetable | None:
        """The pattern with what has no holder or room given one, with little else changed."""
        alone = Scope(frozenset(lines), loose_ends(self.context, pattern).moving)
        found = self._changed(pattern, alone, kept_off, at_most)
        return found or self._instead(pattern, lines, kept_off, at_most)

    def _instead(
        self,
        pattern: Timetable,
        lines: Collection[str],
        kept_off: Collection[tuple[str, Block]],
        at_most: int,
    ) -> Timetable | None:
        """The pattern changed as little as can be, at the times of some lines."""
        moving = loose_ends(self.context, pattern).moving
        scope = widened(self.context, pattern, Scope(frozenset(lines), moving))
        return self._changed(pattern, scope, kept_off, at_most)

    def _changed(
        self,
        pattern: Timetable,
        scope: Scope,
        kept_off: Collection[tuple[str, Block]],
        at_most: int,
    ) -> Timetable | None:
        """The pattern changed within a scope, people off; ``None`` if more stays open."""
        model = scoped_model(self.context, pattern, scope)
        model.post_rules(musts_only=True)
        kept: list[Literal] = []
        for pool, literals in zip(model.pools, model.holders, strict=True):
            for key, literal in literals.items():
                if any((key, block) in kept_off for block in pool.post.blocks):
                    model.cp.add(literal == 0)
                elif pattern.holders.get(pool.post.line) == key:
                    kept.append(literal)
        is_open = total(model.open_by_tier)
        if not isinstance(is_open, int):
            model.cp.add(is_open <= at_most)
        elif is_open > at_most:
            return None
        hint(model, pattern)
        aim = weighted((literal, -1) for literal in kept)
        found = search(model.cp, aim, self.control, self.settings, REPAIR, Stage.VERIFY, 0)
        return read_out(model, found) if found.solution is not None else None


def _rank(judged: Audit) -> tuple[int, int]:
    """Musts broken, and what is open: the less, the better."""
    return len(judged.hard), sum(judged.open_by_tier)


def _patterns(
    context: Context, start: Timetable, control: Control, settings: Settings
) -> Iterator[Timetable]:
    alone = Settings(1, settings.seed)
    near = scoped_model(context, start, widened(context, start, loose_ends(context, start)))
    near.post_rules(musts_only=True)
    hint(near, start)
    found = search(near.cp, total(near.open_by_tier), control, alone, NEAR, Stage.VERIFY, 0)
    if found.solution is not None:
        yield read_out(near, found)
    if is_small(context):
        whole = Elastic(context, [], EVERYTHING)
        hint(whole.model, start)
        found = search(whole.model.cp, whole.open, control, alone, WHOLE, Stage.VERIFY, 0)
        if found.solution is not None:
            yield read_out(whole.model, found)


def _fitting(
    context: Context, pattern: Timetable, school: Instance, easings: Iterable[Easing]
) -> Timetable:
    """What of a pattern there is in a changed school.

    Where care is for other groups of classes now, those who were on in the former groups are
    on in the new ones at the same time.
    """
    lines, demand = context.demand.posts_of_line, context.demand
    holders = {n: who for n, who in pattern.holders.items() if n in lines}
    if any(line not in lines for line in pattern.holders):
        before = derive(applied(school, [e for e in easings if not isinstance(e, KEPT_IN_SCHOOL)]))
        free: dict[object, list[str]] = defaultdict(list)
        for line, who in pattern.holders.items():
            if line not in lines and line in before.posts_of_line:
                free[_place(before.posts_of_line[line][0])].append(who)
        wanted = [posts[0] for line, posts in lines.items() if line not in holders]
        for post in sorted(wanted, key=lambda post: post.number):
            people = free[_place(post)]
            heir = next((key for key in people if key in context.admitted(post)), None)
            if heir is not None:
                people.remove(heir)
                holders[post.line] = heir
    return pattern.model_copy(
        update={
            "holders": holders,
            "placements": {n: p for n, p in pattern.placements.items() if n in demand.options},
            "rooms": {n: room for n, room in pattern.rooms.items() if n in demand.group_rooms},
        }
    )


def _place(post: Post) -> object:
    """What two posts have in common between which it does not matter who is in which."""
    return post.activity, post.role, post.blocks
