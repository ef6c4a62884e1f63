"""From a school's tournaments to the rows of their sheets."""

from __future__ import annotations

from collections.abc import Iterator

from instances.school import Instance
from instances.tournaments import Tournament
from instances.words import Form
from instances.workbook.content import Row

_USUAL = ("minutes", "per_day", "rest_days", "referees", "win", "draw", "loss")
_PLAIN = (
    *("name", "teams", "grades", "classes", "form", "venues", "courts", "start", "end"),
    *("weekdays", "segments", "lost", "skills", "agreed"),
)


def tournament_rows(instance: Instance) -> Iterator[Row]:
    """One row for each tournament; what is as usual stays blank, but for the minutes."""
    for tournament in instance.tournaments:
        groups = tournament.form is Form.GROUPS
        yield {
            **{key: getattr(tournament, key) for key in _PLAIN},
            **{key: _unless_usual(tournament, key) for key in _USUAL},
            "groups": tournament.groups if groups else _unless_usual(tournament, "groups"),
            "advance": tournament.advance if groups else _unless_usual(tournament, "advance"),
            "third_place": tournament.third_place or None,
            "minutes": tournament.minutes,
        }


def _unless_usual(tournament: Tournament, key: str) -> int | None:
    value: int = getattr(tournament, key)
    return value if value != Tournament.model_fields[key].default else None


def result_rows(instance: Instance) -> Iterator[Row]:
    """One row for each match played."""
    for tournament in instance.tournaments:
        for result in tournament.results:
            yield {"tournament": tournament.name, **result.model_dump()}
