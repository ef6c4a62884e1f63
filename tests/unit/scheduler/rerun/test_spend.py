"""What further changes buy: as much as was offered, with no more posts than were allowed."""

from __future__ import annotations

import datetime as dt
from functools import cache
from itertools import pairwise

import pytest

from instances.school import Staff
from instances.words import Level
from scheduler.changes import ChangeCount
from scheduler.rerun.request import Request
from scheduler.rerun.rerun import rerun
from scheduler.rerun.spend import OFFERED
from scheduler.result import Published
from scheduler.workbook.verdict import verdict
from tests.unit.scheduler.rerun.test_rerun import ONE, SECOND_WEEK, old


@cache
def joined() -> Published:
    """Somebody joins and gets nothing, for nothing has to change."""
    new = Staff(name="赵新", default=Level.WILLING, start=SECOND_WEEK)
    instance = old().instance.model_copy(update={"staff": (*old().instance.staff, new)})
    request = Request(instance, old(), old().timetable, SECOND_WEEK, offer=True)
    return rerun(request, settings=ONE)


def spent(allow: int, before: Published | None = None) -> Published:
    """A rerun of the joiner's school; ``before``: or of a timetable that has the joiner already."""
    published = before or old()
    request = Request(joined().instance, published, published.timetable, SECOND_WEEK, allow)
    return rerun(request, settings=ONE)


def points(published: Published) -> int:
    level = published.result.level("quality")
    assert level is not None
    return level.value


def figures(published: Published) -> ChangeCount:
    assert published.result.changes is not None
    return published.result.changes


def test_a_joiner_gets_nothing_unless_changes_are_allowed() -> None:
    assert figures(joined()).posts == 0
    assert "赵新" not in joined().timetable.holders.values()
    assert "赵新" in spent(5).timetable.holders.values()


def test_more_changes_never_buy_less() -> None:
    offers = joined().result.offers
    assert [one.allow for one in offers] == [*OFFERED]
    assert offers[0].points > 0
    assert all(one.points <= other.points for one, other in pairwise(offers))


@pytest.mark.parametrize("number", range(len(OFFERED)))
def test_what_was_offered_is_bought(number: int) -> None:
    offer = joined().result.offers[number]
    new = spent(offer.allow)
    assert points(joined()) - points(new) >= offer.points
    assert figures(new).posts <= figures(joined()).posts + offer.allow
    assert new.result.hard_findings == 0
    assert new.result.uncovered_sessions == 0


@pytest.mark.parametrize("allow", [1, 2])
def test_no_more_posts_change_than_are_allowed(allow: int) -> None:
    """Each line has one date left: one post is one step."""
    new = spent(allow)
    assert 0 < figures(new).posts <= allow
    assert points(new) < points(joined())


def test_what_changes_cost_that_were_bought_is_told_apart() -> None:
    """Two posts with another person in this week or the next: 2 * 2 * 3 = 12, none of it needed."""
    new = spent(5)
    assert (figures(new).posts, figures(new).cost, figures(new).bought) == (2, 12, 12)
    said = [one.message.text("en") for one in verdict(new.result)]
    assert [text for text in said if "cost" in text] == [
        "Changes at a further cost of 12 were allowed for the sake of quality (--allow)."
    ]
    assert figures(joined()).bought == 0


def test_what_is_bought_comes_on_top_of_what_is_needed() -> None:
    """Whoever leaves is replaced first, and that is said with its proof, as without ``--allow``."""
    gone = SECOND_WEEK - dt.timedelta(days=1)
    staff = [
        one.model_copy(update={"end": gone}) if one.name == "李明" else one
        for one in joined().instance.staff
    ]
    staff.append(Staff(name="钱多", default=Level.WILLING, start=SECOND_WEEK))
    instance = joined().instance.model_copy(update={"staff": tuple(staff)})
    plain, more = (
        rerun(Request(instance, old(), old().timetable, SECOND_WEEK, allow), settings=ONE)
        for allow in (0, 2)
    )
    needed = figures(plain).cost
    assert figures(more).cost - figures(more).bought == needed > 0
    assert figures(more).bought > 0
    both = [[one.message.text("en") for one in verdict(new.result)] for new in (plain, more)]
    [cost] = [text for text in both[0] if "cost" in text]
    assert cost in both[1]


def test_changes_may_be_bought_though_nothing_is_new() -> None:
    new = spent(5, joined())
    assert points(new) < points(joined())
    assert 0 < figures(new).posts <= 5
