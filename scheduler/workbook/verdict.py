"""How good a timetable is, and how that is known, in plain sentences that claim no more."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterator
from dataclasses import dataclass

from instances.messages import Label, Message, Template
from scheduler.result import BeforeEvents, Level, Result

COVERED = Template("每个岗位、每个服务日都有人。", "Every post is filled on every service day.")
OPEN_PROVED = Template(
    "有{count}个场次空缺；已证明：没有任何固定的每周安排能让更多岗位有人。",
    "{count} dated {count:post stays|posts stay} open; it is proved that no weekly timetable "
    "can cover more.",
)
OPEN_BOUND = Template(
    "有{count}个场次空缺；已证明其中至少{bound}个无法避免，其余能否补上尚未证明。",
    "{count} dated {count:post stays|posts stay} open; at least {bound} {bound:is|are} proved "
    "unavoidable, "
    "whether the others could be filled is not proved.",
)
OPEN_UNPROVED = Template(
    "有{count}个场次空缺；能否再少，尚未证明。",
    "{count} dated {count:post stays|posts stay} open; whether fewer is possible is not proved.",
)
OPEN_BEFORE_PROVED = Template(
    "有{count}个场次空缺；不计大型活动为{open}个，已证明没有任何固定的每周安排能让更多岗位有人。",
    "{count} dated {count:post stays|posts stay} open; without the events {open}, and it is "
    "proved that no weekly "
    "timetable can cover more.",
)
DISPLACED = Template(
    "大型活动影响课后服务{value}人次；已证明：在这份每周课表下，活动换到任何别的日子都不会更少。",
    "Events push out {value} {value:person-session|person-sessions}; it is proved that with "
    "this weekly timetable no "
    "other dates push out fewer.",
)
DISPLACED_UNPROVED = Template(
    "大型活动影响课后服务{value}人次；已证明：在这份每周课表下，至少{bound}人次无法避免。",
    "Events push out {value} {value:person-session|person-sessions}; with this weekly "
    "timetable at least {bound} "
    "{bound:is|are} proved unavoidable.",
)
DISPLACED_UNKNOWN = Template(
    "大型活动影响课后服务{value}人次；能否再少，尚未证明。",
    "Events push out {value} {value:person-session|person-sessions}; whether fewer is possible "
    "is not proved.",
)
DISPLACED_KEPT = Template(
    "大型活动影响课后服务{value}人次；已证明：已公布的活动不改期，在这份每周课表下就不会更少。",
    "Events push out {value} {value:person-session|person-sessions}; it is proved that with this "
    "weekly timetable, and published events on their dates, it cannot be fewer.",
)
UNPLACED = Template(
    "有{count}项大型活动或彩排排不进去：{events}。原因见“大型活动”表。",
    "{count} {count:event or rehearsal|events or rehearsals} could not be placed: {events}. "
    "The sheet Events says why.",
)
EVENT_POSTS = Template(
    "大型活动有{count}个岗位没有找到合适的自愿人员：{events}。",
    "For {count} {count:post of an event|posts of events} nobody was found who has agreed and "
    "is fit and free: {events}.",
)
EVENT_POSTS_UNDECIDED = Template(
    "大型活动有{count}个岗位暂时空着：{events}。求解结束时还没有看完可以担任的人；"
    "给更多时间用 rerun 再排一次，也许能补上。",
    "{count} {count:post of an event is|posts of events are} still open: {events}. The search "
    "ended before it was known whether those who could come are free; rerun with more time may "
    "fill {count:it|them}.",
)
BECAUSE_OF_EVENTS = Template(
    "其中{count}个是因大型活动而空缺的。", "{count} of these {count:is|are} open because of events."
)
EVENTS_QUALITY = Template(
    "大型活动排在每周课表之后：不计活动，每周课表的质量{how}；计入活动后扣{value}分。",
    "Events are placed after the weekly timetable: without them its quality {how}; with them it "
    "has {value} penalty {value:point|points}.",
)
WEEKLY_BEST = Template(
    "已证明为最好（扣{value}分）", "is proved the best possible ({value} {value:point|points})"
)
WEEKLY_WITHIN = Template(
    "与可能的最好结果相差不超过{gap}%（扣{value}分，任何课表至少扣{bound}分）",
    "is within {gap} % of the best possible ({value} {value:point|points}; any timetable has "
    "at least {bound})",
)
WEEKLY_FAR = Template(
    "离最好结果多远尚不清楚（扣{value}分；目前只证明了任何课表至少扣{bound}分）",
    "is not known to be near the best possible ({value} {value:point|points}; so far only "
    "{bound} is proved"
    " for any timetable)",
)
WEEKLY_UNCLEAR = Template(
    "离最好结果多远尚不清楚（扣{value}分）",
    "is not known to be near the best possible ({value} {value:point|points})",
)
CHANGED = Template(
    "与已公布的课表相比，变动代价为{value}（换人、换时间计3，换场地计1，两周内加倍）；"
    "已证明：任何每周固定的课表都不会更少。",
    "Changes to what was published cost {value} (another person or time 3, another room 1, twice"
    " within two weeks); it is proved that no weekly timetable costs less.",
)
CHANGED_UNPROVED = Template(
    "与已公布的课表相比，变动代价为{value}（换人、换时间计3，换场地计1，两周内加倍）；"
    "已证明至少为{bound}。",
    "Changes to what was published cost {value} (another person or time 3, another room 1, twice"
    " within two weeks); at least {bound} is proved unavoidable.",
)
CHANGED_UNKNOWN = Template(
    "与已公布的课表相比，变动代价为{value}（换人、换时间计3，换场地计1，两周内加倍）；"
    "能否再少，尚未证明。",
    "Changes to what was published cost {value} (another person or time 3, another room 1, twice"
    " within two weeks); whether less is possible is not proved.",
)
BOUGHT = Template(
    "另有代价为{value}的变动是为改善质量而允许的（--allow）。",
    "Changes at a further cost of {value} were allowed for the sake of quality (--allow).",
)
WORST_OFF = Template(
    "先顾最差：没有人的意愿满足度低于{percent}%，已证明不可能更高；"
    "从最低一档起，每档5个百分点，{classes}档（共{every}档）已证明人数最少。",
    "Worst-off first: nobody has less than {percent} % of their wishes, and it is proved that "
    "no timetable does better; for {classes} of {every} classes of 5 points, from the lowest, it "
    "is proved that fewer people cannot be in them.",
)
WORST_OFF_UNPROVED = Template(
    "先顾最差：没有人的意愿满足度低于{percent}%；是否还能更高尚未证明。"
    "从最低一档起，每档5个百分点，{classes}档（共{every}档）已证明人数最少。",
    "Worst-off first: nobody has less than {percent} % of their wishes; whether more is possible "
    "is not proved. For {classes} of {every} classes of 5 points, from the lowest, it is proved "
    "that fewer people cannot be in them.",
)
HEAVIEST = Template(
    "先减最累：没有人的工作量超出应承担份额{units}个单位以上，已证明不可能更低；"
    "从超出最多的一档起，每档1个单位，{classes}档（共{every}档）已证明人数最少。",
    "Heaviest load first: nobody is more than {units} {units:unit|units} above the fair share, "
    "and it is "
    "proved that no timetable does better; for {classes} of {every} classes of one unit, from "
    "the greatest, it is proved that fewer people cannot be in them.",
)
HEAVIEST_UNKNOWN = Template(
    "先减最累：没有人的工作量超出应承担份额{units}个单位以上；能否更低尚未证明。"
    "从超出最多的一档起，每档1个单位，{classes}档（共{every}档）已证明人数最少。",
    "Heaviest load first: nobody is more than {units} {units:unit|units} above the fair share; "
    "whether less is "
    "possible is not proved. For {classes} of {every} classes of one unit, from the greatest, it "
    "is proved that fewer people cannot be in them.",
)
HEAVIEST_UNPROVED = Template(
    "先减最累：没有人的工作量超出应承担份额{units}个单位以上；已证明至少有人要超出{bound}个单位，"
    "能否更低尚未证明。从超出最多的一档起，每档1个单位，{classes}档（共{every}档）已证明人数最少。",
    "Heaviest load first: nobody is more than {units} {units:unit|units} above the fair share; "
    "it is proved "
    "that somebody must be {bound} {bound:unit|units} above it, not that fewer are impossible. "
    "For {classes} of "
    "{every} classes of one unit, from the greatest, it is proved that fewer people cannot be in "
    "them.",
)
BEST = Template(
    "在此前提下，质量（意愿、公平、连续性等）已证明为最好（扣{value}分，0分为人人如愿）。",
    "Given that, quality (wishes, fairness, continuity) is proved the best possible "
    "({value} penalty {value:point|points}; 0 would be every wish met).",
)
WITHIN = Template(
    "在此前提下，质量（意愿、公平、连续性等）与可能的最好结果相差不超过{gap}%"
    "（扣{value}分，任何课表至少扣{bound}分）。",
    "Given that, quality (wishes, fairness, continuity) is within {gap} % of the best possible "
    "({value} penalty {value:point|points}; any timetable has at least {bound}).",
)
FAR = Template(
    "质量扣{value}分；目前只证明了任何课表至少扣{bound}分，离最好结果多远尚不清楚。",
    "Quality has {value} penalty {value:point|points}; so far only {bound} is proved for any "
    "timetable, so "
    "how far the best possible is remains unclear.",
)
NO_GAP = Template(
    "前面的目标尚未证明为最好，因此不给出质量差距（扣{value}分）。",
    "What goes before is not proved best, so no distance is stated for quality "
    "({value} penalty {value:point|points}).",
)
NO_BOUND = Template(
    "质量扣{value}分；最少能到多少尚不清楚。",
    "Quality has {value} penalty {value:point|points}; how few are possible is not known.",
)
INTERRUPTED = Template(
    "求解被提前停止：这是到那时为止找到的最好课表。",
    "The search was stopped early: this is the best timetable found until then.",
)
HARD = Template(
    "注意：有{count}处违反必须遵守的规则，请先改正再使用。",
    "Attention: {count} {count:breach|breaches} of rules that must hold. Correct "
    "{count:it|them} before use.",
)
PINS = Template(
    "有{count}项指定无法满足，已略去：{pins}",
    "{count} {count:pin|pins} cannot be kept and {count:was|were} left out: {pins}",
)
NOTHING = Template("没有得到课表。", "No timetable was found.")
FAR_GAP = 0.5


@dataclass(frozen=True)
class Statement:
    """One sentence.

    ``alarm`` asks for attention, ``main`` is said large; ``public`` may be sent round: it is
    about posts, not about wishes and fairness.
    """

    message: Message
    alarm: bool = False
    main: bool = False
    public: bool = False


def verdict(result: Result, since: dt.date | None = None) -> tuple[Statement, ...]:
    """The sentences of a result, the most important first.

    ``since``: the date from which the timetable holds; events before it are history.
    """
    return tuple(_statements(result, since))


def _statements(result: Result, since: dt.date | None) -> Iterator[Statement]:
    if result.hard_findings:
        yield Statement(HARD(count=result.hard_findings), alarm=True, main=True)
    if result.status in ("unknown", "infeasible") and not result.people:
        yield Statement(NOTHING(), alarm=True, main=True)
    yield _coverage(result)
    yield from _events(result, since)
    stability, displacement = result.level("stability"), result.level("displacement")
    if displacement is not None and displacement.value:
        # a rerun leaves published events where they are, and proves no more than that allows
        proved = DISPLACED if stability is None else DISPLACED_KEPT
        yield _counted(displacement, proved, DISPLACED_UNPROVED, DISPLACED_UNKNOWN)
    if stability is not None and stability.value:
        yield from _changed(result, stability)
    fair = result.level("fairness")
    if fair is not None:
        yield Statement(_worst_off(result, fair))
    quality = result.level("quality")
    if quality is not None:
        yield Statement(_quality(result, quality), main=result.gap is not None)
    if result.interrupted:
        yield Statement(INTERRUPTED())
    if result.pin_issues:
        pins = [Label(issue.zh, issue.en) for issue in result.pin_issues]
        yield Statement(PINS(count=len(pins), pins=pins), alarm=True)


def _worst_off(result: Result, fair: Level) -> Message:
    proved = {
        "classes": result.fairness_classes_proved or 0,
        "every": 20 if result.fairness_classes is None else result.fairness_classes,
    }
    if result.fairness_by != "load":
        form = WORST_OFF if fair.proved else WORST_OFF_UNPROVED
        return form(percent=100 - fair.value, **proved)
    if fair.proved:
        return HEAVIEST(units=fair.value, **proved)
    if fair.bound:
        return HEAVIEST_UNPROVED(units=fair.value, bound=fair.bound, **proved)
    return HEAVIEST_UNKNOWN(units=fair.value, **proved)


def _events(result: Result, since: dt.date | None) -> Iterator[Statement]:
    """Events without a date or without enough people."""
    before = result.before_events
    if before is not None and before.more_open > 0:
        yield Statement(BECAUSE_OF_EVENTS(count=before.more_open), alarm=True, public=True)
    unplaced = [one.event for one in result.events if not one.dates]
    if unplaced:
        names = tuple(dict.fromkeys(unplaced))
        yield Statement(UNPLACED(count=len(unplaced), events=names), alarm=True, public=True)
    ahead = [one for one in result.events if not one.is_over(since)]
    for form, wanting in (
        (EVENT_POSTS, {one.event: one.open_posts - one.undecided for one in ahead}),
        (EVENT_POSTS_UNDECIDED, {one.event: one.undecided for one in ahead}),
    ):
        those = [event for event, count in wanting.items() if count]
        if those:
            said = form(count=sum(wanting.values()), events=those)
            yield Statement(said, alarm=True, public=True)


def _changed(result: Result, stability: Level) -> Iterator[Statement]:
    """What changes cost: those that had to be, and those that were allowed beside."""
    bought = 0 if result.changes is None else result.changes.bought
    needed = stability.model_copy(update={"value": stability.value - bought})
    if needed.value:
        yield _counted(needed, CHANGED, CHANGED_UNPROVED, CHANGED_UNKNOWN)
    if bought:
        yield Statement(BOUGHT(value=bought))


def _counted(level: Level, proved: Template, unproved: Template, unknown: Template) -> Statement:
    if level.proved:
        return Statement(proved(value=level.value))
    if level.bound <= 0:
        return Statement(unknown(value=level.value))
    return Statement(unproved(value=level.value, bound=level.bound))


def _coverage(result: Result) -> Statement:
    count = result.uncovered_sessions
    level = result.level("coverage")
    if not count:
        return Statement(COVERED(), main=True, public=True)
    before = result.before_events
    if before is not None and 0 < before.open <= before.open_bound:
        said = OPEN_BEFORE_PROVED(count=count, open=before.open)
        return Statement(said, alarm=True, main=True, public=True)
    if level is not None and level.proved:
        return Statement(OPEN_PROVED(count=count), alarm=True, main=True, public=True)
    if level is not None and level.value == count and level.bound > 0:
        return Statement(
            OPEN_BOUND(count=count, bound=level.bound), alarm=True, main=True, public=True
        )
    return Statement(OPEN_UNPROVED(count=count), alarm=True, main=True, public=True)


def _weekly(before: BeforeEvents) -> Message:
    """How good the weekly timetable is without the events."""
    if before.gap is None:
        return WEEKLY_UNCLEAR(value=before.value)
    if before.gap >= FAR_GAP:
        return WEEKLY_FAR(value=before.value, bound=before.bound)
    if before.bound >= before.value:
        return WEEKLY_BEST(value=before.value)
    gap = math.ceil(round(before.gap * 1000, 6)) / 10
    return WEEKLY_WITHIN(gap=f"{gap:g}", value=before.value, bound=before.bound)


def _quality(result: Result, level: Level) -> Message:
    if result.before_events is not None:
        return EVENTS_QUALITY(how=_weekly(result.before_events), value=level.value)
    if result.gap is None:
        before = result.levels[:-1]
        return (NO_BOUND if all(one.proved for one in before) else NO_GAP)(value=level.value)
    if level.proved:
        return BEST(value=level.value)
    if result.gap >= FAR_GAP:
        return FAR(value=level.value, bound=level.bound)
    gap = math.ceil(round(result.gap * 1000, 6)) / 10
    return WITHIN(gap=f"{gap:g}", value=level.value, bound=level.bound)
