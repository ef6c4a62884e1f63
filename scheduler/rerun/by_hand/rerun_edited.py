"""A rerun that keeps the edits by hand, but for those that a must stands against."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from constraints.context import Context
from instances.derivation import derive
from instances.event_sessions import everything
from instances.messages import Label
from instances.timetable import Expansion, moved_key
from scheduler.audit import audit
from scheduler.open_posts import Reason
from scheduler.progress import Control
from scheduler.rerun.by_hand.taken_back import (
    DROPPED,
    Meeting,
    meetings_edited,
    plain_key,
    taken_back,
    without_impossible,
)
from scheduler.rerun.request import Request
from scheduler.rerun.rerun import rerun
from scheduler.result import Published
from scheduler.search import Settings

EMPTIED = Label("手工清空，未安排。", "Emptied by hand.")
AGAIN = 10.0
"""Seconds for a rerun without edits that turned out to be impossible, where no more are left."""


def rerun_edited(
    request: Request, control: Control | None = None, settings: Settings | None = None
) -> Published:
    """The rerun of a timetable with edits by hand; what breaks a must is not kept.

    What can be known of single dates is before it begins. Where the timetable found breaks a must
    all the same, or a meeting that was moved does not take place, it is made anew without the
    edits on such dates, then without any of single dates, and then without any at all.
    """
    control = control or Control()
    request = without_impossible(request)
    published = rerun(request, control, settings)
    for simpler in _simpler(request, published):
        request, published = simpler, rerun(simpler, control.at_least(AGAIN), settings)
        if not published.result.hard_findings:
            break
    return _with_reasons(request, published)


def _with_reasons(request: Request, published: Published) -> Published:
    """The timetable with the reason for what was emptied: not that nobody could be found."""
    reasons, edited = published.result.open_reasons, request.timetable
    empty = request.locked - edited.holders.keys() - edited.placements.keys()
    if not empty or not reasons:
        return published
    posts = derive(published.instance).posts
    lines = {post.line for post in posts if not empty.isdisjoint((post.line, post.activity))}
    said: Reason = {"zh": EMPTIED.zh, "en": EMPTIED.en}
    reasons = reasons | {line: said for line in reasons if line in lines}
    result = published.result.model_copy(update={"open_reasons": reasons})
    return published.model_copy(update={"result": result})


def _simpler(request: Request, published: Published) -> Iterator[Request]:
    """The request with fewer and fewer edits, as long as it has any; none where nothing is wrong
    with the timetable found."""
    meetings = meetings_edited(request)
    wrong = _gone_wrong(request, published, meetings)
    if not wrong and not published.result.hard_findings:
        return
    for some in filter(None, (wrong, meetings)):
        yield taken_back(request, dict.fromkeys(some, DROPPED))
    old = request.published.timetable
    if request.timetable != old:
        yield replace(request, timetable=old, locked=frozenset(), emptied=frozenset())


def _gone_wrong(
    request: Request, published: Published, meetings: tuple[Meeting, ...]
) -> tuple[Meeting, ...]:
    """Meetings moved by hand that do not take place, and those that a breach may be about."""
    if not meetings:
        return ()
    timetable = published.timetable
    context = Context(published.instance, history=timetable.history)
    sessions = everything(Expansion(context.demand, timetable))
    there = {plain_key(one.key) for one in sessions if one.takes_place}
    wanted = request.timetable.changes
    off = {plain_key(key) for key, one in wanted.items() if one.cancelled}
    moved = {plain_key(moved_key(key)) for key, one in wanted.items() if one.to is not None}
    gone = {plain_key(one.key) for one in sessions if not one.takes_place}
    lost = (moved & gone) - there - off
    broken = audit(context, timetable).hard if published.result.hard_findings else ()
    return tuple(
        one
        for one in meetings
        if one.keys & lost or any(one.may_break(finding) for finding in broken)
    )
