"""Who meets whom, in every form of tournament."""

from __future__ import annotations

from collections import Counter
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from instances.school import MatchResult
from instances.words import Form
from scheduler.tournaments.brackets import bracket, seeds_of_groups
from scheduler.tournaments.fixtures import Fixture, fixtures_of, rounds_of, serpentine
from scheduler.tournaments.standings import Score, draw_up, table_of, ties
from tests.helpers.tourneys import cup, school


@given(st.integers(2, 15))
def test_round_robin_is_complete_and_balanced(count: int) -> None:
    teams = [f"T{n}" for n in range(count)]
    rounds = rounds_of(teams)
    pairs = [frozenset(pair) for round_ in rounds for pair in round_]
    assert sorted(map(sorted, pairs)) == sorted(map(sorted, combinations(teams, 2)))
    for round_ in rounds:  # nobody twice in a round; everybody but one where the number is odd
        playing = [team for pair in round_ for team in pair]
        assert len(set(playing)) == len(playing) == count - count % 2
    first = Counter(home for round_ in rounds for home, _ in round_)
    second = Counter(away for round_ in rounds for _, away in round_)
    assert all(abs(first[team] - second[team]) <= 1 for team in teams)


@given(st.integers(2, 9))
def test_two_legs(count: int) -> None:
    instance = school(count, cup(form=Form.DOUBLE))
    fixtures = fixtures_of(instance, instance.tournaments[0])
    assert Counter(f.known for f in fixtures) == {
        (one, other): 1
        for one in instance.teams(instance.tournaments[0])
        for other in instance.teams(instance.tournaments[0])
        if one != other
    }
    assert len({f.key for f in fixtures}) == count * (count - 1)


@given(st.integers(2, 20), st.booleans())
def test_knock_out_has_byes_for_the_best_and_one_winner(count: int, third: bool) -> None:
    instance = school(count, cup(form=Form.KNOCKOUT, third_place=third))
    fixtures = fixtures_of(instance, instance.tournaments[0])
    played_for_third = third and count > 3
    assert len(fixtures) == count - 1 + played_for_third
    first = [f for f in fixtures if f.round == 1]
    size = 1 << (count - 1).bit_length()
    playing = {team for f in first for team in f.known}
    byes = instance.teams(instance.tournaments[0])[: size - count]
    assert len(playing) == 2 * len(first) == count - len(byes)
    assert playing.isdisjoint(byes)
    (final,) = [f for f in fixtures if f.size == 2]
    assert len(final.teams) == count
    assert [f.number for f in fixtures] == list(range(1, len(fixtures) + 1))


def test_bracket_of_eight() -> None:
    # 1 meets 8, 4 meets 5, 2 meets 7, 3 meets 6; 1 and 2 can meet in the final only
    assert [seed + 1 for seed in bracket(8)] == [1, 8, 4, 5, 2, 7, 3, 6]


@pytest.mark.parametrize("groups", [2, 3, 4, 6, 8])
def test_teams_of_one_group_meet_again_in_the_final_only(groups: int) -> None:
    names = [chr(ord("A") + n) for n in range(groups)]
    seeds = seeds_of_groups(names, 2)
    order = bracket(len(seeds))
    half = len(order) // 2
    place = {seeds[seed]: n for n, seed in enumerate(order) if seed < len(seeds)}
    for name in names:
        assert (place[name, 1] < half) is not (place[name, 2] < half)


def test_serpentine() -> None:
    # eight teams in three groups: 1 2 3, then 6 5 4, then 7 8
    groups = serpentine(list("12345678"), 3)
    assert groups == {"A": ["1", "6", "7"], "B": ["2", "5", "8"], "C": ["3", "4"]}


