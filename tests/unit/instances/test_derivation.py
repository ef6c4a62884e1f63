"""The demand of a school: its posts, and what they do not depend on."""

from __future__ import annotations

import random
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from constraints.examples import Tiny
from instances.demand import Demand, Post
from instances.derivation import derive
from instances.school import Instance, Participation, PostSpec
from instances.words import Role, Rota, Weekday
from tests.helpers.any_schools import schools
from tests.helpers.random_schools import random_school

TWO_SKILLS = (
    PostSpec(role=Role.SUPERVISOR, skills=("语文",)),
    PostSpec(role=Role.SUPERVISOR, skills=("数学",), count=2),
)


@given(schools())
def test_every_post_has_a_key_of_its_own(school: Instance) -> None:
    demand = derive(school)
    assert len(demand.post_by_key) == len(demand.posts)
    for posts in demand.posts_of_line.values():
        assert len({post.option for post in posts}) == len(posts)


@pytest.mark.parametrize(
    "tiny",
    [
        Tiny().classes("三1", size=99).care("Tue", posts=TWO_SKILLS),
        Tiny().classes("三1").club("双师", "Tue", posts=TWO_SKILLS),
        Tiny().classes("三1").duty("巡查", "Tue", posts=TWO_SKILLS),
        Tiny().duty("值周", "Tue", posts=TWO_SKILLS, rota=Rota.WEEK, rota_people=2),
    ],
    ids=["care", "club", "duty", "rota"],
)
def test_posts_of_one_role_may_ask_for_different_skills(tiny: Tiny) -> None:
    demand = derive(tiny.done()[0])
    assert len(demand.post_by_key) == len(demand.posts)
    languages = [post for post in demand.posts if "语文" in post.skills]
    assert 2 * len(languages) == len([post for post in demand.posts if "数学" in post.skills]) > 0


def test_a_group_is_offered_rooms_that_hold_all_of_it() -> None:
    """Of 30 and 30 children half stay on Wednesdays; 60 need two adults, but sit together."""
    half = (Participation(share=Decimal("0.5"), weekday=Weekday.WED),)
    tiny = Tiny().classes("三1", "三2", participation=half).room("小厅", 50).room("大厅", 60)
    rooms = {"merge": 2, "rooms": ("小厅", "大厅")}
    assert derive(tiny.care("Wed", **rooms).done()[0]).group_rooms == {
        "看护@三1+三2": ("小厅", "大厅")
    }
    assert derive(tiny.care("Tue", "Wed", **rooms).done()[0]).group_rooms == {
        "看护@三1+三2": ("大厅",)
    }


def relabelled(school: Instance, rng: random.Random) -> tuple[Instance, dict[str, str]]:
    """The school with its people in another order under other names, and the old names."""
    new = {person.key: f"老师{n}" for n, person in enumerate(school.staff)}
    staff = [p.model_copy(update={"name": new[p.key], "number": ""}) for p in school.staff]
    rng.shuffle(staff)
    return school.model_copy(
        update={
            "staff": tuple(staff),
            "classes": tuple(
                one.model_copy(update={"home_teacher": new.get(one.home_teacher or "")})
                for one in school.classes
            ),
            "activities": tuple(
                one.model_copy(update={"staff": tuple(new[key] for key in one.staff)})
                for one in school.activities
            ),
        }
    ), {name: key for key, name in new.items()}


def named(demand: Demand, old: dict[str, str]) -> list[Post]:
    """The posts, with the people listed for them under their old names."""
    return [
        replace(post, listed=tuple(old.get(key, key) for key in post.listed))
        for post in demand.posts
    ]


@given(st.integers(0, 10_000))
def test_demand_does_not_depend_on_who_the_people_are(seed: int) -> None:
    school = random_school(seed)
    demand = derive(school)
    other, old = relabelled(school, random.Random(seed))
    after = derive(other)
    assert list(map(facts, named(after, old))) == list(map(facts, demand.posts))
    assert after.needs == demand.needs
    assert after.options == demand.options
    assert after.group_rooms == demand.group_rooms


def facts(post: Post) -> dict[str, object]:
    """What a post says; posts themselves are compared by identity."""
    return {name: getattr(post, name) for name in Post.__dataclass_fields__}
