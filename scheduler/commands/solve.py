"""The command solve: read, search, audit, write."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from constraints.context import Context
from instances.messages import Label, Lang
from scheduler.audit import audit
from scheduler.called_off import called_off_in
from scheduler.commands import texts
from scheduler.commands.events import event_lines
from scheduler.commands.files import WORKBOOK, Target, read_school, refuse_bad
from scheduler.commands.findings import by_rule
from scheduler.commands.interrupt import stoppable
from scheduler.commands.outcome import Exit, Outcome, Refused, command
from scheduler.commands.posts import called_off_text, listed, open_text
from scheduler.commands.publish import write_outputs
from scheduler.progress import Control
from scheduler.result import Published
from scheduler.search import Settings
from scheduler.solve import Method, solve
from scheduler.terminal import Terminal
from scheduler.workbook.verdict import verdict


@command
def run(
    school: Path,
    output: Path,
    *,
    share: Path | None,
    overwrite: bool,
    time_limit: float | None,
    workers: int | None,
    seed: int,
    method: Method,
    lang: Lang | None,
    started: float,
) -> Outcome:
    """Solve a school and write its timetable.

    ``started`` is the monotonic time at which the command began: the time limit counts from
    there, so reading is part of it.
    """
    terminal = Terminal()
    control = Control(time_limit, terminal.show)
    control.started = started
    reading = read_school(school)
    lang = lang or reading.lang
    target = Target(output, overwrite, inputs=(school,))
    copy = Target(share, overwrite, WORKBOOK, (school,)) if share else None
    refuse_bad([target, *([copy] if copy else [])], lang, reading.errors)
    if reading.instance is None:
        raise Refused(reading.problems, lang)
    instance = reading.instance
    terminal.say([warning.text(lang) for warning in reading.warnings])
    stopping = texts.STOPPING().text(lang)
    with terminal.live(lang):
        published = stoppable(
            lambda: solve(instance, control, Settings(workers, seed), method),
            control,
            lambda: terminal.say([stopping]),
        )
    if published.result.room_issues:
        return _no_rooms(published, lang)
    if published.result.status in ("unknown", "infeasible"):
        text = texts.NOT_FOUND().text(lang)
        return Outcome(Exit.BROKEN, text, _data(published), failure=True)
    if published.result.hard_findings:
        return _never_shown(published, lang)
    written = stoppable(  # no Ctrl-C meant for the search may cost its result
        lambda: write_outputs(published, target, copy, lang).lines,
        control,
        lambda: None,
        writes=True,
    )
    lines = [*_verdict(published, lang), "", *written]
    result = published.result
    missing = any(not one.dates for one in result.events)
    code = Exit.BROKEN if result.pin_issues or missing else Exit.DONE
    return Outcome(code, "\n".join(lines), _data(published, target, copy))


def _no_rooms(published: Published, lang: Lang) -> Outcome:
    issues = published.result.room_issues
    reasons = [Label(issue.zh, issue.en).text(lang) for issue in issues]
    text = [texts.NO_ROOMS(count=len(issues)).text(lang), *listed(reasons, lang)]
    text.append(texts.ROOM_REMEDY.text(lang))
    return Outcome(Exit.BROKEN, "\n".join(text), _data(published), failure=True)


def _never_shown(published: Published, lang: Lang) -> Outcome:
    """Nothing that fails its audit is shown: the breaches are, as a fault to report."""
    left_out = {issue.pin for issue in published.result.pin_issues}
    pins = tuple(p for n, p in enumerate(published.instance.pins) if n not in left_out)
    instance = published.instance.model_copy(update={"pins": pins})
    hard = audit(Context(instance), published.timetable).hard
    text = [texts.NOT_SHOWN(count=len(hard)).text(lang), *by_rule(hard, lang)]
    data = _data(published) | {"hard": [finding.to_json(lang) for finding in hard]}
    return Outcome(Exit.BROKEN, "\n".join(text), data, failure=True)


def _verdict(published: Published, lang: Lang) -> Iterator[str]:
    result = published.result
    for statement in verdict(result):
        yield ("! " if statement.alarm else "") + statement.message.text(lang)
    yield from open_text(published, lang)
    yield from called_off_text(published, lang)
    yield from event_lines(published, lang)
    yield texts.TOOK(seconds=f"{result.seconds:.1f}").text(lang)


def _data(
    published: Published, target: Target | None = None, copy: Target | None = None
) -> dict[str, Any]:
    off = called_off_in(published) if target else ()
    return published.result.to_json() | {
        "called_off": [one.to_json() for one in off],
        "path": str(target.path) if target else None,
        "share": str(copy.path) if copy else None,
    }
