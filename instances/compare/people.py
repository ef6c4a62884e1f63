"""People: who left, who joined, who is away, and what they agree to now."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping

from instances.compare.difference import Difference, Sort, dates_of, field_difference
from instances.messages import Bilingual, Message, Template
from instances.problems import Path
from instances.school import Busy, Instance, Period, Staff
from instances.words import Level, Parity, Weekday
from instances.workbook.wish_rows import slots_of

LEAVES = Template("{name}离开（{date}起）", "{name} leaves (from {date})")
DELETED = Template(
    "{name}离开（已不在“教师”表中，{date}起）", "{name} leaves (no longer listed, from {date})"
)
STAYS = Template("{name}不再离开（原定{date}起离开）", "{name} stays (was to leave from {date})")
MOVED = Template(
    "{name}改为{new}起离开（原定{old}起）", "{name} leaves from {new} instead of from {old}"
)
JOINS = Template("新增：{name}", "joined: {name}")
JOINS_FROM = Template("新增：{name}（{date}起）", "joined: {name} (from {date})")
AWAY = Template("{name}请假：{dates}", "{name} on leave: {dates}")
BACK = Template("{name}不再请假：{dates}", "{name} no longer on leave: {dates}")
BUSY = Template("{name}新增有课：{when}", "{name} newly busy: {when}")
FREE = Template("{name}不再有课：{when}", "{name} no longer busy: {when}")
HOURS = Template("{weekday} {start}–{end}", "{weekday} {start}–{end}")
SOME_WEEKS = Template("{hours}（{parity}）", "{hours} ({parity})")
SLOT = Template("{weekday}{band}", "{weekday} {band}")
WITHDRAWS = Template("{what}：{name}撤回同意", "{what}: {name} withdraws consent")
CONSENTS = Template("{what}：{name}现在同意（{new}）", "{what}: {name} consents now ({new})")
WISHES = Template(
    "{what}：{name}的意愿由{old}改为{new}", "{what}: {name}'s wish from {old} to {new}"
)
LIMITS = ("cap_day", "cap_week", "cap_term", "cap_clubs", "coefficient", "balance")
PLAIN = ("skills", "outside", "newcomer", "spread", "phone")

Levels = Mapping[object, Level]


def people(old: Instance, new: Instance, since: dt.date) -> Iterator[Difference]:
    """What differs among the staff."""
    for person in old.staff:
        if person.key in new.staff_by_key:
            continue
        gone = person.end is not None and person.end < since
        date = _after(person.end) if person.end and gone else since
        sort = Sort.PERSON if gone else Sort.LEFT
        yield Difference(sort, person.key, DELETED(name=person.key, date=date))
    folded = {one.name for one in old.activities} - {one.name for one in new.activities}
    known = set(slots_of(old.segments, old.bands))
    slots = [slot for slot in slots_of(new.segments, new.bands) if slot in known]
    for index, person in enumerate(new.staff):
        path: Path = ("staff", index)
        before = old.staff_by_key.get(person.key)
        if before is None:
            form = JOINS if person.start is None else JOINS_FROM
            facts = {"name": person.key, "date": person.start}
            joins = form(**{name: facts[name] for name in form.placeholders})
            yield Difference(Sort.JOINED, person.key, joins, path)
        elif before != person:
            yield from _person(_without(before, folded), person, slots, path)


def _without(person: Staff, folded: set[str]) -> Staff:
    """Somebody without the wishes about activities that are no more: they go with these."""
    kept = tuple(wish for wish in person.activity_wishes if wish.activity not in folded)
    return person.model_copy(update={"activity_wishes": kept})


def _after(day: dt.date) -> dt.date:
    return day + dt.timedelta(days=1)


def _person(
    old: Staff, new: Staff, slots: list[tuple[Weekday, str]], path: Path
) -> Iterator[Difference]:
    name = new.key
    yield from _leaves(name, old.end, new.end, (*path, "end"))
    yield from field_difference(Sort.PERSON, "staff", name, "start", old, new, path)
    yield from _listed(Sort.AWAY, name, (AWAY, BACK), (old.leave, new.leave), (*path, "leave"))
    for before, after, kind in (
        (_levels(old, slots), _levels(new, slots), _slot),
        (_liked(old), _liked(new), str),
    ):
        yield from _wishes(name, before, after, kind, path)
    yield from field_difference(Sort.WISHES, "staff", name, "default", old, new, path)
    for field in LIMITS:
        yield from field_difference(Sort.LIMITS, "staff", name, field, old, new, path)
    for field in PLAIN:
        yield from field_difference(Sort.PERSON, "staff", name, field, old, new, path)
    yield from _listed(Sort.PERSON, name, (BUSY, FREE), (old.busy, new.busy), (*path, "busy"))


def _leaves(
    name: str, old: dt.date | None, new: dt.date | None, path: Path
) -> Iterator[Difference]:
    """What differs in somebody's last day, told as the first on which they are gone."""
    if old == new:
        return
    if old is None and new is not None:
        yield Difference(Sort.LEFT, name, LEAVES(name=name, date=_after(new)), path)
    elif new is None and old is not None:
        yield Difference(Sort.PERSON, name, STAYS(name=name, date=_after(old)), path)
    elif old is not None and new is not None:
        moved = MOVED(name=name, old=_after(old), new=_after(new))
        yield Difference(Sort.PERSON, name, moved, path)


