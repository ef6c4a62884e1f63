"""The command rerun: a changed school, a published timetable, and as few changes as can be."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from constraints.catalogue import rulebook
from constraints.context import Context
from instances.comparison import Comparison, compare_instances
from instances.messages import Lang, Message, Template
from instances.problems import Place, Problem, Reading, error
from instances.school import Instance
from instances.text import Misread
from instances.when import read_date
from scheduler.audit import audit
from scheduler.called_off import called_off_in
from scheduler.changes import ChangeCount
from scheduler.commands import texts
from scheduler.commands.events import event_lines
from scheduler.commands.files import WORKBOOK, Target, read_school, refuse_bad
from scheduler.commands.findings import by_rule
from scheduler.commands.interrupt import stoppable
from scheduler.commands.other_school import other_school
from scheduler.commands.outcome import Exit, Outcome, Refused, command
from scheduler.commands.posts import called_off_text, open_text
from scheduler.commands.publish import write_outputs
from scheduler.progress import Control
from scheduler.rerun.by_hand.report import (
    Overridden,
    emptied_sessions,
    locked_lines,
    overridden,
    replaced_where_moved,
)
from scheduler.rerun.by_hand.rerun_edited import rerun_edited
from scheduler.rerun.request import Request
from scheduler.result import Offer, Published
from scheduler.search import Settings
from scheduler.terminal import Terminal
from scheduler.told import beside
from scheduler.workbook.edits import Edit
from scheduler.workbook.hers.read import Hers, read_hers
from scheduler.workbook.readback import ReadBack, read_timetable
from scheduler.workbook.verdict import verdict

BAD_SINCE = error(
    "“{text}”不是日期。",
    "“{text}” is not a date.",
    "请写成 2026-10-12 或 10月12日，即从哪一天起可以变动。",
    "Write 2026-10-12: the first date that may change.",
)
OUTSIDE = error(
    "{date}不在学期内（{start}至{end}）。",
    "{date} is not within the term ({start} to {end}).",
    "请填学期内的日期，即从哪一天起可以变动。",
    "Choose a date of the term: the first that may change.",
)
TOO_EARLY = error(
    "这份课表从{since}起执行，此前是历史，不能从{date}起变动。",
    "This timetable holds from {since}; what lies before is history and cannot change from {date}.",
    "请填{since}或以后的日期，或从更早的课表出发。",
    "Choose {since} or later, or start from an earlier timetable.",
)
OTHER_TERM = error(
    "课表属于另一个学期（{old}），工作簿是{new}。",
    "The timetable is of another term ({old}); the workbook's is {new}.",
    "请核对两个文件；新学期请用 solve。",
    "Check the two files; for a new term use solve.",
)
CHANGED = Template(
    "自{since}起变动 {posts} 个岗位（一天一岗计一个），涉及 {people} 人、{sessions} 个场次。",
    "From {since}: {posts} {posts:post changes|posts change} (one post on one date), concerning "
    "{people} {people:person|people} and {sessions} {sessions:session|sessions}.",
)
NO_CHANGE = Template(
    "自{since}起，课表无需变动。", "From {since} on, nothing in the timetable has to change."
)
KEPT_AS_IS = Template(
    "自{since}起，仍在的岗位都不换人、不换时间和场地。",
    "From {since} on, every post that remains keeps its person, time and room.",
)
BUYS = Template(
    "再多变动一些（用 --allow 指定），质量至少可改善：{offers}。",
    "Further changes (--allow) would gain at least this in quality: {offers}.",
)
OFFER = Template(
    "{allow}个岗位{points}分", "{points} {points:point|points} for {allow} {allow:post|posts}"
)
OFFER_UP_TO = Template(
    "{allow}个岗位{points}分（直到{most}个也没有找到更多）",
    "{points} {points:point|points} for {allow} {allow:post|posts} (nothing more was found with up "
    "to {most})",
)
NOT_KEPT = Template(
    "手工改动中有 {count} 处未能保留：", "Edits by hand that could not be kept ({count}):"
)
KEPT_OTHERWISE = Template(
    "手工移动的场次已照办，但有 {count} 处人员或场地不是原来的：",
    "Meetings moved by hand that are kept, with another person, room or nobody ({count}):",
)
KEPT = Template(
    "手工改动 {count} 格，均已保留。", "{count} {count:edit by hand is|edits by hand are all} kept."
)


@command
def run(
    school: Path,
    output: Path,
    *,
    timetable: Path,
    since: str,
    allow: int,
    share: Path | None,
    overwrite: bool,
    time_limit: float | None,
    workers: int | None,
    seed: int,
    lang: Lang | None,
    started: float,
) -> Outcome:
    """Solve again from a date on, with the fewest changes, and write the new timetable."""
    terminal = Terminal()
    control = Control(time_limit, terminal.show)
    control.started = started
    reading = read_school(school)
    back = read_timetable(timetable)
    lang = lang or reading.lang
    target = Target(output, overwrite, inputs=(school, timetable))
    copy = Target(share, overwrite, WORKBOOK, (school, timetable)) if share else None
    wrong = [*reading.errors, *(problem for problem in back.problems if problem.is_error)]
    if strange := other_school(reading, back, timetable):
        raise Refused([*reading.errors, *strange], lang)
    date, bad = _date(since, reading.instance, back)
    compared = _compared(reading, back, date)
    slips = compared.problems(reading) if compared else ()
    wrong += [problem for problem in slips if problem.is_error]
    refuse_bad([target, *([copy] if copy else [])], lang, [*wrong, *bad])
    if reading.instance is None or back.published is None or back.timetable is None or not date:
        raise Refused([*reading.problems, *back.problems], lang)
    assert compared is not None, "both inputs are there"
    warnings = [*reading.warnings, *(problem for problem in slips if not problem.is_error)]
    terminal.say([*(warning.text(lang) for warning in warnings), *compared.lines(lang)])
    request = Request(
        instance=reading.instance,
        published=back.published,
        timetable=back.timetable,
        since=date,
        allow=allow,
        offer=True,
        locked=locked_lines(back.edits),
        recorded=back.recorded,
        emptied=emptied_sessions(back.edits),
    )
    stopping = texts.STOPPING().text(lang)
    with terminal.live(lang):
        published = stoppable(
            lambda: rerun_edited(request, control, Settings(workers, seed)),
            control,
            lambda: terminal.say([stopping]),
        )
    hers = read_hers(timetable, back.payload)
    outcome = _finish(published, back, target, copy, lang, date, hers, control)
    return replace(outcome, data=outcome.data | {"read_as": compared.to_json(lang)})


def _compared(reading: Reading, back: ReadBack, date: dt.date | None) -> Comparison | None:
    """What was changed in the input since the timetable was made."""
    if reading.instance is None or back.published is None or date is None:
        return None
    old, held = back.published.instance, back.published.timetable.events
    return compare_instances(old, reading.instance, date, rulebook(), held)


def _date(
    text: str, instance: Instance | None, back: ReadBack
) -> tuple[dt.date | None, list[Problem]]:
    """The date from which the timetable may change, or what is wrong with it."""
    place = Place("--since", None, text)
    if instance is None or back.published is None or back.timetable is None:
        return None, []
    term, old = instance.term, back.published.instance.term
    if (term.start, term.end) != (old.start, old.end):
        facts = {
            "old": f"{old.start:%Y-%m-%d}–{old.end:%Y-%m-%d}",
            "new": f"{term.start:%Y-%m-%d}–{term.end:%Y-%m-%d}",
        }
        return None, [OTHER_TERM.at(Place("--from", None, facts["old"]), **facts)]
    try:
        date = read_date(text, (term.start, term.end))
    except Misread:
        return None, [BAD_SINCE.at(place, text=text)]
    if not term.start <= date <= term.end:
        dates = (f"{day:%Y-%m-%d}" for day in (date, term.start, term.end))
        return None, [OUTSIDE.at(place, **dict(zip(("date", "start", "end"), dates, strict=True)))]
    holds = back.timetable.since
    if holds is not None and date < holds:
        return None, [TOO_EARLY.at(place, since=holds, date=date)]
    return date, []


def _finish(
    published: Published,
    back: ReadBack,
    target: Target,
    copy: Target | None,
    lang: Lang,
    since: dt.date,
    hers: Hers,
    control: Control,
) -> Outcome:
    context = Context(published.instance, history=published.timetable.history)
    if published.result.hard_findings:
        hard = audit(context, published.timetable).hard
        lines = [texts.NOT_SHOWN(count=len(hard)).text(lang), *by_rule(hard, lang)]
        found = published.result.to_json() | {"hard": [finding.to_json(lang) for finding in hard]}
        return Outcome(Exit.BROKEN, "\n".join(lines), found, failure=True)
    assert back.timetable is not None, "it was rerun"
    edited = context, published.timetable, back.edits, back.timetable
    dropped, replaced = overridden(*edited), replaced_where_moved(*edited)
    written = stoppable(
        lambda: write_outputs(published, target, copy, lang, hers),
        control,
        lambda: None,
        writes=True,
    )
    lines = [*_said(published, back.edits, dropped, replaced, since, lang), "", *written.lines]
    data: dict[str, Any] = published.result.to_json() | {
        "number": published.number,
        "since": since.isoformat(),
        "called_off": [one.to_json() for one in called_off_in(published)],
        "overridden": [_edit_json(one, lang) for one in dropped],
        "replaced": [_edit_json(one, lang) for one in replaced],
        "carried": written.adopted.to_json(lang),
        "path": str(target.path),
        "share": str(copy.path) if copy else None,
    }
    missing = any(not one.dates for one in published.result.events)
    broken = dropped or published.result.pin_issues or missing
    return Outcome(Exit.BROKEN if broken else Exit.DONE, "\n".join(lines), data)


def _edit_json(one: Overridden, lang: Lang) -> dict[str, str]:
    return {"sheet": one.edit.sheet, "cell": one.edit.cell, "message": one.message.text(lang)}


def _said(
    published: Published,
    edits: tuple[Edit, ...],
    dropped: tuple[Overridden, ...],
    replaced: tuple[Overridden, ...],
    since: dt.date,
    lang: Lang,
) -> Iterator[str]:
    changes = published.result.changes
    assert changes is not None, "a rerun counts its changes"
    yield from (line.text(lang) for line in _counted(published, changes, since))
    if dropped:
        yield NOT_KEPT(count=len(dropped)).text(lang)
        yield from (f"  {one.message.text(lang)}" for one in dropped)
    elif edits:
        yield KEPT(count=len(edits)).text(lang)
    if replaced:
        yield KEPT_OTHERWISE(count=len(replaced)).text(lang)
        yield from (f"  {one.message.text(lang)}" for one in replaced)
    for statement in verdict(published.result, published.timetable.since):
        yield ("! " if statement.alarm else "") + statement.message.text(lang)
    if worth := published.result.worthwhile:
        yield BUYS(offers=[offer_text(offer, most) for offer, most in worth]).text(lang)
    yield from open_text(published, lang)
    yield from called_off_text(published, lang)
    yield from event_lines(published, lang)
    yield texts.TOOK(seconds=f"{published.result.seconds:.1f}").text(lang)


def offer_text(offer: Offer, most: int) -> Message:
    """What some further changes gain, and up to how many more gain no more."""
    form = OFFER if most == offer.allow else OFFER_UP_TO
    return form(allow=offer.allow, points=offer.points, most=most)


def _counted(published: Published, changes: ChangeCount, since: dt.date) -> Iterator[Message]:
    if changes.posts:
        yield CHANGED(
            since=since, posts=changes.posts, people=changes.people, sessions=changes.sessions
        )
    else:
        yield KEPT_AS_IS(since=since) if published.changes else NO_CHANGE(since=since)
    yield from beside(published)
