"""Reading the sheets of tournaments and of match results."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import partial
from typing import Any

from instances import tournament_texts as texts
from instances.names import Names
from instances.tournaments import MatchResult, Tournament
from instances.words import Form, TeamKind
from instances.workbook.compact import read_closures
from instances.workbook.draft import Draft
from instances.workbook.table import Row

_NUMBERS: Mapping[str, int] = {
    name: Tournament.model_fields[name].default
    for name in (
        *("groups", "advance", "minutes", "per_day", "rest_days", "referees"),
        *("win", "draw", "loss"),
    )
}
_NOTED = (
    *("name", "grades", "classes", "groups", "advance", "venues", "courts", "start", "end"),
    *("weekdays", "segments", "minutes", "per_day", "rest_days", "lost", "skills", "agreed"),
)


def read_tournaments(
    draft: Draft, rows: Iterable[Row], results: Iterable[Row]
) -> tuple[Tournament, ...]:
    """The tournaments, each with the results of its matches."""
    found: list[dict[str, Any]] = []
    names = Names()
    for row in rows:
        name, fields = row.text("name"), _fields(draft, row)
        if not name:
            draft.unsure.add("tournaments")
            continue
        names.add(name)
        row.note(("tournaments", len(found)), *_NOTED)
        found.append({"name": name, **fields})
    places = {fields["name"]: n for n, fields in reversed(list(enumerate(found)))}
    played: dict[int, list[MatchResult]] = defaultdict(list)
    for row in results:
        result = _result(draft, row)
        name = row.reference("tournament", names) or ""
        if name and name not in places and "tournaments" not in draft.unsure:
            row.report("tournament", texts.UNKNOWN_TOURNAMENT, name=name, near=names.near(name))
        if result is not None and name in places:
            number = places[name]
            path = ("tournaments", number, "results", len(played[number]))
            row.note(path, "home", "away", "home_score", "date")
            played[number].append(result)
    return tuple(Tournament(**fields, results=tuple(played[n])) for n, fields in enumerate(found))


def _fields(draft: Draft, row: Row) -> dict[str, Any]:
    fields: dict[str, Any] = {}
    for key, blank in _NUMBERS.items():
        number = row.integer(key)
        fields[key] = blank if number is None else number
    return fields | {
        "teams": row.word("teams", TeamKind) or TeamKind.MIXED,
        "grades": row.grades("grades"),
        "classes": row.references("classes", draft.classes),
        "form": row.word("form", Form) or Form.ROUND_ROBIN,
        "third_place": row.yes("third_place", blank=False),
        "venues": row.references("venues", draft.rooms),
        "courts": row.integer("courts"),
        "start": row.date("start"),
        "end": row.date("end"),
        "weekdays": row.weekdays("weekdays"),
        "segments": row.references("segments", draft.segment_names),
        "lost": row.read("lost", partial(read_closures, near=draft.term)) or (),
        "skills": tuple(draft.skills.find(skill) or skill for skill in row.texts("skills")),
        "agreed": row.people("agreed"),
    }


def _result(draft: Draft, row: Row) -> MatchResult | None:
    home = row.reference("home", draft.classes)
    away = row.reference("away", draft.classes)
    scores = row.integer("home_score"), row.integer("away_score")
    date = row.date("date")
    for key, score in zip(("home_score", "away_score"), scores, strict=True):
        if score is None and key not in row.bad:
            row.report(key, texts.SCORE_MISSING)
    home_score, away_score = scores
    if not home or not away or home_score is None or away_score is None:
        return None
    return MatchResult(
        home=home, away=away, home_score=home_score, away_score=away_score, date=date
    )
