"""Fair shares: what each one's part should be, with the arithmetic."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from constraints.context import Context
from constraints.examples import Tiny, wish
from instances.demand import UNIT
from instances.words import Level

WEEK = ("Mon", "Tue", "Wed", "Thu", "Fri")


def shares(tiny: Tiny) -> dict[str, float]:
    """Fair shares in units."""
    instance, _ = tiny.done()
    return {key: share / UNIT for key, share in Context(instance).shares.items()}


def week_of_care() -> Tiny:
    """Five posts of 1 unit on two dates each: 10 units to share out."""
    return Tiny().classes("三1").care(*WEEK)


def test_equal_people_share_equally() -> None:
    assert shares(week_of_care().staff("王芳", "李明")) == {"王芳": 5, "李明": 5}


def test_coefficient_scales_the_share() -> None:
    school = week_of_care().staff("王芳").staff("李明", coefficient=Decimal("0.25"))
    assert shares(school) == {"王芳": 8, "李明": 2}  # 10 units as 1 : 0.25


def test_who_cannot_reach_a_share_leaves_the_rest_to_others() -> None:
    only_monday = tuple(wish(f"{day} 作业", Level.NO) for day in WEEK[1:])
    school = week_of_care().staff("王芳", "李明").staff("张伟", wishes=only_monday)
    assert shares(school) == {"王芳": 4, "李明": 4, "张伟": 2}  # not 10 / 3, but two Mondays


def test_outside_instructors_have_no_share() -> None:
    assert shares(week_of_care().staff("王芳").staff("教练", outside=True)) == {"王芳": 10}


def test_balance_of_earlier_terms_is_taken_off() -> None:
    school = week_of_care().staff("王芳", balance=Decimal("1.5")).staff("李明")
    assert shares(school) == {"王芳": 3.5, "李明": 5}


def test_caps_bound_the_share() -> None:
    school = week_of_care().staff("王芳", cap_week=1).staff("李明")
    assert shares(school) == {"王芳": 2, "李明": 8}  # one post a week for two weeks


def test_half_a_term_gives_half_a_share() -> None:
    second_week = dt.date(2026, 9, 14)
    school = week_of_care().staff("王芳", "李明").staff("张伟", start=second_week)
    assert shares(school) == {"王芳": 4, "李明": 4, "张伟": 2}  # 1 : 1 : 0.5


def test_movable_club_counts_the_mean_of_its_slots() -> None:
    # 作业 on Tuesday counts 1 unit, and there are two dates: wherever it meets, 2 units
    school = Tiny().classes("三1").room("操场").staff("王芳").club("篮球", "Tue", "Wed 作业")
    assert shares(school) == {"王芳": 2}


people = st.fixed_dictionaries(
    {
        "coefficient": st.sampled_from([Decimal("0"), Decimal("0.5"), Decimal("1")]),
        "cap_week": st.sampled_from([None, 0, 1, 3]),
        "cap_term": st.sampled_from([None, 1, 5]),
        "default": st.sampled_from([Level.NO, Level.WILLING]),
    }
)


@given(st.lists(people, min_size=1, max_size=5))
def test_shares_never_exceed_what_there_is_to_do(staff: list[dict[str, Any]]) -> None:
    school = week_of_care()
    for number, more in enumerate(staff):
        school.staff(f"T{number}", **more)
    found = shares(school)
    assert all(share >= 0 for share in found.values())
    assert sum(found.values()) <= 10 + 1e-9
