"""Late Fridays: which segments they are, and each one's part."""

from __future__ import annotations

from fractions import Fraction

from constraints.context import Context
from constraints.examples import Tiny, wish
from constraints.unwelcome import fair_unwelcome, late_fridays, unwelcome_slots
from instances.words import Level


def parts(tiny: Tiny) -> dict[str, Fraction]:
    context = Context(tiny.done()[0])
    posts = context.demand.posts
    return fair_unwelcome(context.demand, context.people, context.shares, context.admits, posts)


def test_only_the_last_segment_that_is_used_on_friday_is_late() -> None:
    early = Context(Tiny().classes("三1").staff("王芳").care("Thu 社团", "Fri 作业").done()[0])
    assert late_fridays(early.demand) == {"作业"}
    both = Context(Tiny().classes("三1").staff("王芳").care("Fri 作业", "Fri 社团").done()[0])
    assert late_fridays(both.demand) == {"社团"}
    none = Context(Tiny().classes("三1").staff("王芳").care("Thu 社团").done()[0])
    assert late_fridays(none.demand) == frozenset()


def test_late_fridays_are_shared_in_proportion_to_load() -> None:
    # three late Fridays in all; at full and half a share, 1 : 1 : 1/2, the parts would be 6/5,
    # 6/5 and 3/5, but nobody can have more than one: 1, 1, and the third has the rest
    school = (
        Tiny()
        .classes("三1", "三2", "三3")
        .staff("王芳", "李明")
        .staff("张伟", coefficient="0.5")
        .staff("外聘", outside=True)
        .care("Fri 社团")
    )
    assert parts(school) == {"王芳": 1, "李明": 1, "张伟": 1}


def test_who_cannot_be_there_late_has_no_part() -> None:
    # one late Friday for the two who can, half each
    school = (
        Tiny()
        .classes("三1")
        .staff("王芳", "李明")
        .staff("张伟", wishes=(wish("Fri 社团", Level.NO),))
        .care("Mon", "Fri 社团")
    )
    found = parts(school)
    assert found["张伟"] == 0
    assert sum(found.values()) == 1
    assert found["王芳"] == found["李明"] == Fraction(1, 2)


def test_every_slot_of_what_somebody_would_rather_not_do_is_unwelcome() -> None:
    instance, _ = (
        Tiny()
        .classes("三1")
        .staff("王芳", wishes=(wish("Mon 作业", Level.RATHER_NOT),))
        .care("Mon", "Fri 作业", "Fri 社团")
        .done()
    )
    context = Context(instance)
    late = late_fridays(context.demand)
    found = {
        post.blocks[0].key: unwelcome_slots(context.people["王芳"], post, late)
        for post in context.demand.posts
    }
    assert found == {"1.作业": 1, "5.作业": 0, "5.社团": 1}
