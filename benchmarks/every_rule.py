"""A school that uses every rule of the catalogue, those that others leave off included."""

from __future__ import annotations

from collections.abc import Iterator

from constraints.catalogue import rulebook
from instances.school import Instance, RuleSetting
from instances.words import Kind


def with_every_rule(school: Instance) -> Instance:
    """The school with every optional rule switched on.

    Rules about named people are about two of the staff who are home teachers; rules about
    named activities about two clubs. Each has a pair of its own, in the order of the lists.
    """
    homes = {one.home_teacher for one in school.classes}
    people = _pairs([person.key for person in school.staff if person.key in homes])
    clubs = _pairs([one.name for one in school.activities if one.kind is Kind.CLUB])
    used = {setting.rule for setting in school.rules}
    more = []
    for info in rulebook().values():
        if (info.optional or info.about is not None) and info.id not in used:
            setting = RuleSetting(rule=info.id)
            if info.about is not None:
                pair = next(people if info.about == "staff" else clubs)
                setting = setting.model_copy(update={info.about: pair})
            more.append(setting)
    return school.model_copy(update={"rules": (*school.rules, *more)})


def _pairs(names: list[str]) -> Iterator[tuple[str, str]]:
    yield from zip(names[::2], names[1::2], strict=False)
