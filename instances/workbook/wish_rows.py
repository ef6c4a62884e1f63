"""The rows of wishes: a grid where one can hold them all, else one answer per row."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from instances.messages import Lang
from instances.school import DAYS, Instance, Segment, SlotWish, Staff
from instances.words import Weekday
from instances.workbook.content import Content, Row
from instances.workbook.sheet import CellKind
from instances.workbook.spec import SHEET_BY_KEY, WISHES_LIST, wish_heading

MOST_ACTIVITY_COLUMNS = 8
"""With wishes for more activities than these, they go to a sheet of their own."""

Slot = tuple[Weekday, str]


def wishes_contents(instance: Instance, lang: Lang) -> dict[str, Content]:
    """The sheets of wishes for slots and for activities, by key."""
    slots = _slots(instance)
    slot_order = {slot: index for index, slot in enumerate(slots)}
    activities = _activities(instance)
    activity_order = {name: index for index, name in enumerate(activities)}
    if not all(_rises([slot_order[_slot(w)] for w in p.wishes]) for p in instance.staff):
        wishes, activities = Content(WISHES_LIST, tuple(_list_rows(instance))), ()
    else:
        as_columns = len(activities) <= MOST_ACTIVITY_COLUMNS and all(
            _rises([activity_order[w.activity] for w in p.activity_wishes]) for p in instance.staff
        )
        activities = activities if as_columns else ()
        headings = [wish_heading(*slot, lang) for slot in slots] + list(activities)
        rows = tuple(_grid_row(person, activities, lang) for person in instance.staff)
        wishes = Content(SHEET_BY_KEY["wishes"], rows, dict.fromkeys(headings, CellKind.WORD))
    listed = () if activities else tuple(_activity_rows(instance))
    return {
        "wishes": wishes,
        "activity_wishes": Content(SHEET_BY_KEY["activity_wishes"], listed),
    }


def slots_of(segments: Sequence[Segment], bands: Sequence[str]) -> list[Slot]:
    """The weekdays and bands on which a school has service, as the grid's columns show them."""
    met = {
        (weekday, segment.band_name)
        for segment in segments
        for timing in segment.timings
        for weekday in timing.weekdays
    } or {(weekday, band) for weekday in DAYS for band in bands}
    return [(weekday, band) for weekday in Weekday for band in bands if (weekday, band) in met]


def _slots(instance: Instance) -> list[Slot]:
    slots = slots_of(instance.segments, instance.bands)
    wished = (_slot(wish) for person in instance.staff for wish in person.wishes)
    return slots + sorted(set(wished) - set(slots))


def _slot(wish: SlotWish) -> Slot:
    return wish.weekday, wish.band


def _activities(instance: Instance) -> tuple[str, ...]:
    """The activities that somebody has a wish for, in the order of the activities."""
    wished = {wish.activity for person in instance.staff for wish in person.activity_wishes}
    known = [activity.name for activity in instance.activities if activity.name in wished]
    return (*known, *sorted(wished.difference(known)))


def _rises(order: list[int]) -> bool:
    return order == sorted(set(order))


def _grid_row(person: Staff, activities: Sequence[str], lang: Lang) -> Row:
    slots = {wish_heading(wish.weekday, wish.band, lang): wish.level for wish in person.wishes}
    wishes = {wish.activity: wish.level for wish in person.activity_wishes}
    return {
        "staff": person.name,
        "number": person.number,
        **slots,
        **{name: wishes.get(name) for name in activities},
    }


def _list_rows(instance: Instance) -> Iterator[Row]:
    for person in instance.staff:
        for wish in person.wishes:
            yield {
                "staff": person.name,
                "number": person.number,
                "weekday": (wish.weekday,),
                "band": (wish.band,),
                "level": wish.level,
            }


def _activity_rows(instance: Instance) -> Iterator[Row]:
    for person in instance.staff:
        for wish in person.activity_wishes:
            yield {
                "staff": person.name,
                "number": person.number,
                "activity": wish.activity,
                "level": wish.level,
            }
