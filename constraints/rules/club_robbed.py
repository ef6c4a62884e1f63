"""理由: a club that meets on Fridays should not pay for every event of the year: its children have
chosen it for a term of meetings.

建模: which dates events take is decided after the weekly pattern, and weighs this there.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar

from pydantic import Field

from constraints.examples import Tiny, example
from constraints.rule import Example, Finding, Rule
from instances.demand import Demand
from instances.messages import Label, Template
from instances.words import Kind

if TYPE_CHECKING:
    from constraints.view import View


class ClubRobbed(Rule):
    """A club that loses more of its meetings to events than its part."""

    title: ClassVar[Label] = Label("社团被占过多", "club robbed")
    statement: ClassVar[Template] = Template(
        "每个社团因大型活动取消的次数不超过{percent}%（至少可取消1次）。",
        "No club loses more than {percent} % of its meetings to events (one may always be lost).",
    )
    finding: ClassVar[Template] = Template(
        "“{activity}”共{meetings}次，因大型活动取消了{lost}次（{events}），最多应为{most}次。",
        "“{activity}” has {meetings} {meetings:meeting|meetings} and loses {lost} to events "
        "({events}); {most} at"
        " most.",
    )
    default_weight: ClassVar[int | None] = 6
    by_person: ClassVar[bool] = False

    percent: int = Field(
        default=10,
        ge=0,
        le=100,
        json_schema_extra={"zh": "最多取消（%）", "en": "most meetings lost (%)"},
    )
    examples: ClassVar[tuple[Example, ...]] = (
        # Tuesdays 8 and 15 September: both lost, one may be: 2 - 1 = 1
        example(
            "两次活动都占了合唱社",
            "both meetings of the choir are lost to events",
            Tiny()
            .classes("三1")
            .room("音乐室")
            .club("合唱社", "Tue")
            .meets("合唱社", "Tue", room="音乐室")
            .event("演讲", grades=(3,))
            .held("演讲", 8)
            .instead("合唱社", 8, cancelled=True, event="演讲")
            .instead("合唱社", 15, cancelled=True, event="演讲"),
            1,
        ),
        example(
            "只取消一次",
            "only one is lost",
            Tiny()
            .classes("三1")
            .room("音乐室")
            .club("合唱社", "Tue")
            .meets("合唱社", "Tue", room="音乐室")
            .event("演讲", grades=(3,))
            .held("演讲", 8)
            .instead("合唱社", 8, cancelled=True, event="演讲"),
            0,
        ),
    )

    def part_of(self, meetings: int) -> int:
        """How many of its meetings a club may lose."""
        return max(1, meetings * self.percent // 100)

    def concerns_club(self, name: str, demand: Demand) -> bool:
        """Whether the rule's scope takes in any meeting of a club."""
        posts = (post for post in demand.posts if post.activity == name)
        return any(self.concerns_post(post, demand.instance) for post in posts)

    def check(self, view: View) -> Iterator[Finding]:
        if not any(change.event for change in view.timetable.changes.values()):
            return
        meetings: dict[str, set[object]] = defaultdict(set)
        lost: dict[str, dict[object, str]] = defaultdict(dict)
        for session in view.sessions:
            if session.post.kind is not Kind.CLUB or session.moved_from is not None:
                continue
            if not self.concerns_post(session.post, view.instance):
                continue
            meeting = (session.date, session.segment)
            meetings[session.post.activity].add(meeting)
            change = view.timetable.changes.get(session.key)
            if change is not None and change.cancelled and change.event is not None:
                lost[session.post.activity][meeting] = change.event.partition("#")[0]
        for activity, events in lost.items():
            most = self.part_of(len(meetings[activity]))
            if len(events) > most:
                yield self.found(
                    len(events) - most,
                    {"activity": activity},
                    activity=activity,
                    meetings=len(meetings[activity]),
                    lost=len(events),
                    events=tuple(dict.fromkeys(events.values())),
                    most=most,
                )
