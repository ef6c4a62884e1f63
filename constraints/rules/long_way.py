"""理由: who must be in another building within minutes leaves one group early or comes late to
the next.

Per person: weekdays and pairs of segments at most so many minutes apart, where posts in rooms
of different buildings follow one another. Rooms without a building are near everything.
建模: in stages that do not resolve classes, only what is in one building in any case.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import permutations
from typing import TYPE_CHECKING, ClassVar

from pydantic import Field

from constraints.clash import largest, parts
from constraints.examples import Tiny, example
from constraints.rule import Example, Finding, Rule, Unit
from constraints.whereabouts import Presence, Ways, buildings_named
from instances.blocks import minutes
from instances.calendar import timing_on
from instances.messages import Label, Template
from instances.words import Weekday

if TYPE_CHECKING:
    from constraints.model import Model
    from constraints.view import View

Slot = tuple[Weekday, str]


class LongWay(Rule):
    """A person with consecutive posts in different buildings."""

    title: ClassVar[Label] = Label("换楼奔波", "long way between posts")
    statement: ClassVar[Template] = Template(
        "相隔不到{minutes}分钟的两个岗位尽量在同一栋楼。",
        "Posts of one person within {minutes} minutes are in one building.",
    )
    finding: ClassVar[Template] = Template(
        "{staff}{weekday}从{one}（{before}）赶到{other}（{after}）。",
        "{staff} goes from {one} ({before}) to {other} ({after}) on {weekday}.",
    )
    default_weight: ClassVar[int | None] = 2

    minutes: int = Field(
        default=20,
        ge=0,
        le=60,
        json_schema_extra={"zh": "间隔分钟", "en": "minutes between"},
    )
    apart: ClassVar[Unit | None] = "people"
    examples: ClassVar[tuple[Example, ...]] = (
        # homework ends at 16:30 in the east, choir begins then in the west: 1
        example(
            "看护在勤学楼，紧接着合唱在艺术楼",
            "care in the east building, then choir in the arts building",
            Tiny()
            .classes("三1")
            .room("三1", building="勤学楼")
            .room("音乐室", building="艺术楼")
            .staff("王芳")
            .care("Tue")
            .club("合唱", "Tue")
            .meets("合唱", "Tue", room="音乐室")
            .holds("王芳", "看护", "Tue")
            .holds("王芳", "合唱", "Tue"),
            1,
        ),
        example(
            "合唱在周四",
            "choir is on Thursday",
            Tiny()
            .classes("三1")
            .room("三1", building="勤学楼")
            .room("音乐室", building="艺术楼")
            .staff("王芳")
            .care("Tue")
            .club("合唱", "Tue", "Thu")
            .meets("合唱", "Thu", room="音乐室")
            .holds("王芳", "看护", "Tue")
            .holds("王芳", "合唱", "Thu"),
            0,
        ),
    )

    def post(self, model: Model) -> None:
        if len(buildings_named(model.demand.instance)) < 2:
            return
        ways = Ways(model, self.minutes)
        for key, holdings in model.holdings.items():
            if self.concerns_person(model.context.people[key]):
                mine = [h for h in holdings if self.concerns_post(h.post, model.demand.instance)]
                for ending, starting in ways.meeting(mine):
                    self._charge(model, ending, starting)

    def _charge(self, model: Model, ending: Presence, starting: Presence) -> None:
        from constraints.model import total

        rows = set()
        for days in parts({dates for _, dates in (*ending, *starting)}):
            left, reached = _there(ending, days), _there(starting, days)
            for building, mine in left.items():
                others = [key for b, keys in reached.items() if b != building for key in keys]
                if others:
                    rows.add((frozenset(mine), frozenset(others)))
        if rows:
            goes = model.cp.new_bool_var("")
            for some, elsewhere in largest(rows):
                both = [one for key in sorted(some) for one in ending[key]]
                both += [one for key in sorted(elsewhere) for one in starting[key]]
                model.cp.add(goes >= total(both) - 1)
            model.charge(self, goes)

    def check(self, view: View) -> Iterator[Finding]:
        rooms, segments = view.instance.room_by_name, view.instance.segment_by_name
        for staff, posts in view.pattern.items():
            if not self.concerns_person(view.people[staff]):
                continue
            found: dict[tuple[Weekday, str, str], tuple[str, str]] = {}
            by_day = defaultdict(list)
            for post in posts:
                room = rooms.get(view.expansion.room_of(post) or "")
                if room and room.building and self.concerns_post(post, view.instance):
                    for block, (dates, _) in zip(post.blocks, post.units, strict=True):
                        for day in view.demand.calendar.dates(dates):
                            by_day[day].append((block, room.building))
            for day, held in by_day.items():
                for (one, left), (other, reached) in permutations(held, 2):
                    before, after = one.segments[-1], other.segments[0]
                    end = timing_on(segments[before], day.weekday, day.phase)
                    start = timing_on(segments[after], day.weekday, day.phase)
                    if end and start and left != reached:
                        if 0 <= minutes(start.start) - minutes(end.end) <= self.minutes:
                            found.setdefault((day.weekday, before, after), (left, reached))
            for (weekday, before, after), (left, reached) in found.items():
                where = {"staff": staff, "weekday": int(weekday)}
                facts = {"before": before, "after": after, "one": left, "other": reached}
                yield self.found(1, where, staff=staff, weekday=weekday, **facts)


def _there(presence: Presence, days: int) -> dict[str, list[tuple[str, int]]]:
    """The keys of a presence on some days, by building."""
    found: dict[str, list[tuple[str, int]]] = defaultdict(list)
    for building, dates in presence:
        if dates & days:
            found[building].append((building, dates))
    return found
