"""What a calendar program makes of an iCalendar file."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from typing import Any

import icalendar

Slot = tuple[str, dt.datetime, dt.datetime, str]


def expanded(text: bytes) -> Counter[Slot]:
    """What a calendar program shows, by the rules of RFC 5545, written anew for the test."""
    shown: dict[tuple[str, dt.datetime], Slot] = {}
    events: list[Any] = icalendar.Calendar.from_ical(text).walk("VEVENT")
    for event in sorted(events, key=lambda one: "RECURRENCE-ID" in one):
        uid, start, end = str(event["UID"]), event["DTSTART"].dt, event["DTEND"].dt
        words = (str(event["SUMMARY"]), str(event.get("LOCATION", "")))
        if "RECURRENCE-ID" in event:
            moment = event["RECURRENCE-ID"].dt
            assert (uid, moment) in shown, "an exception to something that the rule has"
            shown[uid, moment] = (words[0], start, end, words[1])
            continue
        rule = event.get("RRULE", {})
        step = dt.timedelta(weeks=rule.get("INTERVAL", [1])[0])
        skipped = event.get("EXDATE", [])
        skipped = skipped if isinstance(skipped, list) else [skipped]
        gone = {moment.dt for one in skipped for moment in one.dts}
        moment = start
        while moment <= rule.get("UNTIL", [start])[0]:
            if moment not in gone:
                assert (uid, moment) not in shown, "one identity, one series"
                shown[uid, moment] = (words[0], moment, moment + (end - start), words[1])
            moment += step
    return Counter(shown.values())
