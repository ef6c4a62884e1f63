"""What a solve returns: the timetable, how good it is, and how that is known."""

from __future__ import annotations

import datetime as dt
from typing import Any, Literal

from pydantic import Field

from instances.event_sessions import line_of_event
from instances.events import kind_of_post
from instances.school import Instance, Record
from instances.timetable import Timetable
from scheduler.changes import Change, ChangeCount

SolveStatus = Literal["optimal", "feasible", "infeasible", "unknown"]


class Level(Record):
    """One level of the objective: its value and a proven lower bound."""

    name: Literal["coverage", "displacement", "stability", "fairness", "quality"]
    value: int
    bound: int

    @property
    def proved(self) -> bool:
        return self.value <= self.bound


class PersonFigures(Record):
    """One person's term: load and share in units, and the share of wishes granted.

    ``wish_share`` is ``None`` for those who hold nothing or have no choice. ``unwelcome``:
    weekly slots late on Friday or not wished for; ``unwelcome_part``: one's fair part of the
    late ones, ``None`` for those without a share.
    """

    load: float
    share: float | None
    posts: int
    sessions: int
    covers: int
    wish_share: float | None
    unwelcome: int = 0
    unwelcome_part: float | None = None


class Fairness(Record):
    """Loads in units over the term, wishes as shares from 0 to 1 (design: Fairness).

    ``load_gini`` (0: all alike) and ``load_jain`` (1: all alike) are of load divided by share,
    among those who have a share; 0 and 1 where nobody works. ``unwelcome_max`` is the most
    unwelcome weekly slots that one person with a share has; ``unwelcome_mean_abs_dev`` the
    mean distance from each one's part.
    """

    load_max_over: float
    load_mean_abs_dev: float
    wishes_worst: float | None
    wishes_mean: float | None
    load_gini: float = 0.0
    load_jain: float = 1.0
    unwelcome_max: int = 0
    unwelcome_mean_abs_dev: float = 0.0


class PinIssue(Record):
    """A pin that no timetable can keep: its index in the input, and why."""

    pin: int
    zh: str
    en: str


class RoomIssue(Record):
    """Why the rooms do not suffice for any timetable."""

    zh: str
    en: str


class Offer(Record):
    """What ``allow`` further changes of posts would gain at least, in points of quality."""

    allow: int
    points: int


class EventFigures(Record):
    """What is known of an event, or a rehearsal (``number``), and of its date.

    ``displaced``: people × sessions that it pushes out, ``clubs`` the club meetings among
    them. ``as_good``: other dates on which no more falls out. ``next_date``: the best of the
    others, with what it would push out there (``next_displaced``, ``next_clubs``) and how much
    more all events together then would (``next_more``). ``open_posts`` have nobody;
    of ``undecided`` of these it is not known whether somebody could have them, since the search
    ended before. ``open_reasons`` say why, by kind of post (``referee.1``), where it is known.
    Without ``dates`` it was not placed; ``reason`` says why, in both languages.
    """

    event: str
    rehearsal: int = 0
    dates: tuple[dt.date, ...] = ()
    segments: tuple[str, ...] = ()
    whole_day: bool = False
    displaced: int = 0
    clubs: int = 0
    next_date: dt.date | None = None
    next_displaced: int = 0
    next_clubs: int = 0
    next_more: int = 0
    as_good: int = 0
    open_posts: int = 0
    undecided: int = 0
    open_reasons: dict[str, dict[Literal["zh", "en"], str]] = Field(default_factory=dict)
    reason: dict[Literal["zh", "en"], str] = Field(default_factory=dict)

    def is_over(self, since: dt.date | None) -> bool:
        """Whether it lies before the date of a rerun: it is counted, and alarms, no more."""
        return since is not None and bool(self.dates) and self.dates[-1] < since


class BeforeEvents(Record):
    """What is proved of the weekly pattern: its quality without the events, with a bound.

    ``open`` and ``open_bound``: its dated open posts; ``more_open`` are open because of events.
    """

    value: int
    bound: int
    gap: float | None
    open: int = 0
    open_bound: int = 0
    more_open: int = 0


