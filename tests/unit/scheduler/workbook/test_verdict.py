"""The sentences about quality claim what is proved, and no more."""

from __future__ import annotations

import datetime as dt

import pytest

from scheduler.result import BeforeEvents, EventFigures, Level, PinIssue, Result
from scheduler.workbook.verdict import verdict
from tests.unit.scheduler.workbook.sample import published


def said(since: dt.date | None = None, **changes: object) -> str:
    result: Result = published().result.model_copy(update=changes)
    return " ".join(statement.message.text("en") for statement in verdict(result, since))


def levels(coverage: tuple[int, int], quality: tuple[int, int]) -> tuple[Level, ...]:
    return (
        Level(name="coverage", value=coverage[0], bound=coverage[1]),
        Level(name="quality", value=quality[0], bound=quality[1]),
    )


def test_all_proved() -> None:
    text = said(
        status="optimal",
        uncovered_sessions=0,
        levels=levels((0, 0), (40, 40)),
        gap=0.0,
    )
    assert "Every post is filled" in text
    assert "proved the best possible" in text


def test_open_posts_that_nobody_can_fill_and_a_gap_rounded_up() -> None:
    # 1000 points, bound 988: (1000 - 988) / 1000 = 1.2 %; 0.01204 is said as 1.3 %
    text = said(uncovered_sessions=3, levels=levels((3, 3), (1000, 988)), gap=0.01204)
    assert "no weekly timetable can cover more" in text
    assert "within 1.3 % of the best possible" in text


@pytest.mark.parametrize(
    ("bound", "phrase"), [(0, "is not proved"), (2, "at least 2 are proved unavoidable")]
)
def test_coverage_that_is_not_proved(bound: int, phrase: str) -> None:
    text = said(uncovered_sessions=5, levels=levels((5, bound), (10, 0)), gap=None)
    assert phrase in text
    assert "nobody more" not in text
    assert "no distance is stated" in text


def test_where_all_before_it_is_proved_only_quality_is_unknown() -> None:
    """As in a rerun beside events: coverage is proved, and no bound holds for quality."""
    text = said(levels=levels((0, 0), (10, 0)), gap=None)
    assert "Quality has 10 penalty points; how few are possible is not known." in text
    assert "not proved best" not in text


def test_a_weak_bound_is_called_weak() -> None:
    text = said(uncovered_sessions=0, levels=levels((0, 0), (100, 10)), gap=0.9)
    assert "remains unclear" in text
    assert "within" not in text


def test_what_asks_for_attention() -> None:
    pins = (PinIssue(pin=0, zh="甲", en="first pin"),)
    text = said(hard_findings=2, interrupted=True, pin_issues=pins)
    assert "2 breaches" in text
    assert "stopped early" in text
    assert "first pin" in text


@pytest.mark.parametrize(
    ("bound", "phrase"),
    [
        (0, "whether less is possible is not proved"),
        (2, "somebody must be 2 units above"),
        (6, "it is proved that no timetable does better"),
    ],
)
def test_the_heaviest_load_first(bound: int, phrase: str) -> None:
    fair = Level(name="fairness", value=6, bound=bound)
    coverage, quality = levels((0, 0), (100, 10))
    text = said(
        levels=(coverage, fair, quality),
        fairness_by="load",
        fairness_classes=8,
        fairness_classes_proved=3,
    )
    assert "nobody is more than 6 units above the fair share" in text
    assert "or 3 of 8 classes of one unit" in text
    assert phrase in text


@pytest.mark.parametrize(
    ("bound", "phrase"), [(0, "is not proved"), (50, "it is proved that no timetable")]
)
def test_the_fewest_wishes_first(bound: int, phrase: str) -> None:
    fair = Level(name="fairness", value=50, bound=bound)
    coverage, quality = levels((0, 0), (100, 10))
    text = said(
        levels=(coverage, fair, quality),
        fairness_by="wishes",
        fairness_classes=20,
        fairness_classes_proved=12,
    )
    assert "nobody has less than 50 % of their wishes" in text
    assert "or 12 of 20 classes of 5 points" in text
    assert phrase in text


def test_events_are_said_apart_from_the_weekly_timetable() -> None:
    """5 open, 3 of them without the events and proved; quality proved within 1.2 % before them."""
    before = BeforeEvents(value=1000, bound=988, gap=0.012, open=3, open_bound=3, more_open=2)
    text = said(
        uncovered_sessions=5,
        levels=(
            Level(name="coverage", value=5, bound=0),
            Level(name="displacement", value=60, bound=60),
            Level(name="quality", value=1010, bound=0),
        ),
        gap=None,
        before_events=before,
        events=(EventFigures(event="meet", open_posts=1, dates=(dt.date(2026, 10, 22),)),),
    )
    assert "without the events 3, and it is proved that no weekly timetable can cover more" in text
    assert "2 of these are open because of events" in text
    assert "push out 60 person-sessions; it is proved" in text
    assert "within 1.2 % of the best possible (1000 points" in text
    assert "with them it has 1010 penalty points" in text
    assert "For 1 post of an event nobody was found" in text


