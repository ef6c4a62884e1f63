"""What is agreed with outside instructors holds for them as for everybody."""

from __future__ import annotations

import datetime as dt

from constraints.context import Context
from constraints.examples import Tiny
from constraints.rules.cap_term_exceeded import CapTermExceeded
from constraints.rules.on_leave import OnLeave
from tests.helpers.fixed import FixedModel


def test_no_more_posts_than_agreed() -> None:
    tiny = Tiny().classes("三1").staff("刘洋", outside=True, cap_term=3).care("Tue", "Wed")
    instance, timetable = tiny.holds("刘洋", "看护", "Tue", "Wed").done()
    rule = CapTermExceeded()
    context = Context(instance, (rule,))
    # two weekly posts in two weeks, three agreed: 2 * 2 - 3 = 1
    assert [finding.amount for finding in rule.check(context.view(timetable))] == [1]
    assert FixedModel(context, (rule,)).cost(timetable) is None


def test_nothing_outside_the_dates_agreed() -> None:
    first = dt.date(2026, 9, 9)
    tiny = Tiny().classes("三1").staff("刘洋", outside=True, start=first).care("Tue")
    instance, timetable = tiny.holds("刘洋", "看护", "Tue").done()
    rule = OnLeave()
    # of Tuesdays 8 and 15 September, the first is too early: 1
    found = list(rule.check(Context(instance, (rule,)).view(timetable)))
    assert [finding.message.facts["date"].day for finding in found] == [8]
