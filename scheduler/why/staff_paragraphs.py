"""The paragraphs of a letter to one person, from the facts about them."""

from __future__ import annotations

from collections.abc import Iterator

from instances.messages import Bilingual, Message
from instances.words import Level
from scheduler.why import texts
from scheduler.why.counterfactual import Answer
from scheduler.why.facts import StaffFacts, weekly_slots
from scheduler.why.grounds import Missed, Unwelcome, is_fixed, is_pinned
from scheduler.why.letter import Listed, Paragraph, PostText, people, percent, units, what_if
from scheduler.why.situation import Colleagues, Situation


class StaffParagraphs:
    """Writes to one person; ``names``: whether colleagues may be named."""

    def __init__(self, situation: Situation, facts: StaffFacts, *, names: bool) -> None:
        self.situation = situation
        self.facts = facts
        self.names = names

    def opening(self) -> Iterator[Paragraph]:
        """Everything that needs no trial: asked, got, load, wishes."""
        yield Paragraph("greeting", tuple(self._greeting()))
        yield Paragraph("asked", (self._asked_heading(),), tuple(self._asked()))
        yield Paragraph("got", (self._got_heading(),), tuple(self._got()))
        yield Paragraph("load", tuple(self._load()))
        yield Paragraph("wishes", tuple(self._wishes()))
        if self.facts.load.share and self.facts.got.weekly:
            yield Paragraph("unwelcome_work", (self._unwelcome_work(),))

    def missed(self, one: Missed, reply: Answer | None) -> Paragraph:
        """One wish that was not met."""
        after: list[Bilingual] = (
            [texts.OVERLAP] if sum(len(k) for _, k in one.grounds) > len(one.holders) else []
        )
        if is_fixed(one):
            after.append(texts.PINNED_OTHERS)
        sentences, after = list(self._missed(one)), [*after, *self._what_if(reply)]
        if not one.anywhere or not one.holders.keys:
            return Paragraph("missed", (*sentences, *after))
        return Paragraph("missed", tuple(sentences), tuple(self._grounds(one)), tuple(after))

    def unwelcome(self, one: Unwelcome, reply: Answer | None) -> Paragraph:
        """One thing held that is not welcome."""
        return Paragraph("unwelcome", (*self._unwelcome(one), *self._what_if(reply)))

    def _greeting(self) -> Iterator[Message]:
        yield texts.GREETING(name=self.facts.staff.key)
        if self.situation.timetable.since is not None:
            yield texts.SINCE(since=self.situation.timetable.since)
        if self.situation.by_hand:
            yield texts.BY_HAND(count=len(self.situation.by_hand))

    def _asked_heading(self) -> Bilingual:
        facts = self.facts.asked
        if not facts.nothing:
            return texts.ASKED
        if facts.default is None:
            return texts.ASKED_NO_DEFAULT
        if facts.default is Level.NO:
            return texts.ASKED_ONLY_NO
        return texts.ASKED_NOTHING(default=facts.default)

    def _asked(self) -> Iterator[Bilingual]:
        facts, staff = self.facts.asked, self.facts.staff
        for level in Level:
            quoted = [texts.QUOTED(name=name) for name in facts.activities[level]]
            if facts.slots[level] or quoted:
                yield texts.ASKED_LEVEL(level=level, slots=[*facts.slots[level], *quoted])
        if not facts.nothing and facts.default is not None:
            yield texts.ASKED_DEFAULT(default=facts.default)
        for name, form in texts.CAPS.items():
            if (cap := getattr(staff, name)) is not None:
                yield form(count=cap)
        if staff.spread is not None:
            yield texts.SPREAD(spread=staff.spread)
        if staff.start is not None or staff.end is not None:
            start, end = staff.start or texts.TERM_START, staff.end or texts.TERM_END
            yield texts.PRESENT(start=start, end=end)

    def _got_heading(self) -> Bilingual:
        got = self.facts.got
        if not got.weekly:
            return texts.GOT_NOTHING
        return texts.GOT(posts=len(got.weekly), days=len(got.weekdays), sessions=got.sessions)

    def _got(self) -> Iterator[Bilingual]:
        got = self.facts.got
        person = self.situation.context.people[self.facts.staff.key]
        for post, room in got.weekly:
            yield texts.POST_LEVEL(post=PostText(post, room), level=person.level(post))
        if got.turns:
            yield texts.GOT_TURNS(count=len(got.turns))
        if got.covers:
            dates = dict.fromkeys(date for date, _ in got.covers)
            yield texts.GOT_COVERS(count=len(got.covers), dates=list(dates))
        if got.covered:
            yield texts.GOT_COVERED(count=got.covered)
        if got.open_dates:
            yield texts.GOT_OPEN(count=got.open_dates)

    def _load(self) -> Iterator[Bilingual]:
        load, staff = self.facts.load, self.facts.staff
        if load.share is None:
            yield texts.LOAD_NO_SHARE(load=units(load.load))
            return
        if not load.share and not load.load and load.limited:
            yield texts.LOAD_NO_AGREEMENT
            return
        beyond = load.load - load.share
        form = texts.ABOVE if beyond > 0 else texts.BELOW
        yield texts.LOAD(
            load=units(load.load),
            share=units(load.share),
            difference=form(units=units(abs(beyond))) if beyond else texts.EQUAL,
            weekly=units(load.weekly_post),
        )
        if load.tolerance is not None and beyond:
            within = abs(beyond) <= load.tolerance * load.weekly_post
            yield (texts.WITHIN if within else texts.BEYOND)(tolerance=load.tolerance)
        if rows := [one for one in self.situation.view.at_events if one.staff == staff.key]:
            names = tuple(dict.fromkeys(one.post.activity for one in rows))
            yield texts.AT_EVENTS(events=names, load=units(sum(one.load for one in rows)))
        if load.limited:
            yield texts.LIMITED
        if load.below.keys or load.above.keys:
            yield texts.COMPARED_LOAD(
                below=self._people(load.below),
                above=self._people(load.above),
                mean=units(load.mean),
            )
        slots = weekly_slots(self.facts.got.weekly)
        if staff.cap_week is not None and 0 < staff.cap_week <= slots:
            yield texts.FULL_WEEK(count=slots)

    def _wishes(self) -> Iterator[Bilingual]:
        wishes = self.facts.wishes
        if wishes.own is None:
            yield texts.WISHES_NONE
            return
        count = weekly_slots(self.facts.got.weekly)
        if wishes.own >= 1:
            yield texts.WISHES_ALL(count=count)
        else:
            yield texts.WISHES(count=count, own=percent(wishes.own))
        if wishes.compared > 1 and wishes.mean is not None and wishes.worst is not None:
            yield texts.WISHES_COMPARED(
                compared=wishes.compared,
                mean=percent(wishes.mean),
                worst=percent(wishes.worst),
                fewer=self._people(wishes.fewer),
            )

    def _unwelcome_work(self) -> Message:
        work = self.facts.unwelcome_work
        return texts.UNWELCOME_WORK(
            own=work.own, mean=f"{work.mean:.1f}", more=self._people(work.more)
        )

    def _missed(self, one: Missed) -> Iterator[Bilingual]:
        if one.posts:
            form = texts.MISSED_NONE if not one.possible else texts.MISSED
            form = texts.MISSED_ALL if one.possible == one.posts > 1 else form
            facts = {"possible": one.possible} if form is texts.MISSED else {}
            yield form(aim=one.aim, posts=one.posts, **facts)
        else:
            yield texts.MISSED_EMPTY(aim=one.aim)
        for obstacle, count in one.obstacles:
            yield texts.EXCLUDED(count=count, why=obstacle.value)
        if not one.anywhere:
            yield texts.NEVER_THERE
            return
        named = self.names and (one.wished.keys or one.willing.keys)
        known = texts.RIVAL_NAMES(
            wished=one.wished.keys or texts.NO_NAMES, willing=one.willing.keys or texts.NO_NAMES
        )
        yield texts.RIVALS(
            wished=len(one.wished), willing=len(one.willing), names=known if named else ""
        )
        if one.open:
            yield texts.OPEN_THERE(count=one.open)
        if one.holders.keys:
            yield texts.HELD_BY(holders=self._people(one.holders))

    def _grounds(self, one: Missed) -> Iterator[Bilingual]:
        for ground, keys in one.grounds:
            yield texts.GROUND(ground=ground.value, people=self._people(keys))

    def _unwelcome(self, one: Unwelcome) -> Iterator[Bilingual]:
        if one.able.keys:
            yield texts.UNWELCOME(aim=one.aim, able=self._people(one.able))
        else:
            yield texts.UNWELCOME_NOBODY(aim=one.aim)
        if is_pinned(self.situation, self.facts.staff.key, one.posts):
            yield texts.PINNED_YOU
        forms = (
            (texts.ELSEWHERE, one.elsewhere),
            (texts.UNWILLING, one.unwilling),
            (texts.HIGHER, one.above),
        )
        parts = [form(people=self._people(keys)) for form, keys in forms if keys.keys]
        if parts:
            yield texts.OF_THESE(parts=Listed(parts, "，", "; "))

    def _what_if(self, reply: Answer | None) -> Iterator[Bilingual]:
        if reply is not None:
            yield from what_if(reply, self.situation, names=self.names, mine=True)

    def _people(self, keys: Colleagues) -> Message:
        return people(keys, names=self.names)
