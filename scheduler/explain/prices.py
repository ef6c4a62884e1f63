"""What a rule costs: the levels of a timetable with it and without it.

A small school is solved once more without each rule in turn. In a larger one the timetable is
bettered around without it, with a fixed effort: what is gained is then at least so much. Busy
times, consent and physics have no price: they are not the school's to give up.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

from constraints.catalogue import rulebook
from constraints.context import Context
from constraints.pins import PinText
from constraints.pools import merged_pools, single_pools
from instances.messages import Label, Lang, Message, Template
from instances.school import Instance, RuleSetting
from scheduler.audit import audit
from scheduler.explain.arranging import DropPin
from scheduler.explain.asking import CAP_WORDS
from scheduler.first import first_pattern
from scheduler.improve import improve
from scheduler.progress import Control, Stage
from scheduler.repair import settle_once
from scheduler.result import Published
from scheduler.scope import is_small
from scheduler.search import Settings
from scheduler.solve import solve
from scheduler.weekly import Coverage, Pattern, pinned_lines

ROUNDS = 8
EVERYBODY = Template("所有人的{cap}", "everybody's {cap}")
PIN = Template("固定项“{pin}”", "the pin “{pin}”")
Kind = Literal["rule", "must", "cap", "pin"]


@dataclass(frozen=True)
class Levels:
    """Dated open posts, and the points of all rules but the one in question."""

    open: int
    points: int


@dataclass(frozen=True)
class Price:
    """``own``: points of the rule itself as things are. ``proved``: both timetables are known to
    be the best, so that the difference is exact."""

    kind: Kind
    what: Label | Message
    own: int
    now: Levels
    then: Levels
    proved: bool
    rule: str | None = None

    def to_json(self, lang: Lang) -> dict[str, Any]:
        return {
            "kind": self.kind,
            "rule": self.rule,
            "what": self.what.text(lang),
            "points": self.own,
            "open_now": self.now.open,
            "open_without": self.then.open,
            "others_now": self.now.points,
            "others_without": self.then.points,
            "proved": self.proved,
        }


@dataclass(frozen=True)
class _Trial:
    kind: Kind
    what: Label | Message
    school: Instance
    rule: str | None = None


def prices(school: Instance, control: Control, settings: Settings) -> tuple[Price, ...]:
    """What each rule that binds costs, the dearest first; those there was no time for left out."""
    base = _solved(school, control, settings, 4)
    if base.result.status not in ("optimal", "feasible"):
        return ()
    trials = list(_trials(school, base))
    found = []
    for n, trial in enumerate(trials):
        if control.over:
            break
        control.tell(Stage.PRICE)
        found.append(_price(base, trial, control, settings, len(trials) - n))
    gain = [one for one in found if one.then != one.now or one.own]
    return tuple(
        sorted(gain, key=lambda p: (p.then.open - p.now.open, p.then.points - p.now.points))
    )


def _trials(school: Instance, base: Published) -> Iterator[_Trial]:
    """Rules that cost points, musts and caps that the school set itself, and pins."""
    info = rulebook()
    for rule, points in base.result.soft.items():
        if points:
            yield _Trial("rule", info[rule].title, _switched_off(school, rule), rule)
    for rule in dict.fromkeys(one.rule for one in school.rules if one.must and one.enabled):
        yield _Trial("must", info[rule].title, _switched_off(school, rule), rule)
    for cap, words in CAP_WORDS.items():
        if any(getattr(person, cap) is not None for person in school.staff):
            staff = tuple(one.model_copy(update={cap: None}) for one in school.staff)
            without = school.model_copy(update={"staff": staff})
            yield _Trial("cap", EVERYBODY(cap=words), without)
    for n, pin in enumerate(school.pins):
        yield _Trial("pin", PIN(pin=PinText(pin)), DropPin(pin, n).apply(school))


def _switched_off(school: Instance, rule: str) -> Instance:
    kept = tuple(one for one in school.rules if one.rule != rule)
    return school.model_copy(update={"rules": (*kept, RuleSetting(rule=rule, enabled=False))})


def _price(
    base: Published, trial: _Trial, control: Control, settings: Settings, left: int
) -> Price:
    if is_small(Context(base.instance)):
        found = _solved(trial.school, control, settings, left)
        then, proved = _levels(found, trial.rule), _is_best(base) and _is_best(found)
    else:
        then, proved = _bettered(base, trial, control, settings, left), False
    own = base.result.soft.get(trial.rule or "", 0)
    return Price(trial.kind, trial.what, own, _levels(base, trial.rule), then, proved, trial.rule)


def _levels(found: Published, rule: str | None) -> Levels:
    points = sum(n for name, n in found.result.soft.items() if name != rule)
    return Levels(found.result.uncovered_sessions, points)


def _is_best(found: Published) -> bool:
    return found.result.status == "optimal"


def _part(control: Control, left: int) -> Control:
    """A clock for one of so many trials."""
    return Control(None if control.left is None else control.left / max(1, left))


def _solved(school: Instance, control: Control, settings: Settings, left: int) -> Published:
    part = _part(control, left)
    without_events = school.model_copy(update={"events": ()})
    with control.running(part.stop):
        return solve(without_events, part, settings)


def _bettered(
    base: Published, trial: _Trial, control: Control, settings: Settings, left: int
) -> Levels:
    """The timetable bettered without the rule, or left as it is if nothing better is found."""
    context, part = Context(trial.school), _part(control, left)
    start = base.timetable.model_copy(update={"changes": {}})
    judged = audit(context, start)
    pattern = Pattern(
        start, Coverage(judged.open_by_tier, (0,) * len(judged.open_by_tier)), judged.quality, 0
    )
    with control.running(part.stop):
        if pattern.coverage.value:
            pools = merged_pools(context, pinned_lines(context))
            first = first_pattern(context, pools, part, settings, proof=False)
            if first is not None and first.coverage.value < pattern.coverage.value:
                pattern = first
        better = improve(
            context,
            single_pools(context.demand),
            pattern,
            part,
            settings,
            Stage.PRICE,
            rounds=ROUNDS,
            until=1.0,
        )
        dated = settle_once(context, better.timetable, part, settings)
    after = audit(context, dated)
    now = _levels(base, trial.rule)
    then = Levels(sum(after.open_by_tier), sum(after.points.values()))
    better_off = (then.open, then.points) < (now.open, now.points)
    return then if better_off and not after.hard else now
