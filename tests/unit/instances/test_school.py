"""A school as data: copies, and what is looked up in them."""

from __future__ import annotations

from instances.samples import one_adult


def test_copy_knows_its_own_people() -> None:
    instance = one_adult.build()
    (person,) = instance.staff
    assert set(instance.staff_by_key) == {person.key}
    other = person.model_copy(update={"name": "新老师", "number": ""})
    assert set(instance.model_copy(update={"staff": (other,)}).staff_by_key) == {"新老师"}
    assert set(instance.staff_by_key) == {person.key}