def test_groups_go_on_crosswise() -> None:
    instance = school(8, cup(form=Form.GROUPS, third_place=True))
    fixtures = fixtures_of(instance, instance.tournaments[0])
    # two groups of four: 2 x 6, two semi-finals, third place, final
    assert len(fixtures) == 16
    semi = [f for f in fixtures if f.size == 4 and f.stage == "knockout"]
    assert [(str(side(f, 0)), str(side(f, 1))) for f in semi] == [("A1", "B2"), ("B1", "A2")]
    assert [f.label.text("zh") for f in fixtures[-3:]] == ["半决赛", "三四名决赛", "决赛"]
    assert len(semi[0].after) == 12


def side(fixture: Fixture, which: int) -> str:
    source = (fixture.home, fixture.away)[which].source
    assert source is not None
    return f"{source.of}{source.number}"


def test_table_counts_points_difference_and_goals() -> None:
    instance = school(3, cup(results=()))
    keys = {f.known: f.key for f in fixtures_of(instance, instance.tournaments[0])}
    scores = {
        keys[pair]: score
        for pair, score in zip(keys, (Score(2, 0), Score(1, 1), Score(3, 0)), strict=True)
    }
    draw = draw_up(instance, instance.tournaments[0], scores)
    points = Counter[str]()
    for (home, away), score in zip(keys, scores.values(), strict=True):
        points[home] += 3 if score.home > score.away else score.home == score.away
        points[away] += 3 if score.home < score.away else score.home == score.away
    table = table_of(draw)
    assert {line.team: line.points for line in table} == dict(points)
    assert [line.points for line in table] == sorted(points.values(), reverse=True)
    assert sum(line.scored for line in table) == sum(line.conceded for line in table) == 7
    assert all(line.played == 2 for line in table)


def test_level_teams_are_told() -> None:
    instance = school(2, cup())
    (fixture,) = fixtures_of(instance, instance.tournaments[0])
    draw = draw_up(instance, instance.tournaments[0], {fixture.key: Score(1, 1)})
    assert [(a.team, b.team) for a, b in ties(table_of(draw))] == [("五1", "五2")]


def test_results_fill_the_next_round() -> None:
    # four teams: 1 beats 4 by 3:1, 2 loses to 3 by 0:1; the final is 1 against 3, third 4 against 2
    results = (
        MatchResult(home="五4", away="五1", home_score=1, away_score=3),
        MatchResult(home="五2", away="五3", home_score=0, away_score=1),
    )
    instance = school(4, cup(form=Form.KNOCKOUT, third_place=True, results=results))
    draw = draw_up(instance, instance.tournaments[0])
    assert [f.known for f in draw.fixtures] == [
        ("五1", "五4"),
        ("五2", "五3"),
        ("五4", "五2"),
        ("五1", "五3"),
    ]
    assert draw.scores[draw.fixtures[0].key] == Score(3, 1)


def test_a_level_knock_out_match_has_no_winner_yet() -> None:
    instance = school(4, cup(form=Form.KNOCKOUT))
    first = fixtures_of(instance, instance.tournaments[0])[0]
    draw = draw_up(instance, instance.tournaments[0], {first.key: Score(1, 1)})
    assert draw.undecided == (first.key,)
    assert draw.fixtures[-1].known == ()


def test_groups_decide_who_goes_on() -> None:
    instance = school(4, cup(form=Form.GROUPS, advance=1))
    fixtures = fixtures_of(instance, instance.tournaments[0])
    # groups 1, 4 and 2, 3: the side named second wins both
    scores = {f.key: Score(0, 1) for f in fixtures if f.stage == "group"}
    draw = draw_up(instance, instance.tournaments[0], scores)
    assert draw.fixtures[-1].known == tuple(f.known[1] for f in fixtures if f.stage == "group")


def test_legs_are_told_apart_by_who_is_named_first() -> None:
    results = (MatchResult(home="五2", away="五1", home_score=4, away_score=2),)
    instance = school(2, cup(form=Form.DOUBLE, results=results))
    draw = draw_up(instance, instance.tournaments[0])
    (key,) = draw.scores
    assert next(f.known for f in draw.fixtures if f.key == key) == ("五2", "五1")
