"""The year that is measured is one that a school could enter."""

from __future__ import annotations

import random

from benchmarks.yearly import with_a_year
from constraints.catalogue import rulebook
from instances.generate import Preset, generate
from instances.problems import Severity
from instances.validate import validate


def test_the_year_is_without_errors() -> None:
    school = with_a_year(generate(Preset.S, 1), random.Random(0))
    assert len(school.events) == 8
    assert len(school.tournaments) == 2
    flaws = validate(school, rulebook())
    assert not [one for one in flaws if one.fault.severity is Severity.ERROR]
