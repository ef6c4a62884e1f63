"""理由: a club that somebody would rather not lead is led without joy, however the rest falls.

Counts the weekly slots that a person holds in an activity they marked “rather not”;
turns of a rota and pauses of clubs are not weekly slots. ``unmet-wish`` is another question:
it compares, slot and activity taken together, what a person got with the best that equally
many slots could have given, and loses nothing where no better choice was left. Here the
activity alone counts, whatever the slot, and however little choice there was. So a disliked
club may cost under both: under this rule for itself, under the other for what was missed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar

from constraints.examples import Tiny, example
from constraints.rule import Example, Finding, Rule, Unit
from constraints.shares import is_regular, slots_of
from instances.messages import Label, Template
from instances.people import Person
from instances.school import ActivityWish
from instances.words import Level

if TYPE_CHECKING:
    from constraints.model import Model
    from constraints.view import View


def _reluctant() -> Tiny:
    """王芳 would rather not have anything to do with the choir."""
    wishes = (ActivityWish(activity="合唱", level=Level.RATHER_NOT),)
    tiny = Tiny().classes("三1").room("琴房").staff("王芳", activity_wishes=wishes).staff("李明")
    return tiny.club("合唱", "Tue", "Thu", per_week=2).care("Tue")


def disliked(person: Person) -> set[str]:
    """The activities that a person would rather not have."""
    wishes = {wish.activity: wish.level for wish in person.staff.activity_wishes}
    return {activity for activity, level in wishes.items() if level is Level.RATHER_NOT}


class DislikedActivity(Rule):
    """A weekly slot in an activity that its holder would rather not have."""

    title: ClassVar[Label] = Label("不愿意的活动", "disliked activity")
    statement: ClassVar[Template] = Template(
        "本人“尽量不”的活动，尽量不排给本人。",
        "Nobody holds posts in activities that they would rather not have.",
    )
    finding: ClassVar[Template] = Template(
        "{staff}尽量不要“{activity}”，每周却有{count}个时段。",
        "{staff} would rather not have “{activity}”, and holds {count} {count:slot|slots} of "
        "it in the week.",
    )
    default_weight: ClassVar[int | None] = 3
    apart: ClassVar[Unit | None] = "people"
    examples: ClassVar[tuple[Example, ...]] = (
        # the choir meets on Tuesday and on Thursday: 2 weekly slots
        example(
            "尽量不要合唱的王芳带每周两次的合唱",
            "王芳 would rather not have the choir, and leads it twice a week",
            _reluctant().meets("合唱", "Tue", "Thu", room="琴房").holds("王芳", "合唱"),
            2,
        ),
        example(
            "合唱由李明带，王芳看护",
            "李明 leads the choir, 王芳 is in care",
            _reluctant()
            .meets("合唱", "Tue", "Thu", room="琴房")
            .holds("李明", "合唱")
            .holds("王芳", "看护", "Tue"),
            0,
        ),
    )

    def post(self, model: Model) -> None:
        from constraints.model import weighted

        for key, person in model.context.people.items():
            unwelcome = disliked(person) if self.concerns_person(person) else set()
            charged = [
                (holding.literal, slots_of(holding.post))
                for holding in (model.regular(key) if unwelcome else ())
                if holding.post.activity in unwelcome
                and self.concerns_post(holding.post, model.demand.instance)
            ]
            if charged:
                model.charge(self, weighted(charged))

    def check(self, view: View) -> Iterator[Finding]:
        for key, posts in view.pattern.items():
            person = view.people[key]
            slots: dict[str, int] = defaultdict(int)
            for post in posts if self.concerns_person(person) else ():
                wished = [w for w in person.staff.activity_wishes if w.activity == post.activity]
                if wished and wished[-1].level is Level.RATHER_NOT:
                    if is_regular(view.demand, post) and self.concerns_post(post, view.instance):
                        slots[post.activity] += sum(len(block.segments) for block in post.blocks)
            for activity, count in slots.items():
                where = {"staff": key, "activity": activity}
                yield self.found(count, where, staff=key, activity=activity, count=count)
