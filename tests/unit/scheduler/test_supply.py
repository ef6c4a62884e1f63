"""Matching places with people: as many as can be filled, and a proof for the rest."""

from __future__ import annotations

import random

import pytest

from scheduler.supply import Matching, bits

Kinds = list[tuple[int, int]]


def filled(kinds: Kinds) -> int:
    """How many places can be filled, by trying augmenting paths place by place."""
    places = [who for count, who in kinds for _ in range(count)]
    holder: dict[int, int] = {}

    def place(number: int, seen: set[int]) -> bool:
        for person in bits(places[number]):
            if person in seen:
                continue
            seen.add(person)
            if person not in holder or place(holder[person], seen):
                holder[person] = number
                return True
        return False

    return sum(place(number, set()) for number in range(len(places)))


def drawn(seed: int) -> Kinds:
    rng = random.Random(seed)
    people = rng.randint(1, 9)

    def some() -> int:
        return rng.getrandbits(people) & (rng.getrandbits(people) if rng.random() < 0.5 else -1)

    return [(rng.randint(1, 4), some()) for _ in range(rng.randint(1, 6))]


def test_bits_in_order() -> None:
    assert list(bits(0b101001)) == [0, 3, 5]
    assert list(bits(0)) == []


def test_somebody_moves_over() -> None:
    # whoever can fill the first (person 0 or 1) leaves person 1 to the second: nothing missing
    assert Matching([(1, 0b11), (1, 0b10)]).missing == [0, 0]
    assert Matching([(2, 0b11), (1, 0b10)]).missing.count(0) == 1


def test_the_short_set_is_closed() -> None:
    # three places for persons 0 and 1, of whom the second kind needs one as well: 4 - 2 = 2 short;
    # the third kind has person 2 for itself and is no part of it
    (found,) = Matching([(3, 0b011), (1, 0b001), (1, 0b100)]).short()
    assert found == ([0, 1], 0b011)


@pytest.mark.parametrize("seed", range(300))
def test_nobody_could_fill_more(seed: int) -> None:
    kinds = drawn(seed)
    matching = Matching(kinds)
    asked = sum(count for count, _ in kinds)
    assert asked - sum(matching.missing) == filled(kinds)
    for held, (count, who), missing in zip(matching.held, kinds, matching.missing, strict=True):
        assert held & ~who == 0
        assert held.bit_count() == count - missing
    # each short set asks for more than there are people for it, by exactly what is missing
    proved = sum(
        sum(kinds[kind][0] for kind in found) - people.bit_count()
        for found, people in matching.short()
    )
    assert proved == sum(matching.missing)
