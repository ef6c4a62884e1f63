"""The facts of a clash in sentences, each with its cells."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from constraints.pins import PinText
from instances.messages import Lang, Message, Template
from instances.problems import Path, Place
from instances.school import Instance
from scheduler.explain.arranging import AllowRoom, AllowSlot, DropPin, OpenRoom
from scheduler.explain.asking import CAP_WORDS, Ask, AskFor, Name, RaiseCap, Train
from scheduler.explain.blame import Clash, Fact
from scheduler.explain.fixes import located

FEW_NAMES = 8

WITHHELD = Template(
    "{weekday}“{band}”：{count}人没有同意（{people}）",
    "{weekday} {band}: {people} {count:has|have} not agreed",
)
WITHHELD_FOR = Template(
    "“{activity}”：{count}人没有同意（{people}）",
    "{activity}: {people} {count:has|have} not agreed",
)
CAPPED = Template("{cap}：{people}", "{cap} of {people}")
SKILLED = Template("具备“{skill}”的只有 {people}", "{skill}: only {people} can do it")
SKILLED_NOBODY = Template("没有人具备“{skill}”", "{skill}: nobody can do it")
NAMED = Template("“{activity}”只由指定人员担任：{people}", "{activity} is reserved for {people}")
SLOTS = Template("“{activity}”只能在填写的时段", "{activity} may meet only at the times given")
ROOMS = Template("“{activity}”只能用填写的场地", "{activity} may use only the rooms given")
CLOSED = Template("{room}关闭", "the room {room} is closed")
PINNED = Template("固定项“{pin}”", "the pin “{pin}”")
SEVERAL = Template("{names}和另外{more}人", "{names} and {more} {more:other|others}")


def fact_message(fact: Fact, school: Instance) -> Message:
    """What the school's input says that stands in the way."""
    first = fact.easings[0]
    people = list(dict.fromkeys(e.person for e in fact.easings if e.person))
    match first:
        case Ask():
            facts = {"count": len(people), "people": _names(people)}
            return WITHHELD(weekday=first.weekday, band=first.band, **facts)
        case AskFor():
            facts = {"count": len(people), "people": _names(people)}
            return WITHHELD_FOR(activity=first.activity, **facts)
        case RaiseCap():
            return CAPPED(cap=CAP_WORDS[first.cap], people=_names(people))
        case Train():
            able = [one.key for one in school.staff if first.skill in one.skills]
            form = SKILLED if able else SKILLED_NOBODY
            return form(skill=first.skill, people=_names(able))
        case Name():
            listed = school.activity_by_name[first.activity].staff
            return NAMED(activity=first.activity, people=_names(list(listed)))
        case AllowSlot():
            return SLOTS(activity=first.activity)
        case AllowRoom():
            return ROOMS(activity=first.activity)
        case OpenRoom():
            return CLOSED(room=first.room)
        case DropPin():
            return PINNED(pin=PinText(first.pin))
    raise TypeError(f"{first} is not a fact of the input")


def clash_json(
    clash: Clash, lang: Lang, school: Instance, places: Mapping[Path, Place]
) -> dict[str, Any]:
    return {
        "minimal": clash.minimal,
        "beyond": clash.beyond,
        "facts": [
            {
                "kind": fact.easings[0].kind,
                "what": fact_message(fact, school).text(lang),
                "people": [easing.person for easing in fact.easings if easing.person],
                "decided": fact.decided,
                "where": [
                    {"sheet": place.sheet, "cell": place.cell}
                    for place in located(fact.easings, school, places)
                ],
            }
            for fact in clash.facts
        ],
    }


def _names(people: list[str]) -> list[str] | Message:
    if len(people) <= FEW_NAMES:
        return people
    return SEVERAL(names=people[:FEW_NAMES], more=len(people) - FEW_NAMES)
