"""Whatever is edited in a timetable: its audit after the edit finds what a fresh audit finds."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Mapping
from functools import cache
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

from benchmarks.every_rule import with_every_rule
from constraints.catalogue import catalogue
from constraints.context import Context
from constraints.rule import Finding
from instances.demand import Post
from instances.derivation import derive
from instances.following import Followed, by_date
from instances.generate import Preset, generate_with_plan
from instances.history import History
from instances.past_sessions import history_of
from instances.timetable import (
    DatedChange,
    Expansion,
    Place,
    Placement,
    Session,
    Timetable,
    When,
    expand,
)
from scheduler.audit import Audit, audit
from scheduler.reaudit import audit_after
from tests.helpers.comparing import drawn
from tests.helpers.random_events import with_cancellations
from tests.helpers.random_schools import random_school
from tests.helpers.random_timetables import wild

SINCE = dt.date(2026, 10, 19)
NO_SESSION = "20260901|none|none"


@cache
def planted(*, late: bool) -> Audit:
    """The audited timetable of a generated school, for the whole term or the rest of it."""
    plain, timetable = generate_with_plan(Preset.S, 1)
    school = with_every_rule(plain)
    history: History | None = None
    if late:
        history = history_of(Expansion(derive(school), timetable), SINCE)
        timetable = timetable.model_copy(update={"history": history})
    return audit(Context(school, history=history), timetable)


@st.composite
def edited(draw: DrawFn, judged: Audit) -> Timetable:
    """The timetable after some edits of any kind, senseless ones among them."""
    context, timetable = judged.view.context, judged.view.timetable
    people: Any = st.sampled_from(sorted(context.people))
    keys = st.sampled_from([session.key for session in judged.view.sessions] or [NO_SESSION])
    rooms = st.sampled_from([room.name for room in context.instance.rooms])
    holders, changes = dict(timetable.holders), dict(timetable.changes)
    placements, group_rooms = dict(timetable.placements), dict(timetable.rooms)
    lines = st.sampled_from(sorted({post.line for post in context.demand.posts}))
    movable = {post.line for post in context.demand.posts if post.option is not None}
    clubs = st.sampled_from(sorted(movable)) if movable else lines
    kinds = draw(st.sampled_from(["hhcddrp", "hhcddrp", "hhddrpmi"]))
    for kind in draw(st.lists(st.sampled_from(kinds), min_size=1, max_size=6)):
        if kind in "hc":
            line, who = draw(lines if kind == "h" else clubs), draw(st.none() | people)
            holders.pop(line, None)
            holders |= {line: who} if who else {}
        elif kind == "d":
            changes[draw(keys)] = draw(exceptions(people, rooms))
        elif kind == "r" and group_rooms:
            group_rooms[draw(st.sampled_from(sorted(group_rooms)))] = draw(rooms)
        elif kind in "pm" and not placements:
            continue
        elif kind == "p":
            name = draw(st.sampled_from(sorted(placements)))
            placements[name] = placements[name].model_copy(update={"room": draw(rooms)})
        elif kind == "m":
            name = draw(st.sampled_from(sorted(placements)))
            option = draw(st.sampled_from(context.demand.options[name]))
            places = tuple(Place(weekday=b.weekday, segments=b.segments) for b in option.blocks)
            placements[name] = Placement(places=places, room=placements[name].room)
        elif draw(st.integers(0, 3)) == 0:
            date, segment, _ = draw(keys).split("|")
            to = When(date=dt.date.fromisoformat(date), segment=segment)
            where = {"to": to} if draw(st.booleans()) else {"into": draw(keys)}
            changes[draw(keys)] = DatedChange(**where)
    return timetable.model_copy(
        update={
            "holders": holders,
            "changes": changes,
            "rooms": group_rooms,
            "placements": placements,
        }
    )


def exceptions(people: Any, rooms: Any) -> Any:
    """Exceptions that leave a session where it is; an event may be why."""
    return st.one_of(
        st.builds(DatedChange, staff=people),
        st.builds(DatedChange, room=rooms),
        st.just(DatedChange(open=True)),
        st.just(DatedChange(cancelled=True)),
        st.just(DatedChange(cancelled=True, event="运动会#0")),
    )


def in_any_order(found: tuple[Finding, ...]) -> list[str]:
    return sorted(repr(one.to_json("zh")) for one in found)


def same(judged: Audit, fresh: Audit) -> None:
    for rule, mine, its in zip(fresh.view.context.rules, judged.found, fresh.found, strict=True):
        assert in_any_order(mine) == in_any_order(its), rule.rule_id()
    assert judged.points == fresh.points
    assert judged.open_by_tier == fresh.open_by_tier
    assert judged.view.loads == fresh.view.loads
    assert [post.line for post in judged.open_lines] == [post.line for post in fresh.open_lines]
    assert keys_of(judged.view.held) == keys_of(fresh.view.held)
    assert keys_of(judged.view.by_group) == keys_of(fresh.view.by_group)
    assert keys_of(judged.view.pattern) == keys_of(fresh.view.pattern)


def keys_of(found: Mapping[Any, tuple[Session, ...] | tuple[Post, ...]]) -> dict[Any, list[str]]:
    return {key: [one.key for one in some] for key, some in found.items()}


@settings(max_examples=60, deadline=None)
@given(st.data(), st.booleans())
def test_an_audit_after_edits_finds_what_a_fresh_one_finds(data: st.DataObject, late: bool) -> None:
    judged = planted(late=late)
    for _ in range(2):
        timetable = data.draw(edited(judged))
        judged = audit_after(judged, timetable)
        same(judged, audit(fresh_context(late), timetable))


@settings(max_examples=100, deadline=None)
@given(st.data(), st.integers(0, 300))
def test_it_does_in_small_schools_with_events_and_rules_of_any_scope(
    data: st.DataObject, seed: int
) -> None:
    rng = random.Random(seed)
    plain = Context(random_school(seed))
    rules = tuple(drawn(rule_id, rng, plain) for rule_id in catalogue())
    context = Context(plain.instance, rules)
    judged = audit(context, with_cancellations(rng, context, wild(rng, context)))
    for _ in range(2):
        timetable = data.draw(edited(judged))
        judged = audit_after(judged, timetable)
        same(judged, audit(Context(plain.instance, rules), timetable))


@cache
def fresh_context(late: bool) -> Context:
    known = planted(late=late).view.context
    return Context(known.instance, history=known.history)


@settings(max_examples=60, deadline=None)
@given(st.data(), st.booleans())
def test_sessions_that_follow_others_are_those_of_an_expansion_of_their_own(
    data: st.DataObject, late: bool
) -> None:
    judged = planted(late=late)
    demand, before = judged.view.demand, judged.view.expansion
    timetable = data.draw(edited(judged))
    found = Followed(demand, before, by_date(before), timetable)
    assert found.sessions == expand(demand, timetable)


def test_sessions_that_an_edit_leaves_alone_are_shared() -> None:
    judged = planted(late=False)
    line, holder = next(iter(judged.view.timetable.holders.items()))
    other = next(key for key in judged.view.people if key != holder)
    holders = judged.view.timetable.holders | {line: other}
    timetable = judged.view.timetable.model_copy(update={"holders": holders})
    after = audit_after(judged, timetable)
    new = [
        session
        for session, was in zip(after.view.sessions, judged.view.sessions, strict=True)
        if session is not was
    ]
    assert {session.post.line for session in new} == {line}
    assert {session.staff for session in new} == {other}


def test_every_rule_is_looked_at() -> None:
    used = {rule.rule_id() for rule in planted(late=False).view.context.rules}
    assert used == set(catalogue())
