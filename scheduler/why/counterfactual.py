"""What would have to give for a wish: another timetable that meets it, found and audited.

The search starts from the timetable as it stands and leaves no more open in any tier: first for
the fewest changes that meet the wish, then for the best quality. In a small school everybody's
posts may change; in a larger one those of a group of people around the wish, and few of them.
Whatever is found gets its rooms and covers and is audited before anything is said of it. That a
wish cannot be met is said only where it is proved with everybody and every room free.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from enum import Enum

from constraints.model import Expr, Model, total, weighted
from constraints.pools import merged_pools, single_pools
from constraints.view import View
from instances.demand import Post
from instances.timetable import DatedChange, Timetable
from scheduler.audit import Audit, audit
from scheduler.events.displace import displace
from scheduler.events.plan import covered_for_events
from scheduler.improve import restricted
from scheduler.incumbent import hint, read_out
from scheduler.progress import Control, Stage
from scheduler.repair import settle_once
from scheduler.search import Effort, Settings, complete_hint, search
from scheduler.weekly import Coverage, pinned_lines
from scheduler.why.situation import Colleagues, Situation

SMALL = 1500
"""Possible holdings up to which everybody's posts may change."""
CROWD = 16
"""People whose posts may change in a larger school."""
BUDGET = 5.0
"""Deterministic effort for all wishes together: about ten seconds."""
PER_POINT = 4
"""How many changes of posts weigh as much as one penalty point."""
SLACK = 3
"""In a larger school, how many more posts may change hands than must, to keep the cost low:
its timetable is seldom the best, and what could be bettered elsewhere is no part of the wish."""
COVERS = Effort(deterministic=0.5, share=0.3)


class Verdict(Enum):
    """What is known of a wish."""

    POSSIBLE = "possible"
    IMPOSSIBLE = "impossible"
    UNDECIDED = "undecided"
    NOT_TRIED = "not_tried"


@dataclass(frozen=True)
class Trade:
    """What another, audited timetable would change.

    ``points``: what each soft rule would cost more (or less). ``gained`` and ``given_up``:
    weekly posts of the one who asks. ``changed``, ``fewer_wishes``, ``less_even``: others who
    hold other posts, have fewer wishes granted, or are further from their share than the rule
    lets pass. ``open_now`` and ``open_then``: dated open posts. ``load_now`` and ``load_then``:
    the load of the one who asks, in hundredths of a unit.
    """

    points: dict[str, int]
    gained: tuple[Post, ...]
    given_up: tuple[Post, ...]
    changed: Colleagues
    fewer_wishes: Colleagues
    less_even: Colleagues
    moved: tuple[str, ...]
    open_now: int
    open_then: int
    load_now: int = 0
    load_then: int = 0

    @property
    def total(self) -> int:
        return sum(self.points.values())


@dataclass(frozen=True)
class Answer:
    """The verdict on a wish; ``open_at_least``: proved for every timetable that meets it."""

    verdict: Verdict
    trade: Trade | None = None
    open_at_least: int | None = None


@dataclass(frozen=True)
class WhatIf:
    """A wish as a model understands it, and as a finished timetable is looked at for it.

    ``post`` adds the wish to a model, and says whether the model has anything to meet it
    with. ``people`` are those around it, nearest first; ``asker`` whose posts are reported.
    ``provable``: whether ``post`` is right for merged pools, too.
    """

    asker: str | None
    people: tuple[str, ...]
    post: Callable[[Model], bool]
    met: Callable[[View], bool]
    provable: bool = True


def can_ask(situation: Situation) -> bool:
    """Whether the timetable keeps every must: only then another can be compared with it."""
    return not situation.judged.hard


def answers(
    situation: Situation, wishes: list[WhatIf], control: Control, settings: Settings
) -> list[Answer]:
    """An answer for each wish, in turn; those without time left are not tried."""
    found = []
    for n, wish in enumerate(wishes):
        if control.over:
            found.append(Answer(Verdict.NOT_TRIED))
            continue
        control.tell(Stage.WHAT_IF)
        effort = Effort(BUDGET / len(wishes), share=1 / (len(wishes) - n))
        found.append(answer(situation, wish, control, settings, effort))
    return found


