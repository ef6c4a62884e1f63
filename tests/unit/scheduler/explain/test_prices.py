"""What a rule or a pin costs, in schools small enough to count it by hand."""

from __future__ import annotations

import pytest

from constraints.examples import Tiny, wish
from instances.words import Level, Weekday
from scheduler.explain.prices import Levels, prices
from scheduler.progress import Control
from scheduler.search import Settings

ALONE = Settings(1, 0)
WISHES = (wish("Tue 作业", Level.RATHER_NOT), wish("Wed 作业", Level.PREFERS))


def test_a_pin_costs_the_wishes_it_stands_against() -> None:
    school = Tiny().classes("三1").care("Tue", "Wed").staff("李明", default=Level.WILLING)
    school.staff("王芳", default=Level.WILLING, wishes=WISHES)
    school.pin("看护", weekday=Weekday.TUE, staff="王芳")
    school.pin("看护", weekday=Weekday.WED, staff="李明")
    instance, _ = school.done()
    found = prices(instance, Control(), ALONE)
    pins = [price for price in found if price.kind == "pin"]
    # without the first she changes places with 李明, without the second she may have both days:
    # either way the share of her wishes is as good as it can be
    assert len(pins) == 2
    for pin in pins:
        assert pin.proved
        assert pin.what.text("zh").startswith("固定项")
        assert pin.now.points > pin.then.points == 0
        assert (pin.now.open, pin.then.open) == (0, 0)
    wishes = next(price for price in found if price.rule == "unmet-wish")
    assert wishes.own + wishes.now.points == pins[0].now.points


def test_a_cap_costs_what_stays_open() -> None:
    instance, _ = Tiny().classes("三1").staff("王芳", cap_week=1).care("Tue", "Wed").done()
    (cap,) = [price for price in prices(instance, Control(), ALONE) if price.kind == "cap"]
    # one of two posts a week for two weeks
    assert (cap.now.open, cap.then.open) == (2, 0)
    assert cap.to_json("en")["what"] == "everybody's weekly cap"


def test_where_nothing_is_lost_nothing_has_a_price() -> None:
    instance, _ = Tiny().classes("三1").staff("王芳").care("Tue").done()
    assert not [p for p in prices(instance, Control(), ALONE) if p.now != Levels(0, 0)]


def test_a_larger_school_is_only_bettered(monkeypatch: pytest.MonkeyPatch) -> None:
    instance, _ = Tiny().classes("三1").staff("王芳", cap_week=1).care("Tue", "Wed").done()
    monkeypatch.setattr("scheduler.explain.prices.is_small", lambda _: False)
    found = prices(instance, Control(), ALONE)
    assert found
    assert not any(price.proved for price in found)
