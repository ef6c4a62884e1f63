"""What was changed in a school's input since its timetable was made: "read as".

The new input is compared with the one that the timetable carries, so that a typing slip is
seen before it is acted on.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from instances.compare.difference import Difference, Sort
from instances.compare.events import events
from instances.compare.people import people
from instances.compare.settings import calendar, pins, rules, segments
from instances.compare.slips import slips
from instances.compare.things import activities, classes, rooms
from instances.compare.tournaments import tournaments
from instances.events import HeldEvent
from instances.messages import Label, Lang, Message, Template
from instances.problems import Flaw, Problem, Reading
from instances.rulebook import Rulebook
from instances.school import Instance
from instances.workbook.spec import SHEET_BY_KEY

READ_AS = Template("读作：{parts}", "read as: {parts}")
SEVERAL = Template("{count}：{names}", "{count}: {names}")
MORE = Template("{names}等", "{names} and more")
HEAD = Template("{count}：", "{count}:")
ITEM = Template("  {message}", "  {message}")
NOTHING = Label("与做这份课表时的输入相同，没有改动。", "The input is the one of the timetable.")
UNSEEN = Template(
    "“{sheet}”表有其他改动（例如行的顺序）", "other edits on sheet {sheet}, such as its order"
)
MOST_NAMES = 4


@dataclass(frozen=True)
class Comparison:
    """What differs between two inputs, and what of it looks like a slip.

    ``flaws`` are places within the new input; :meth:`problems` says where they are in its file.
    """

    differences: tuple[Difference, ...]
    flaws: tuple[Flaw, ...]

    @cached_property
    def groups(self) -> dict[Sort, tuple[Difference, ...]]:
        """The differences by what they are about, in the order of the page."""
        return {
            sort: found
            for sort in Sort
            if (found := tuple(d for d in self.differences if d.sort is sort))
        }

    def problems(self, reading: Reading) -> tuple[Problem, ...]:
        """The slips at their cells in the file that the new input was read from."""
        return tuple(reading.locate(flaw) for flaw in self.flaws)

    def summary(self, lang: Lang) -> str:
        """All of it in one line: read as: 2 left, joined: Li Ming, room closed 3–14 Nov."""
        if not self.differences:
            return NOTHING.text(lang)
        parts = [_short(sort, found).text(lang) for sort, found in self.groups.items()]
        return READ_AS(parts=("；" if lang == "zh" else "; ").join(parts)).text(lang)

    def lines(self, lang: Lang) -> Iterator[str]:
        """The summary, then every difference of which it only gives the number."""
        yield self.summary(lang)
        for sort, found in self.groups.items():
            if len(found) > 1:
                yield HEAD(count=_counted(sort, found)).text(lang)
                yield from (ITEM(message=one.message).text(lang) for one in found)

    def to_json(self, lang: Lang) -> list[dict[str, Any]]:
        """The differences as scripts see them."""
        return [
            {"sort": one.sort.value, "message": one.message.text(lang)} for one in self.differences
        ]


def compare_instances(
    old: Instance,
    new: Instance,
    since: dt.date,
    rulebook: Rulebook | None = None,
    held: Sequence[HeldEvent] = (),
) -> Comparison:
    """What was changed from ``old`` to ``new``; only dates from ``since`` on can still change.

    ``rulebook`` gives the rules their titles; without it they go by their ids.
    ``held``: the events of the timetable that was made from ``old``.
    """
    parts = {
        "staff": people(old, new, since),
        "classes": classes(old, new),
        "rooms": rooms(old, new),
        "activities": activities(old, new),
        "events": events(old, new),
        "tournaments": tournaments(old, new),
        "term": calendar(old, new),
        "segments": segments(old, new),
        "pins": pins(old, new),
        "rules": rules(old, new, rulebook),
    }
    found: list[Difference] = []
    for part, differences in parts.items():
        named = list(differences)
        if not named and getattr(old, part) != getattr(new, part):
            sheet = SHEET_BY_KEY[part].title
            named = [Difference(Sort.OTHER, sheet, UNSEEN(sheet=sheet), (part,))]
        found += named
    order = list(Sort)
    found.sort(key=lambda one: order.index(one.sort))
    return Comparison(tuple(found), tuple(slips(old, new, since, held)))


def _counted(sort: Sort, found: tuple[Difference, ...]) -> Message:
    return Template(sort.zh, sort.en)(count=len({one.name for one in found}))


def _short(sort: Sort, found: tuple[Difference, ...]) -> Message:
    """One difference as it is; several as their number and the names."""
    if len(found) == 1:
        return found[0].message
    names = list(dict.fromkeys(one.name for one in found))
    shown: object = names[:MOST_NAMES]
    if len(names) > MOST_NAMES:
        shown = MORE(names=shown)
    return SEVERAL(count=_counted(sort, found), names=shown)
