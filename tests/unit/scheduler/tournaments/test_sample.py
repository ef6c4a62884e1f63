"""The ball games of the bundled primary school."""

from __future__ import annotations

from instances.samples import primary_36
from scheduler.tournaments.audit import Audit
from scheduler.tournaments.book import Book
from scheduler.tournaments.make import make
from scheduler.tournaments.verdict import statements
from tests.helpers.tourneys import task


def test_ball_games_fit() -> None:
    instance = primary_36.build()
    what = task(instance)
    programme = make(what)
    assert not list(Audit(what.grounds, what.draws, programme.appointments).breaches())
    # six classes of grade 5 each against each: 15; two groups of three of grade 6: 2 x 3, two
    # semi-finals, third place, final: 10
    assert [len(draw.fixtures) for draw in what.draws] == [15, 10]
    assert len(programme.appointments) == 25
    assert all(step.proved for step in programme.levels)
    texts = [one.message.text("zh") for one in statements(Book(instance, what.draws, programme))]
    assert texts[0].startswith("“五年级篮球赛”：6队，15场，全部排下")