class Result(Record):
    """A solved term; ``infeasible`` only where the rooms are too few (``room_issues``).

    ``tiers``: dated open posts per coverage tier. ``open_reasons``: for each open line of
    the pattern, why it is open, in both languages. ``proof`` says how far the levels are
    proved jointly with the covers of dated absences. ``fairness_by``: where the worst-off come
    first, by what they are compared; ``fairness_classes_proved``: for how many of the
    ``fairness_classes`` value classes, from the worst, the number of people is proved least.
    """

    status: SolveStatus
    levels: tuple[Level, ...]
    gap: float | None
    seconds: float
    seed: int
    version: str
    input_sha256: str
    created: dt.datetime
    uncovered: int
    uncovered_sessions: int
    tiers: tuple[int, ...] = ()
    hard_findings: int = 0
    soft: dict[str, int] = Field(default_factory=dict)
    fairness: Fairness
    fairness_by: Literal["wishes", "load"] | None = None
    fairness_classes: int | None = None
    fairness_classes_proved: int | None = None
    people: dict[str, PersonFigures] = Field(default_factory=dict)
    open_reasons: dict[str, dict[Literal["zh", "en"], str]] = Field(default_factory=dict)
    pin_issues: tuple[PinIssue, ...] = ()
    room_issues: tuple[RoomIssue, ...] = ()
    changes: ChangeCount | None = None
    offers: tuple[Offer, ...] = ()
    events: tuple[EventFigures, ...] = ()
    before_events: BeforeEvents | None = None
    interrupted: bool = False

    def level(self, name: str) -> Level | None:
        return next((level for level in self.levels if level.name == name), None)

    @property
    def worthwhile(self) -> tuple[tuple[Offer, int], ...]:
        """The offers that gain more than any smaller one, each with how many changes were tried
        until more was gained."""
        found: list[tuple[Offer, int]] = []
        for offer in self.offers:
            if offer.points > (found[-1][0].points if found else 0):
                found.append((offer, offer.allow))
            elif found:
                found[-1] = found[-1][0], offer.allow
        return tuple(found)

    def event_reason(self, line: str) -> dict[Literal["zh", "en"], str]:
        """Why a post of an event, by its line, is open; empty where that is not known."""
        for one in self.events:
            prefix = line_of_event(one.event, "")
            if one.open_reasons and line.startswith(prefix):
                return one.open_reasons.get(kind_of_post(line.removeprefix(prefix)), {})
        return {}

    def to_json(self) -> dict[str, Any]:
        """The object that ``solve --json`` prints."""
        asked = ("changes", "fairness_by", "fairness_classes", "fairness_classes_proved")
        left_out = {"people", "open_reasons", *(n for n in asked if getattr(self, n) is None)}
        if not self.events:
            left_out |= {"events", "before_events"}
        return self.model_dump(mode="json", exclude=left_out)


class Passage(Record):
    """A sentence of an explanation, in both languages, and how it is set."""

    kind: Literal["answer", "heading", "text", "item"]
    zh: str
    en: str


class Parent(Record):
    """The timetable that another was made from: its number, and what was asked of it."""

    number: int
    input_sha256: str
    created: dt.datetime
    since: dt.date | None = None


class Published(Record):
    """Everything a timetable workbook carries with it: input, timetable and result.

    ``number`` counts the timetables of a term; one that was made from another names it as its
    ``parent`` and carries the ``changes`` from it. The date from which it holds is that of
    the timetable's history. ``explanation``: why it has gaps, and ways out, where that was asked.
    """

    instance: Instance
    timetable: Timetable
    result: Result
    number: int = 1
    parent: Parent | None = None
    changes: tuple[Change, ...] = ()
    explanation: tuple[Passage, ...] = ()

    @property
    def as_parent(self) -> Parent:
        """What a timetable that is made from this one says of it."""
        return Parent(
            number=self.number,
            input_sha256=self.result.input_sha256,
            created=self.result.created,
            since=self.timetable.since,
        )