def answer(
    situation: Situation, wish: WhatIf, control: Control, settings: Settings, effort: Effort
) -> Answer:
    """What would have to give for one wish."""
    people = _group(situation, wish)
    fewest = _model(situation, wish, people, musts_only=True)
    if fewest is None:
        return _proof(situation, wish, control, settings, effort)
    changes = weighted(_kept(situation, fewest))
    part = replace(effort, deterministic=effort.deterministic / 2, share=effort.share / 2)
    found = search(fewest.cp, changes, control, settings, part, Stage.WHAT_IF, 0)
    if found.outcome == "infeasible":
        return _proof(situation, wish, control, settings, effort)
    if found.solution is None:
        return Answer(Verdict.UNDECIDED)
    pattern = read_out(fewest, found)
    better = _model(situation, wish, people)
    if better is not None and not control.over:
        if not _is_small(situation):
            better.cp.add(weighted(_kept(situation, better)) <= found.value + SLACK)
        better.cp.clear_hints()  # type: ignore[no-untyped-call]
        hint(better, pattern)
        complete_hint(better.cp)
        objective = total([PER_POINT * better.quality, weighted(_kept(situation, better))])
        best = search(better.cp, objective, control, settings, part, Stage.WHAT_IF, 0)
        pattern = pattern if best.solution is None else read_out(better, best)
    judged = audit(situation.context, _settled(situation, pattern, control, settings))
    if judged.hard or not wish.met(judged.view):
        return Answer(Verdict.UNDECIDED)
    return Answer(Verdict.POSSIBLE, _trade(situation, wish.asker, judged))


def _model(
    situation: Situation, wish: WhatIf, people: set[str], *, musts_only: bool = False
) -> Model | None:
    """The wish in a model of some people's posts; ``None`` if nothing there could meet it."""
    model = restricted(
        situation.context,
        single_pools(situation.demand),
        situation.timetable,
        Coverage(situation.judged.open_by_tier, situation.judged.open_by_tier),
        people,
        musts_only=musts_only,
    )
    if not wish.post(model):
        return None
    hint(model, situation.timetable)
    return model


def _kept(situation: Situation, model: Model) -> Iterator[tuple[Expr, int]]:
    """Minus one for every line that keeps its holder: changes, up to a constant."""
    for pool, literals in zip(model.pools, model.holders, strict=True):
        holder = situation.holder(pool.post)
        if holder in literals:
            yield literals[holder], -1


def _is_small(situation: Situation) -> bool:
    return sum(len(posts) for posts in situation.context.possible.values()) <= SMALL


