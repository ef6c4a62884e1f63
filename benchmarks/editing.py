"""One hand edit and its check: from the command line, and of timetables already in memory."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from openpyxl import load_workbook

from constraints.catalogue import rulebook
from constraints.context import Context
from instances.generate import Preset, generate_with_plan
from instances.timetable import Timetable
from instances.workbook.writer import write_workbook
from scheduler.audit import audit, broken
from scheduler.describe import Proved, describe
from scheduler.progress import Control
from scheduler.reaudit import audit_after
from scheduler.result import Published
from scheduler.search import Settings
from scheduler.workbook import wording
from scheduler.workbook.write import write_timetable

EDITS = 20
T = TypeVar("T")


def one_cell_edited(preset: str, school: str, timetable: str) -> dict[str, Any]:
    """Write a school and its planted timetable, in which one cell of the grid is then emptied."""
    instance, planted = generate_with_plan(Preset(preset), 1)
    context = Context(instance)
    proved = Proved(0, 0)
    result = describe(context, audit(context, planted), proved, Control(None), Settings())
    published = Published(instance=instance, timetable=planted, result=result)
    write_workbook(instance, Path(school), instance.lang, rulebook())
    write_timetable(published, Path(timetable), instance.lang)
    book = load_workbook(timetable)
    grid: Any = book[wording.MASTER.text(instance.lang)]
    first, names = instance.classes[0].name, {person.name for person in instance.staff}
    row = next(cells for cells in grid.iter_rows() if cells[1].value == first)
    next(cell for cell in row if cell.value in names).value = None
    book.save(timetable)
    return {}


def edits_checked(preset: str) -> dict[str, Any]:
    """Processor milliseconds of the check of one edit: of an audit that follows the one before
    the edit, of a whole audit, and of the musts alone.

    An edit gives a line of the pattern to somebody else who could hold it.
    """
    instance, planted = generate_with_plan(Preset(preset), 1)
    context = Context(instance)
    judged = audit(context, planted)
    rng = random.Random(0)
    edits = [edited(rng, context, planted) for _ in range(EDITS)]
    after = [_milliseconds(audit_after, judged, one) for one in edits]
    edits = [edited(rng, context, planted) for _ in range(EDITS)]
    whole = [_milliseconds(audit, context, one) for one in edits]
    edits = [edited(rng, context, planted) for _ in range(EDITS)]
    musts = [_milliseconds(broken, context, one) for one in edits]
    return {"after": after, "whole": whole, "musts": musts}


def edited(rng: random.Random, context: Context, timetable: Timetable) -> Timetable:
    """The timetable with one line given to another person who could hold it."""
    line = rng.choice(sorted(timetable.holders))
    post = next(post for post in context.demand.posts if post.line == line)
    others = [key for key in context.admitted(post) if key != timetable.holders[line]]
    holders = dict(timetable.holders)
    if others:
        holders[line] = rng.choice(others)
    else:
        del holders[line]
    return timetable.model_copy(update={"holders": holders})


def _milliseconds(work: Callable[[T, Timetable], object], known: T, one: Timetable) -> float:
    started = time.process_time()
    work(known, one)
    return round(1000 * (time.process_time() - started), 1)