def _listed(
    sort: Sort,
    name: str,
    forms: tuple[Template, Template],
    lists: tuple[tuple[Period | Busy, ...], tuple[Period | Busy, ...]],
    path: Path,
) -> Iterator[Difference]:
    """What was added to a list of leave or busy hours, and what was taken out of it."""
    old, new = Counter(map(_key, lists[0])), Counter(map(_key, lists[1]))
    for n, item in enumerate(lists[1]):
        if _key(item) not in old:
            yield Difference(sort, name, _said(forms[0], name, item), (*path, n))
    for item in lists[0]:
        if _key(item) not in new:
            yield Difference(sort, name, _said(forms[1], name, item))


def _key(item: Period | Busy) -> object:
    """Reasons are no difference."""
    if isinstance(item, Busy):
        return item.weekday, item.start, item.end, item.parity
    return item.start, item.end


def _said(form: Template, name: str, item: Period | Busy) -> Message:
    if isinstance(item, Busy):
        hours = HOURS(weekday=item.weekday, start=item.start, end=item.end)
        if item.parity is not Parity.ALL:
            hours = SOME_WEEKS(hours=hours, parity=item.parity)
        return form(name=name, when=hours)
    return form(name=name, dates=dates_of(item))


def _levels(person: Staff, slots: list[tuple[Weekday, str]]) -> Levels:
    """What a person answers for each slot; a blank is the default."""
    said = {(wish.weekday, wish.band): wish.level for wish in person.wishes}
    return {slot: said.get(slot, person.default) or Level.NO for slot in slots}


def _liked(person: Staff) -> Levels:
    return {wish.activity: wish.level for wish in person.activity_wishes}


def _slot(slot: object) -> Bilingual | str:
    assert isinstance(slot, tuple)
    return SLOT(weekday=slot[0], band=slot[1])


def _wishes(
    name: str,
    old: Levels,
    new: Levels,
    shown: Callable[[object], Bilingual | str],
    path: Path,
) -> Iterator[Difference]:
    """Answers that changed, one line for each way in which they did."""
    found: dict[tuple[Level, Level], list[Bilingual | str]] = defaultdict(list)
    for place in dict.fromkeys((*old, *new)):
        before, after = old.get(place, Level.PREFERS), new.get(place, Level.PREFERS)
        if before is not after:
            found[before, after].append(shown(place))
    withdrawn = [one for (_, after), some in found.items() if after is Level.NO for one in some]
    if withdrawn:
        yield Difference(Sort.WITHDRAWN, name, WITHDRAWS(what=withdrawn, name=name), path)
    for (before, after), some in found.items():
        if after is Level.NO:
            continue
        sort, form = (Sort.CONSENT, CONSENTS) if before is Level.NO else (Sort.WISHES, WISHES)
        facts = {"what": some, "name": name, "old": before, "new": after}
        message = form(**{key: facts[key] for key in form.placeholders})
        yield Difference(sort, name, message, path)
