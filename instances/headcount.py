"""How many children are where: what stays of a class, and what a club takes from each."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal

from instances.blocks import Block
from instances.school import Activity, Instance, Participation, SchoolClass
from instances.words import Weekday


def present(school_class: SchoolClass, weekday: Weekday, segment: str) -> int:
    """Children of a class that stay on a weekday and segment (halves round up)."""
    best: Participation | None = None
    rank = -1
    for entry in school_class.participation:
        if entry.weekday not in (None, weekday) or entry.segment not in (None, segment):
            continue
        specific = 2 * (entry.segment is not None) + (entry.weekday is not None)
        if specific > rank:
            best, rank = entry, specific
    share = best.share if best else Decimal(1)
    return int((school_class.size * share).quantize(Decimal(1), rounding=ROUND_HALF_UP))


def present_at(instance: Instance, classes: Iterable[str], block: Block) -> int:
    """Children of several classes that stay at a block: the most in any of its segments."""
    found = [instance.class_by_name[name] for name in classes]
    return max(
        sum(present(one, block.weekday, segment) for one in found) for segment in block.segments
    )


def taken(instance: Instance, activity: Activity) -> dict[str, int]:
    """Children that a group activity takes from each class.

    A total is spread over the classes it is for in proportion to their sizes, by largest
    remainders; without a total whole classes attend.
    """
    classes = instance.attending(activity)
    if activity.attendance is None:
        return {school_class.name: school_class.size for school_class in classes}
    pupils = sum(school_class.size for school_class in classes)
    total = min(activity.attendance, pupils)
    if not total:
        return {}
    parts = {
        school_class.name: divmod(total * school_class.size, pupils) for school_class in classes
    }
    shares = {name: whole for name, (whole, _) in parts.items()}
    spare = total - sum(shares.values())
    for name in sorted(parts, key=lambda name: -parts[name][1])[:spare]:
        shares[name] += 1
    return shares


def adults(children: int, ratio: int) -> int:
    """Adults needed for so many children: none for none."""
    return max(0, -(-children // ratio))
