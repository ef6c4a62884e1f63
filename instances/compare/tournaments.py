"""Tournaments: what came, what went, and what is different."""

from __future__ import annotations

from collections.abc import Iterator

from instances.compare.difference import Difference, Sort, field_difference
from instances.messages import Template
from instances.problems import Path
from instances.school import Instance, Tournament

NEW_TOURNAMENT = Template("新增比赛“{name}”", "new tournament: “{name}”")
NO_TOURNAMENT = Template("比赛“{name}”取消", "tournament “{name}” is cancelled")
RESULTS = Template(
    "“{name}”的成绩由{old}场改为{new}场，或比分有改动",
    "“{name}”: {new} results where there were {old}, or other scores",
)
_NO_COLUMNS = {"name", "results"}


def tournaments(old: Instance, new: Instance) -> Iterator[Difference]:
    """Tournaments that came or went, their columns, and their results."""
    before = {tournament.name: tournament for tournament in old.tournaments}
    after = {tournament.name for tournament in new.tournaments}
    for name in before:
        if name not in after:
            yield Difference(Sort.GONE, name, NO_TOURNAMENT(name=name))
    for index, tournament in enumerate(new.tournaments):
        path: Path = ("tournaments", index)
        name = tournament.name
        if name not in before:
            yield Difference(Sort.NEW, name, NEW_TOURNAMENT(name=name), path)
            continue
        was = before[name]
        for field in Tournament.model_fields:
            if field not in _NO_COLUMNS:
                yield from field_difference(
                    Sort.ACTIVITIES, "tournaments", name, field, was, tournament, path
                )
        if was.results != tournament.results:
            facts = {"old": len(was.results), "new": len(tournament.results)}
            message = RESULTS(name=name, **facts)
            yield Difference(Sort.ACTIVITIES, name, message, (*path, "results"))
