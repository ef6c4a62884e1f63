"""Reading a school from JSON, with every problem at its path ($.staff[3].default)."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, get_args

from pydantic import ValidationError

from instances import json_texts as texts
from instances.messages import Label
from instances.problem_texts import EMPTY_FILE
from instances.problems import Fault, Flaw, Place, Problem, Reading
from instances.problems import Path as DataPath
from instances.rulebook import Rulebook
from instances.school import Instance, Record
from instances.text import nearest, shown
from instances.validate import validate

_BOUNDS: Mapping[str, tuple[Fault, str]] = {
    "greater_than_equal": (texts.TOO_SMALL, "ge"),
    "greater_than": (texts.TOO_SMALL, "gt"),
    "less_than_equal": (texts.TOO_LARGE, "le"),
    "less_than": (texts.TOO_LARGE, "lt"),
}
_WANTED = {
    "string": Label("文字", "text"),
    "int": Label("整数", "a whole number"),
    "decimal": Label("数字", "a number"),
    "float": Label("数字", "a number"),
    "bool": Label("true 或 false", "true or false"),
    "date": Label("日期，例如 2026-09-01", "a date such as 2026-09-01"),
    "time": Label("时间，例如 15:30", "a time such as 15:30"),
    "tuple": Label("列表", "a list"),
    "list": Label("列表", "a list"),
    "dict": Label("对象", "an object"),
    "model": Label("对象", "an object"),
}
_LONGEST_VALUE = 60


def read_json(path: Path, rulebook: Rulebook | None = None) -> Reading:
    """A school from a JSON file that holds an :class:`Instance`."""
    place = Place(path.name, None, path.name)
    try:
        data = json.loads(path.read_text(encoding="utf-8-sig") or "")
    except UnicodeDecodeError:
        return Reading(None, (texts.NOT_UTF8.at(place),))
    except json.JSONDecodeError as error:
        if not path.stat().st_size:
            return Reading(None, (EMPTY_FILE.at(place),))
        return Reading(None, (texts.NOT_JSON.at(place, line=error.lineno, column=error.colno),))
    except RecursionError:
        return Reading(None, (texts.NOT_JSON.at(place, line=1, column=1),))
    try:
        instance = Instance.model_validate_json(json.dumps(data))
    except ValidationError as error:
        lang: Any = data.get("lang") if isinstance(data, dict) else None
        problems = tuple(_at(flaw, path.name, data) for flaw in flaws_of(error))
        return Reading(None, problems, "en" if lang == "en" else "zh")
    problems = tuple(_at(flaw, path.name, data) for flaw in validate(instance, rulebook))
    bad = any(problem.is_error for problem in problems)
    places = _Places(path.name, data)
    school_read = None if bad else instance
    return Reading(school_read, problems, instance.lang, places, Place(path.name, "$"))


def _at(flaw: Flaw, file: str, data: Any) -> Problem:
    """A flaw at its JSON path; a fact that is a place becomes a path too."""
    places = _Places(file, data)
    return flaw.located(places, Place(file, "$"))


class _Places(Mapping[DataPath, Place]):
    """The place of every path of a JSON document, made when asked for."""

    def __init__(self, file: str, data: Any) -> None:
        self.file = file
        self.data = data

    def __getitem__(self, path: DataPath) -> Place:
        value = self.data
        for n, step in enumerate(path):
            missing_field = n == len(path) - 1 and isinstance(value, dict)
            try:
                value = value[step]
            except (KeyError, IndexError, TypeError):
                if not missing_field or not isinstance(step, str) or path[0] == "wish":
                    raise KeyError(path) from None
                value = None
        text = json.dumps(value, ensure_ascii=False) if isinstance(value, dict | list) else None
        plain = (text or shown(value))[:_LONGEST_VALUE]
        return Place(self.file, json_path(path), plain)

    def __iter__(self) -> Iterator[DataPath]:
        return iter(())

    def __len__(self) -> int:
        return 0


def json_path(path: DataPath) -> str:
    """$.staff[3].default"""
    return "$" + "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in path)


def flaws_of(error: ValidationError) -> Iterator[Flaw]:
    """What pydantic found, in the words of a person."""
    for detail in error.errors():
        path: DataPath = tuple(detail["loc"])
        kind, context = detail["type"], detail.get("ctx", {})
        value = shown(detail["input"])[:_LONGEST_VALUE]
        name = str(path[-1]) if path else ""
        if kind == "missing":
            yield Flaw(path, texts.FIELD_MISSING, {"name": name})
        elif kind == "extra_forbidden":
            options = list(_model_at(path[:-1]).model_fields)
            facts = {"name": name, "options": options, "near": nearest(name, options, 1)}
            yield Flaw(path, texts.FIELD_UNKNOWN, facts)
        elif kind in ("enum", "literal_error"):
            options = str(context["expected"]).replace("'", "").replace(" or ", ", ").split(", ")
            facts = {"options": options, "near": nearest(value, options, 1, 0.6)}
            yield Flaw(path, texts.NOT_ONE_OF, facts, value=value)
        elif kind in _BOUNDS:
            fault, bound = _BOUNDS[kind]
            yield Flaw(path, fault, {"bound": context[bound]}, value=value)
        elif (wanted := _WANTED.get(kind.split("_")[0])) is not None and "too_" not in kind:
            yield Flaw(path, texts.WRONG_TYPE, {"wanted": wanted}, value=value)
        else:
            yield Flaw(path, texts.NOT_ACCEPTED, {"code": kind}, value=value)


def _model_at(path: DataPath) -> type[Record]:
    """The model that a path leads to, found by the names of the fields on the way."""
    model: type[Record] = Instance
    for step in path:
        if isinstance(step, str) and step in model.model_fields:
            model = next(_records_in(model.model_fields[step].annotation), model)
    return model


def _records_in(annotation: Any) -> Iterator[type[Record]]:
    """The records that a type is made of: of tuple[Staff, ...] it is Staff."""
    if isinstance(annotation, type) and issubclass(annotation, Record):
        yield annotation
    for part in get_args(annotation):
        yield from _records_in(part)
