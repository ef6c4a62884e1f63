"""Which things with dates happen at the same moment."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from constraints.clash import largest, parts, together

masks = st.lists(st.integers(1, 255), min_size=1, max_size=6)


def test_every_week_meets_odd_and_even_but_these_not_each_other() -> None:
    every, odd, even = 0b1111, 0b0101, 0b1010
    assert sorted(map(sorted, together([every, odd, even]))) == [[0, 1], [0, 2]]


def test_nothing_is_together_with_nothing() -> None:
    assert together([]) == []
    assert together([0, 0]) == []


@given(masks)
def test_parts_split_the_days(days: list[int]) -> None:
    pieces = parts(days)
    union = 0
    for piece in pieces:
        assert piece
        assert not union & piece
        union |= piece
        for mask in days:
            assert piece & mask in (0, piece)
    assert all(mask & ~union == 0 for mask in days)


@given(masks)
def test_two_are_together_exactly_if_they_share_a_day(days: list[int]) -> None:
    cliques = together(days)
    for i, one in enumerate(days):
        for j, other in enumerate(days):
            if i != j:
                assert any({i, j} <= clique for clique in cliques) == bool(one & other)


@given(masks)
def test_all_of_a_set_share_one_day(days: list[int]) -> None:
    for clique in together(days):
        common = ~0
        for index in clique:
            common &= days[index]
        assert common


def test_rows_within_others_set_by_set_are_left_out() -> None:
    one, two = frozenset({1}), frozenset({1, 2})
    # ({1}, {1}) is within ({1, 2}, {1}); ({1}, {1, 2}) is not, since its second set is larger
    assert largest([(one, one), (two, one), (one, two)]) == [(one, two), (two, one)]
    assert largest([]) == []
