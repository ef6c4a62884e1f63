"""The command explain: whether every post can be filled, why not, and verified ways out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, Literal

from constraints.pins import PinText
from instances.messages import Lang
from instances.problems import Path as DataPath
from instances.problems import Place
from instances.school import Instance
from scheduler.commands import explain_texts as texts
from scheduler.commands.deficit_cells import at_cells, cells_of
from scheduler.commands.files import Target, read_school, refuse_bad
from scheduler.commands.interrupt import stoppable
from scheduler.commands.outcome import Exit, Outcome, Refused, command
from scheduler.commands.publish import write_outputs
from scheduler.commands.table import table
from scheduler.commands.texts import TOOK
from scheduler.explain.blame import Clash
from scheduler.explain.easing import COSTS, Easing
from scheduler.explain.explain import Explanation, explain
from scheduler.explain.facts import clash_json, fact_message
from scheduler.explain.fixes import Fix, located
from scheduler.explain.prices import Price, prices
from scheduler.explain.standing import Answer
from scheduler.explain.with_gaps import with_gaps
from scheduler.progress import Control
from scheduler.result import Passage
from scheduler.search import Settings
from scheduler.terminal import Terminal

ANSWERS = {Answer.YES: texts.YES, Answer.NO: texts.NO, Answer.UNDECIDED: texts.UNDECIDED}
FEASIBLE = {Answer.YES: True, Answer.NO: False, Answer.UNDECIDED: None}
FEW_SLOTS = 5
Kind = Literal["answer", "heading", "text", "item"]
Places = Mapping[DataPath, Place]


@command
def run(
    school: Path,
    output: Path | None = None,
    *,
    overwrite: bool = False,
    cost: str | None,
    with_prices: bool,
    time_limit: float | None,
    workers: int | None,
    seed: int,
    lang: Lang | None,
    started: float,
) -> Outcome:
    """Explain a school, and on request write the timetable with gaps and the explanation.

    ``started`` is the monotonic time at which the command began.
    """
    terminal = Terminal()
    control = Control(time_limit, terminal.show)
    control.started = started
    reading = read_school(school)
    lang = lang or reading.lang
    target = Target(output, overwrite, inputs=(school,)) if output else None
    refuse_bad([target] if target else [], lang, reading.errors)
    costs = _costs(cost, lang)
    if reading.instance is None:
        raise Refused(reading.problems, lang)
    instance = reading.instance
    stopping = texts.STOPPING.text(lang)
    with terminal.live(lang):
        found, priced = stoppable(
            lambda: _worked_out(instance, control, Settings(workers, seed), costs, with_prices),
            control,
            lambda: terminal.say([stopping]),
        )
    told = _Told(found, reading.places, priced if with_prices else None, stopped=control.stopped)
    lines = [*told.lines(lang)]
    path = None
    if target is not None:
        published = with_gaps(found, [*told.passages()], control, Settings(workers, seed))
        if published.result.hard_findings:  # nothing is shown that breaks a must
            lines += ["", texts.NO_TIMETABLE.text(lang)]
        else:
            write = partial(write_outputs, published, target, None, lang)
            lines += ["", *stoppable(write, control, lambda: None, writes=True).lines]
            path = str(target.path)
    lines.append(TOOK(seconds=f"{control.seconds:.1f}").text(lang))
    data = _data(found, reading.places, lang) | {
        "interrupted": control.stopped,
        "seconds": round(control.seconds, 2),
        "path": path,
    }
    if with_prices:
        data["prices"] = [price.to_json(lang) for price in priced]
    code = Exit.DONE if found.answer is Answer.YES else Exit.BROKEN
    return Outcome(code, "\n".join(lines), data)


@dataclass(frozen=True)
class _Told:
    """An explanation in words, in either language; the lines of both are the same sentences."""

    found: Explanation
    places: Places
    priced: Sequence[Price] | None
    stopped: bool

    def lines(self, lang: Lang) -> Iterator[str]:
        yield from _lines(self.found, self.places, lang, stopped=self.stopped)
        if self.priced is not None:
            yield from _prices(self.priced, lang)

    def passages(self) -> Iterator[Passage]:
        """The lines as they are set on a page: what follows an empty one is a heading."""
        before: str | None = None
        for zh, en in zip(self.lines("zh"), self.lines("en"), strict=True):
            if zh:
                kind: Kind = "item" if zh.lstrip().startswith("- ") else "text"
                if not zh.startswith(" ") and before in (None, ""):
                    kind = "answer" if before is None else "heading"
                yield Passage(kind=kind, zh=_plain(zh), en=_plain(en))
            before = zh


def _plain(line: str) -> str:
    """A line without its marks for the screen."""
    return line.strip().removeprefix("- ")


def _worked_out(
    school: Instance,
    control: Control,
    settings: Settings,
    costs: dict[str, int],
    with_prices: bool,
) -> tuple[Explanation, tuple[Price, ...]]:
    """The explanation; with prices, in half of the time where that is limited."""
    limit = control.time_limit
    if with_prices and limit is not None:
        control.time_limit = limit / 2
    found = explain(school, control, settings, costs)
    control.time_limit = limit
    return found, prices(school, control, settings) if with_prices else ()


def _prices(priced: Sequence[Price], lang: Lang) -> Iterator[str]:
    """A table of the levels with and without each rule that binds."""
    if not priced:
        yield from ("", texts.NO_PRICES.text(lang))
        return
    rows = [[label.text(lang) for label in texts.PRICE_HEADS]]
    for price in priced:
        levels = (price.now.open, price.then.open, price.now.points, price.then.points)
        exact = texts.EXACT if price.proved else texts.AT_MOST
        own = str(price.own or "–")
        rows.append([price.what.text(lang), own, *map(str, levels), exact.text(lang)])
    yield from ("", texts.PRICES.text(lang))
    yield from (f"  {line}" for line in table(rows))


def _costs(text: str | None, lang: Lang) -> dict[str, int]:
    """What she says a change of each kind costs: ``consent=3,cap=2``."""
    found: dict[str, int] = {}
    problems = []
    for part in re.split(r"[,，]", text) if text else ():
        name, _, number = part.partition("=")
        if name.strip() in COSTS and number.strip().isdigit():
            found[name.strip()] = int(number)
        else:
            place = Place("--cost", None, part.strip())
            problems.append(texts.BAD_COST.at(place, kinds=", ".join(COSTS)))
    if problems:
        raise Refused(problems, lang)
    return found


def _lines(found: Explanation, places: Places, lang: Lang, *, stopped: bool) -> Iterator[str]:
    stands, school = found.standing, found.school
    if stopped:
        yield texts.STOPPED.text(lang)
    yield ANSWERS[found.answer].text(lang)
    if found.answer is Answer.YES:
        return
    if stands.open_now:
        yield texts.OPEN_NOW(count=stands.open_now).text(lang)
    if stands.at_least:
        yield texts.AT_LEAST(count=stands.at_least).text(lang)
    if stands.clashing:
        pins = [PinText(school.pins[n]) for n in stands.clashing]
        yield texts.PINS(count=len(pins), pins=pins).text(lang)
    if found.deficits:
        yield ""
        yield texts.DEFICITS(count=len(found.deficits)).text(lang)
        for deficit in found.deficits:
            cells = cells_of(deficit, school, places)
            yield f"  - {at_cells(deficit.what.text(lang), cells, lang)}"
    for number, clash in enumerate(found.blame):
        yield from ("", (texts.CLASH_TOO if number else texts.CLASH).text(lang))
        yield from _clash(clash, school, places, lang)
    if found.answer is Answer.UNDECIDED and not found.fixes:
        yield from _tightest(found, lang)
    yield from ["", *_fixes(found, places, lang)]


def _tightest(found: Explanation, lang: Lang) -> Iterator[str]:
    """Where people are scarcest by counting: something to go by where nothing was decided."""
    slots = sorted(found.standing.counted.slots, key=lambda slot: slot.spare)[:FEW_SLOTS]
    if slots:
        yield from ("", texts.TIGHTEST.text(lang))
    for slot in slots:
        when = {"weekday": slot.weekday, "segments": slot.segments}
        counts = {"needed": slot.needed, "most": slot.most, "available": slot.available}
        yield "  - " + texts.TIGHT(**when, **counts).text(lang)


def _clash(clash: Clash, school: Instance, places: Places, lang: Lang) -> Iterator[str]:
    for fact in clash.facts:
        what = fact_message(fact, school).text(lang) + ("" if fact.decided else " (?)")
        yield f"  - {at_cells(what, _cells(fact.easings, school, places), lang)}"
    if clash.beyond:
        yield texts.CLASH_BEYOND(count=clash.beyond).text(lang)
    if not clash.minimal:
        yield texts.CLASH_UNDECIDED.text(lang)


def _fixes(found: Explanation, places: Places, lang: Lang) -> Iterator[str]:
    sure = [fix for fix in found.fixes if fix.verified]
    yield texts.FIXES(count=len(sure)).text(lang) if sure else texts.NO_FIX.text(lang)
    if len(sure) < len(found.fixes):
        yield from ("", texts.UNSURE.text(lang))
    for number, fix in enumerate(found.fixes, 1):
        yield from _fix(number, fix, found.school, places, lang)
    if found.undecided:
        yield texts.UNVERIFIED(count=found.undecided).text(lang)


def _fix(number: int, fix: Fix, school: Instance, places: Places, lang: Lang) -> Iterator[str]:
    left = texts.LEFT(count=fix.left).text(lang) if fix.left else ""
    yield "  " + texts.FIX(number=number, cost=fix.cost).text(lang) + left
    for change in fix.changes:
        cells = _cells(change.easings, school, places)
        yield f"     - {at_cells(change.message().text(lang), cells, lang)}"


def _cells(easings: Sequence[Easing], school: Instance, places: Places) -> list[Place]:
    return list(located(easings, school, places))


def _data(found: Explanation, places: Places, lang: Lang) -> dict[str, Any]:
    school = found.school
    deficits = []
    for deficit in found.deficits:
        cells = [
            {"sheet": place.sheet, "cell": place.cell}
            for place in cells_of(deficit, school, places)
        ]
        told = deficit.to_json(lang)
        deficits.append(told | {"where": told["where"] | {"cells": cells}})
    return {
        "feasible": FEASIBLE[found.answer],
        "answer": found.answer.value,
        "open_sessions": found.standing.open_now if found.standing.judged else None,
        "open_at_least": found.standing.at_least,
        "pins": list(found.standing.clashing),
        "deficits": deficits,
        "blame": [clash_json(clash, lang, school, places) for clash in found.blame],
        "fixes": [fix.to_json(lang, school, places) for fix in found.fixes],
        "undecided": found.undecided,
    }
