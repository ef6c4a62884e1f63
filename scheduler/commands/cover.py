"""The command cover: who takes the sessions of somebody who is absent for a day or a few."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from constraints.context import Context
from instances.demand import UNIT
from instances.messages import Label, Lang, Template
from instances.names import People
from instances.problems import Place, Problem, error
from instances.school import Instance
from instances.text import Misread
from instances.when import read_date
from scheduler.at_hand import Gap
from scheduler.audit import broken
from scheduler.commands import texts
from scheduler.commands.files import Target, refuse_bad
from scheduler.commands.findings import by_rule
from scheduler.commands.outcome import Exit, Outcome, Refused, command
from scheduler.commands.publish import write_outputs
from scheduler.cover.choose import Choice, Taken, best, choices, publish, together
from scheduler.cover.event_posts import event_gaps, filled
from scheduler.cover.facts import Absence
from scheduler.cover.options import Option
from scheduler.cover.texts import ABSENCE, chat, listing, option_text, session_text
from scheduler.progress import Control
from scheduler.result import Published
from scheduler.workbook.hers.read import Hers, read_hers
from scheduler.workbook.readback import ReadBack, read_timetable

BEST = ("best", "最佳")
BAD_DATE = error(
    "“{value}”不是日期。",
    "“{value}” is not a date.",
    "请写成 2026-10-13 或 10月13日。",
    "Write it as 2026-10-13.",
)
OUTSIDE = error(
    "{date}不在学期内（{start}至{end}）。",
    "{date} is not within the term ({start} to {end}).",
    "请填学期内的日期。",
    "Choose a date of the term.",
)
BACKWARDS = error(
    "结束日期（{last}）早于开始日期（{first}）。",
    "The last date ({last}) is before the first ({first}).",
    "请核对两个日期。",
    "Check both dates.",
)
IN_THE_PAST = error(
    "这份课表从{since}起执行，{first}已经过去。",
    "This timetable holds from {since}; {first} is past.",
    "请填{since}或以后的日期。",
    "Choose {since} or later.",
)
NO_OUTPUT = error(
    "要写出选定的安排，还缺输出文件。",
    "To apply a choice, an output is needed.",
    "请加上 -o 新课表.xlsx。",
    "Add -o new.xlsx.",
)
NOTHING_CHOSEN = error(
    "写出新课表要先选定安排。",
    "There is nothing to write without a choice.",
    "请加上 --apply best，或 --apply 和列出的编号。",
    "Add --apply best, or --apply with numbers of the list.",
)
NO_SUCH_NUMBER = error(
    "“{value}”不是列出的编号（1至{most}）。",
    "“{value}” is not one of the numbers listed (1 to {most}).",
    "请写列出的编号，用逗号分开，例如 1,4；或写 best。",
    "Give numbers of the list, such as 1,4; or best.",
)
TWICE = error(
    "编号{numbers}是同一场的安排，只能选一个。",
    "Numbers {numbers} are ways for one and the same session.",
    "每一场请只选一个编号。",
    "Choose one number for each session.",
)
NOT_TOGETHER = error(
    "选定的几项不能同时做到（例如同一人同一时间代两场）。",
    "What was chosen cannot be done together (one person in two places, for instance).",
    "请换一个编号，或用 --apply best。",
    "Choose another number, or --apply best.",
)
GRID_EDITED = error(
    "总课表里的手工改动每周都算，会连已过去的日期一起改。",
    "A change of the master grid by hand is for every week, and would change past dates as well.",
    "请先用 rerun --since 写出新课表（手工改动会保留），再在新课表上安排代课。",
    "First write a new timetable with rerun --since, which keeps it; then cover from there.",
)
NOTHING = Template("{staff}在这些日期没有岗位。", "{staff} has no posts on these dates.")
LEFT = Template(
    "! 有{count}场没有选定安排，仍写着{staff}。",
    "! {count} {count:session|sessions} without a choice {count:is|are} still in the name of "
    "{staff}.",
)
STILL_OPEN = Template(
    "! 有{count}场无人可代，已记为空缺。", "! {count} {count:session is|sessions are} left open."
)
HOW = Label(
    "选定后写出新课表：--apply best 或 --apply 编号（如 1,4），再加 -o 新课表.xlsx。",
    "To write the new timetable: --apply best, or --apply with numbers (1,4), and -o new.xlsx.",
)


@command
def run(
    timetable: Path,
    *,
    staff: str,
    date: str,
    until: str | None,
    apply: str | None,
    output: Path | None,
    reason: str | None,
    overwrite: bool,
    lang: Lang | None,
) -> Outcome:
    """List who could come for somebody absent; with ``apply`` write the new timetable."""
    back = read_timetable(timetable)
    lang = lang or back.lang
    target = Target(output, overwrite, inputs=(timetable,)) if output else None
    errors = [problem for problem in back.problems if problem.is_error]
    if apply is not None and target is None:
        errors.append(NO_OUTPUT.at(Place("-o")))
    if apply is not None:
        grid = (edit for edit in back.edits if edit.in_grid)
        errors += [GRID_EDITED.at(edit.place) for edit in grid]
    if apply is None and target is not None:
        errors.append(NOTHING_CHOSEN.at(Place("--apply")))
    refuse_bad([target] if target else [], lang, errors)
    if back.published is None or back.timetable is None:
        raise Refused(back.problems, lang)
    key, first, last = _asked(back, staff, date, until, lang)
    reason = reason or ABSENCE.text(lang)
    context = Context(back.published.instance, history=back.timetable.history)
    absence = Absence(context, back.timetable, key, first, last)
    events = event_gaps(absence)
    if not absence.gaps and not events:
        return Outcome(Exit.DONE, NOTHING(staff=key).text(lang), _data(absence, (), None, lang))
    found = choices(absence, reason)
    if apply is None or target is None:
        lines = [*listing(found, key, context.instance, lang)] if found else []
        lines += [*(gap.message.text(lang) for gap in events), HOW.text(lang)]
        return Outcome(Exit.DONE, "\n".join(lines), _data(absence, found, None, lang))
    taken = best(absence, reason) if apply.strip() in BEST else _chosen(absence, found, apply, lang)
    taken = replace(taken, timetable=filled(taken.timetable, events))
    hers = read_hers(timetable, back.payload)
    outcome = _write(back.published, absence, found, taken, target, lang, hers)
    told = [gap.message.text(lang) for gap in events]
    return replace(outcome, text="\n".join([*told, outcome.text])) if told else outcome


def _write(
    old: Published,
    absence: Absence,
    found: Sequence[Choice],
    taken: Taken,
    target: Target,
    lang: Lang,
    hers: Hers,
) -> Outcome:
    """Write the new timetable, if the audit lets it pass."""
    context, data = absence.context, _data(absence, found, taken, lang)
    if not absence.keeps_musts(taken.timetable):
        hard = broken(context, taken.timetable)
        lines = [texts.NOT_SHOWN(count=len(hard)).text(lang), *by_rule(hard, lang)]
        data["hard"] = [finding.to_json(lang) for finding in hard]
        return Outcome(Exit.BROKEN, "\n".join(lines), data, failure=True)
    published = publish(context, old, taken.timetable, absence.first, Control())
    written = write_outputs(published, target, None, lang, hers)
    hidden = ABSENCE.text(lang)  # why somebody is away is not for a chat
    said = list(chat(taken, context.instance.school, absence.staff, hidden, lang))
    missing = len(absence.gaps) - len(taken.chosen) - len(taken.left)
    lines = [*said, "", *_missing(absence.staff, missing, len(taken.left), lang), *written.lines]
    data |= {"text": "\n".join(said), "number": published.number, "path": str(target.path)}
    data["carried"] = written.adopted.to_json(lang)
    return Outcome(Exit.BROKEN if taken.left else Exit.DONE, "\n".join(lines), data)


def _missing(staff: str, missing: int, left: int, lang: Lang) -> Iterator[str]:
    if missing:
        yield LEFT(count=missing, staff=staff).text(lang)
    if left:
        yield STILL_OPEN(count=left).text(lang)


def _asked(
    back: ReadBack, staff: str, date: str, until: str | None, lang: Lang
) -> tuple[str, dt.date, dt.date]:
    """Who is absent, from when to when; or a refusal with all that is wrong."""
    assert back.published is not None
    assert back.timetable is not None
    instance, problems = back.published.instance, []
    people, place = People.of(instance.staff), Place("--staff", None, staff)
    found = people.find(staff)
    if found.candidates:
        problems.append(texts.WHY_SHARED_NAME.at(place, candidates=found.candidates))
    elif found.key is None:
        problems.append(texts.WHY_NO_STAFF.at(place, near=people.near(staff)))
    first = _date(date, "--date", instance, problems)
    last = first if until is None else _date(until, "--to", instance, problems)
    since = back.timetable.since
    if first and last and last < first:
        problems.append(BACKWARDS.at(Place("--to", None, until or ""), first=first, last=last))
    if first and since is not None and instance.term.start <= first < since:
        problems.append(IN_THE_PAST.at(Place("--date", None, date), first=first, since=since))
    refuse_bad([], lang, problems)
    assert found.key is not None
    assert first is not None
    assert last is not None
    return found.key, first, last


def _date(text: str, option: str, instance: Instance, problems: list[Problem]) -> dt.date | None:
    from scheduler.commands.day import TODAY

    if text.strip() in TODAY:
        return dt.date.today()
    term, place = instance.term, Place(option, None, text)
    try:
        date = read_date(text, (term.start, term.end))
    except Misread:
        problems.append(BAD_DATE.at(place, value=text))
        return None
    if not term.start <= date <= term.end:
        start, end, shown = (f"{day:%Y-%m-%d}" for day in (term.start, term.end, date))
        problems.append(OUTSIDE.at(place, date=shown, start=start, end=end))
    return date


def _chosen(absence: Absence, found: Sequence[Choice], apply: str, lang: Lang) -> Taken:
    """The options with the numbers given."""
    place = Place("--apply", None, apply)
    numbered = [(n, o) for n, choice in enumerate(found) for o in choice.options]
    problems = []
    picked: dict[int, list[int]] = {}
    for item in apply.replace("，", ",").replace("、", ",").split(","):
        text = item.strip()
        number = int(text) if text.isdecimal() else 0
        if not 1 <= number <= len(numbered):
            problems.append(NO_SUCH_NUMBER.at(Place("--apply", None, text), most=len(numbered)))
        else:
            picked.setdefault(numbered[number - 1][0], []).append(number)
    for numbers in picked.values():
        if len(numbers) > 1:
            problems.append(TWICE.at(place, numbers=[str(number) for number in numbers]))
    refuse_bad([], lang, problems)
    taken = together(absence, [numbered[numbers[0] - 1][1] for numbers in picked.values()])
    if taken is None:
        raise Refused([NOT_TOGETHER.at(place)], lang)
    return taken


def _data(
    absence: Absence, found: Sequence[Choice], taken: Taken | None, lang: Lang
) -> dict[str, Any]:
    instance, numbers = absence.context.instance, iter(range(1, 10_000))
    sessions = [
        _gap(choice.gap, lang)
        | {
            "options": [
                {"number": next(numbers), **_option(option, absence.staff, instance, lang)}
                for option in choice.options
            ]
        }
        for choice in found
    ]
    data = {
        "staff": absence.staff,
        "first": absence.first.isoformat(),
        "last": absence.last.isoformat(),
        "sessions": sessions,
        "events": [gap.to_json(lang) for gap in event_gaps(absence)],
    }
    if taken is not None:
        data["applied"] = [
            _gap(option.gap, lang) | _option(option, absence.staff, instance, lang)
            for option in taken.chosen
        ]
        data["open"] = [_gap(gap, lang) for gap in taken.left]
    return data


def _gap(gap: Gap, lang: Lang) -> dict[str, Any]:
    session = gap.sessions[0]
    return {
        "keys": [one.key for one in gap.sessions],
        "date": session.date.isoformat(),
        "segments": [one.segment for one in gap.sessions],
        "activity": session.post.activity,
        "classes": list(session.classes),
        "room": session.room,
        "role": session.post.role.value,
        "session": session_text(gap).text(lang),
    }


def _option(option: Option, absent: str, instance: Instance, lang: Lang) -> dict[str, Any]:
    one = option.candidate
    return {
        "kind": option.kind.value,
        "staff": option.staff,
        "covers": one.covers if one else None,
        "load": one.load / UNIT if one else None,
        "share": one.share / UNIT if one and one.share is not None else None,
        "back": _gap(option.back, lang) if option.back else None,
        "heir": option.heir,
        "into": option.host.key if option.host else None,
        "children": option.children or None,
        "message": option_text(option, absent, instance).text(lang),
    }