def _group(situation: Situation, wish: WhatIf) -> set[str]:
    """Whose posts may change: everybody, or those nearest to the wish and furthest from share."""
    everybody = situation.context.people
    if _is_small(situation):
        return set(everybody)
    near = list(dict.fromkeys(wish.people))[: CROWD * 3 // 4]
    lines = [post for key in near for post in situation.weeks.get(key, ())]
    rest = sorted(
        (key for key in everybody if key not in near),
        key=lambda key: (situation.beyond(key) or 0, key),
    )
    able = (key for key in rest if any(key in situation.context.admitted(p) for p in lines))
    near += [key for key, _ in zip(able, range(CROWD - len(near)), strict=False)]
    return set(near)


def _proof(
    situation: Situation, wish: WhatIf, control: Control, settings: Settings, effort: Effort
) -> Answer:
    """Whether every timetable that meets the wish leaves more open: musts alone, all free."""
    if not wish.provable or control.over or _has_exceptions(situation):
        return Answer(Verdict.UNDECIDED)
    context = situation.context
    model = Model(context, merged_pools(context, pinned_lines(context)))
    model.post_rules(musts_only=True)
    if not wish.post(model):
        return Answer(Verdict.UNDECIDED)
    openings, now = total(model.open_by_tier), sum(situation.judged.open_by_tier)
    model.cp.add(openings <= now)
    found = search(model.cp, 0, control, settings, effort, Stage.WHAT_IF)
    if found.outcome != "infeasible":
        return Answer(Verdict.UNDECIDED)
    free = Model(context, model.pools)
    free.post_rules(musts_only=True)
    wish.post(free)
    short = replace(effort, deterministic=effort.deterministic / 5)
    openings = total(free.open_by_tier)
    found = search(free.cp, openings, control, settings, short, Stage.WHAT_IF)
    if found.outcome == "infeasible":
        return Answer(Verdict.IMPOSSIBLE)
    return Answer(Verdict.IMPOSSIBLE, open_at_least=max(now + 1, found.bound))


def _has_exceptions(situation: Situation) -> bool:
    """Whether single dates differ in ways that the weekly model does not know."""
    return any(
        change.cancelled or change.to or change.into
        for change in situation.timetable.changes.values()
    )


def _settled(
    situation: Situation, pattern: Timetable, control: Control, settings: Settings
) -> Timetable:
    """A new pattern with the dated exceptions that still hold, and new covers for the others."""
    now = situation.timetable
    lines = {
        line
        for line in now.holders.keys() | pattern.holders.keys()
        if now.holders.get(line) != pattern.holders.get(line)
    }
    touched = {table.holders.get(line) for table in (now, pattern) for line in lines}
    moved = {
        name for name in now.placements if pattern.placements.get(name) != now.placements[name]
    }
    changes: dict[str, DatedChange] = {}
    for session in situation.view.sessions:
        change = now.changes.get(session.key)
        if change is None or session.post.activity in moved:
            continue
        if session.post.line in lines or change.staff in touched:
            change = change.model_copy(update={"staff": None, "open": False})
        if change != DatedChange(reason=change.reason):
            changes[session.key] = change
    new = {"changes": changes, "history": now.history, "events": now.events}
    kept = displace(situation.context, pattern.model_copy(update=new))
    settled = settle_once(situation.context, kept, control, settings, COVERS)
    if not now.events:
        return settled
    return covered_for_events(situation.context, settled, control, settings)[0]


def _trade(situation: Situation, asker: str | None, judged: Audit) -> Trade:
    before, after = situation.judged, judged
    rules = dict.fromkeys((*before.points, *after.points))
    points = {rule: after.points.get(rule, 0) - before.points.get(rule, 0) for rule in rules}
    then = judged.view.pattern
    mine = {p.key: p for p in situation.weeks.get(asker or "", ())}
    new = {p.key: p for p in then.get(asker or "", ()) if situation.is_weekly(p)}
    changed = [
        key
        for key in situation.others(asker or "")
        if {p.key for p in situation.view.pattern.get(key, ())}
        != {p.key for p in then.get(key, ())}
    ]
    where, elsewhere = situation.timetable.placements, judged.view.timetable.placements
    return Trade(
        points={rule: more for rule, more in points.items() if more},
        gained=tuple(p for key, p in new.items() if key not in mine),
        given_up=tuple(p for key, p in mine.items() if key not in new),
        changed=Colleagues(tuple(changed)),
        fewer_wishes=_worse(situation, asker, judged, "unmet-wish"),
        less_even=_worse(situation, asker, judged, "uneven-load"),
        moved=tuple(
            name
            for name, place in where.items()
            if name not in elsewhere or elsewhere[name].blocks != place.blocks
        ),
        open_now=sum(before.open_by_tier),
        open_then=sum(after.open_by_tier),
        load_now=situation.view.loads.get(asker or "", 0),
        load_then=judged.view.loads.get(asker or "", 0),
    )


def _worse(situation: Situation, asker: str | None, judged: Audit, rule: str) -> Colleagues:
    before, after = situation.amounts(rule), situation.amounts(rule, judged)
    return Colleagues(
        tuple(k for k in situation.others(asker or "") if after.get(k, 0) > before.get(k, 0))
    )
