"""Tiny schools as published timetables."""

from __future__ import annotations

import datetime as dt
from typing import Any

from constraints.examples import Tiny
from instances.derivation import derive
from instances.past_sessions import history_of
from instances.school import Instance
from instances.timetable import Expansion, Timetable
from scheduler.changes import count
from scheduler.diff import compare
from scheduler.result import Fairness, Level, Published, Result

CREATED = dt.datetime(2026, 9, 1, 9, 0)


def result(**given: Any) -> Result:
    """A result as good as can be."""
    levels = tuple(
        Level(name=name, value=0, bound=0) for name in ("coverage", "displacement", "quality")
    )
    plain = {
        "status": "optimal",
        "levels": levels,
        "gap": 0.0,
        "seconds": 1.0,
        "seed": 0,
        "version": "0.1.0",
        "input_sha256": "ab12cd34" * 8,
        "created": CREATED,
        "uncovered": 0,
        "uncovered_sessions": 0,
        "fairness": Fairness(
            load_max_over=0, load_mean_abs_dev=0, wishes_worst=None, wishes_mean=None
        ),
    }
    return Result.model_validate(plain | given)


def publish(tiny: Tiny, **instance: Any) -> Published:
    """The school and timetable of a tiny school; ``instance`` changes fields of the school."""
    school, timetable = tiny.done()
    return Published(
        instance=school.model_copy(update=instance), timetable=timetable, result=result()
    )


def rerun(old: Published, tiny: Tiny, since: dt.date, *, bound: int = 0) -> Published:
    """A timetable made by hand from an old one: history before a date, ``tiny`` from then on."""
    school, timetable = tiny.done()
    again = follow(old.instance, old.timetable, timetable, since)
    new = Published(
        instance=school.model_copy(update={"school": old.instance.school}),
        timetable=again,
        result=result(),
        number=old.number + 1,
        parent=old.as_parent,
    )
    changes = compare(old, new).changes
    changed = new.result.model_copy(update={"changes": count(changes, since, bound)})
    return new.model_copy(update={"changes": changes, "result": changed})


def follow(school: Instance, old: Timetable, new: Timetable, since: dt.date) -> Timetable:
    """``new`` from a date on, with what ``old`` had before as its history."""
    history = history_of(Expansion(derive(school, old.since), old), since)
    return new.model_copy(update={"history": history})