def test_whether_everybody_was_looked_at_for_the_posts_of_events() -> None:
    """Of 5 open posts 3 could perhaps be filled: 2 have nobody; of a second event all 4 could."""
    meet = EventFigures(event="meet", open_posts=5, undecided=3, dates=(dt.date(2026, 10, 22),))
    match = EventFigures(event="match", open_posts=4, undecided=4, dates=(dt.date(2026, 11, 2),))
    text = said(events=(meet, match))
    assert (
        "For 2 posts of events nobody was found who has agreed and is fit and free: meet." in text
    )
    assert "7 posts of events are still open: meet, match. The search ended before" in text


def test_posts_of_events_that_have_been_do_not_alarm() -> None:
    """Three open on 22 October: history from the 23rd on, not on the day itself."""
    meet = EventFigures(event="meet", open_posts=3, undecided=1, dates=(dt.date(2026, 10, 22),))
    assert "posts of events" in said(events=(meet,), since=dt.date(2026, 10, 22))
    later = said(events=(meet,), since=dt.date(2026, 10, 23))
    assert "of events" not in later
    assert "of an event" not in later


@pytest.mark.parametrize(
    ("bound", "phrase"),
    [(0, "whether less is possible is not proved"), (7, "at least 7 is proved unavoidable")],
)
def test_nothing_proved_of_the_changes_is_not_called_a_proof(bound: int, phrase: str) -> None:
    text = said(levels=(Level(name="stability", value=9, bound=bound),))
    assert phrase in text
    assert "at least 0" not in text


@pytest.mark.parametrize(
    ("bound", "phrase"),
    [(0, "whether fewer is possible is not proved"), (7, "at least 7 are proved unavoidable")],
)
def test_nothing_proved_of_what_events_push_out(bound: int, phrase: str) -> None:
    text = said(levels=(Level(name="displacement", value=9, bound=bound),))
    assert phrase in text
    assert "at least 0" not in text


def test_a_rerun_proves_displacement_only_with_published_events_where_they_are() -> None:
    """They are held on their dates before anything is searched, so no more is known."""
    pushed = Level(name="displacement", value=9, bound=9)
    assert "no other dates push out fewer" in said(levels=(pushed,))
    text = said(levels=(pushed, Level(name="stability", value=0, bound=0)))
    assert "and published events on their dates, it cannot be fewer" in text
    assert "no other dates" not in text


@pytest.mark.parametrize("bound", [0, 1])
def test_one_of_a_thing_is_singular(bound: int) -> None:
    """One open dated post, one breach, one pin, one point: no plural is left in what is said."""
    text = said(
        uncovered_sessions=1,
        levels=levels((1, bound), (1, 1)),
        gap=None,
        hard_findings=1,
        pin_issues=(PinIssue(pin=0, zh="甲", en="first pin"),),
        before_events=BeforeEvents(value=1, bound=1, gap=0.0, more_open=1),
    )
    assert "1 dated post stays open" in text
    assert "1 of these is open because of events" in text
    assert "1 breach of rules that must hold. Correct it" in text
    assert "1 pin cannot be kept and was left out" in text
    assert "(1 point); with them it has 1 penalty point." in text


@pytest.mark.parametrize(
    ("gap", "phrase"),
    [(0.903, "so far only 105 is proved for any timetable"), (None, "(1087 points)")],
)
def test_a_weekly_timetable_that_may_be_far_from_the_best(gap: float | None, phrase: str) -> None:
    """(1087 - 105) / 1087 = 0.903; without a gap nothing is said of a bound."""
    before = BeforeEvents(value=1087, bound=105, gap=gap)
    text = said(
        levels=(
            Level(name="coverage", value=0, bound=0),
            Level(name="displacement", value=60, bound=60),
            Level(name="quality", value=1399, bound=0),
        ),
        gap=None,
        before_events=before,
        events=(EventFigures(event="meet", dates=(dt.date(2026, 10, 22),)),),
    )
    assert "is not known to be near the best possible" in text
    assert phrase in text


def test_events_that_could_not_be_placed_are_an_alarm() -> None:
    figures = EventFigures(event="meet", reason={"zh": "冲突", "en": "clash"})
    text = said(events=(figures,))
    assert "1 event or rehearsal could not be placed: meet" in text
