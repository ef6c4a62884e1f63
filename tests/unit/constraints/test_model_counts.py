"""How many weekly slots a person could have at most."""

from __future__ import annotations

from constraints.catalogue import catalogue
from constraints.context import Context
from constraints.examples import Tiny, september, wish
from instances.words import Level, Parity
from tests.helpers.fixed import FixedModel


def test_a_cap_of_posts_a_week_does_not_bound_slots_that_never_fall_into_one_week() -> None:
    """Tuesday and Thursday, and Friday in even weeks: three slots, but two posts in each week.

    In the first week Friday is free, in the second Thursday the 17th is a holiday.
    """
    instance, timetable = (
        Tiny(holidays=(september(17),))
        .classes("三1")
        .room("操场")
        .staff("王芳", cap_week=2, wishes=(wish("Fri 作业", Level.PREFERS),))
        .club("篮球", "Tue", "Thu", per_week=2)
        .duty("门岗", "Fri", parity=Parity.EVEN)
        .meets("篮球", "Tue", "Thu", room="操场")
        .holds("王芳", "篮球")
        .holds("王芳", "门岗", "Fri")
        .done()
    )
    context = Context(instance)
    view = context.view(timetable)
    assert not [finding for rule in context.rules for finding in rule.check(view)]
    assert FixedModel(context, [catalogue()["unmet-wish"]()]).cost(timetable) == 0
