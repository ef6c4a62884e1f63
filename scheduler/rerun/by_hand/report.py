"""Edits by hand in a rerun: kept as they are, unless a must stands against them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from constraints.context import Context
from constraints.rule import Finding
from instances.messages import Message, Template
from instances.timetable import DatedChange, Placement, Session, Timetable, moved_key
from instances.words import Status
from scheduler.audit import broken
from scheduler.changes import base_line
from scheduler.recurring import as_one
from scheduler.rerun.by_hand.cells_now import NOBODY, NOWHERE, Now, Outcome, when_text
from scheduler.rerun.by_hand.taken_back import plain_key
from scheduler.workbook.edits import Edit

BREAKS = Template(
    "“{sheet}”{cell}改成了{wanted}，但这样违反必须遵守的规则“{rule}”：{breach}现为{given}。",
    "{sheet} {cell} was changed to {wanted}, which breaks a must ({rule}): {breach} It is {given}"
    " instead.",
)
UNFIT = Template(
    "“{sheet}”{cell}改成了{wanted}，但与其他必须遵守的安排冲突，改由{given}担任。",
    "{sheet} {cell} was changed to {wanted}, which clashes with what must hold elsewhere;"
    " {given} has it instead.",
)
ELSEWHERE = Template(
    "“{sheet}”{cell}改成了{wanted}，但与必须遵守的安排冲突，改为{given}。",
    "{sheet} {cell} was changed to {wanted}, which clashes with what must hold; it is {given}"
    " instead.",
)
LEAVES_OPEN = Template(
    "“{sheet}”{cell}改成了{wanted}，但这样会多空缺{count}个岗位（每天一岗计一个），而岗位有人优先。"
    "现为{given}。",
    "{sheet} {cell} was changed to {wanted}, which would leave {count} more {count:post|posts} open"
    " (one post on one date); filling posts comes first. It is {given} instead.",
)
FILLED = Template(
    "“{sheet}”{cell}清空了，但能排的都会排上，现为{given}。",
    "{sheet} {cell} was emptied, but whatever can be filled is: it is {given} now.",
)
NOT_THERE = Template(
    "“{sheet}”{cell}改成了{wanted}，但这个岗位或场次已不存在。",
    "{sheet} {cell} was changed to {wanted}, but this post or session does not exist any more.",
)
CANNOT_COME = Template(
    "“{sheet}”{cell}移到了{wanted}，已保留；但{person}那时去不了，否则违反必须遵守的规则“{rule}”："
    "{breach}现为{given}。",
    "{sheet} {cell} was moved to {wanted}, as asked, but {person} cannot be there, which would"
    " break a must ({rule}): {breach} Who comes: {given}.",
)
NOT_COMING = Template(
    "“{sheet}”{cell}移到了{wanted}，已保留；但{person}那时不去，现为{given}。",
    "{sheet} {cell} was moved to {wanted}, as asked, but {person} does not come then. Who comes:"
    " {given}.",
)


CANNOT_BE_IN = Template(
    "“{sheet}”{cell}移到了{wanted}，已保留；但那时用{room}违反必须遵守的规则“{rule}”：{breach}现用{given}。",
    "{sheet} {cell} was moved to {wanted}, as asked, but to be in {room} then would break a must"
    " ({rule}): {breach} It is in {given}.",
)
NOT_IN_ROOM = Template(
    "“{sheet}”{cell}移到了{wanted}，已保留；但那时不在{room}，现用{given}。",
    "{sheet} {cell} was moved to {wanted}, as asked, but is not in {room} then; it is in {given}.",
)


@dataclass(frozen=True)
class Overridden:
    """An edit that could not be kept, and what was done instead; or what came of one that was."""

    edit: Edit
    message: Message


def locked_lines(edits: Iterable[Edit]) -> frozenset[str]:
    """Lines of posts of which somebody said who holds them, or that nobody does; and clubs that are
    to meet nowhere."""
    return frozenset(
        edit.key
        for edit in edits
        if edit.what == "holder" or (edit.what == "when" and not edit.places)
    )


def emptied_sessions(edits: Iterable[Edit]) -> frozenset[str]:
    """Sessions, by their key where the pattern has them, to which nobody is to come."""
    edits = tuple(edits)
    said = {edit.key: edit.new for edit in edits if edit.what == "status"}
    off = {Status.CANCELLED.value, Status.MERGED.value}
    empty = {edit.key for edit in edits if edit.what == "staff" and not edit.new}
    found = {key for key in empty if said.get(key) not in off}
    found |= {key for key, status in said.items() if status == Status.OPEN.value}
    return frozenset(key.removesuffix(moved_key("")) for key in found)


def overridden(
    context: Context, timetable: Timetable, edits: Iterable[Edit], edited: Timetable
) -> tuple[Overridden, ...]:
    """The edits that the new timetable does not keep; ``edited``: the old one with all of them."""
    return tuple(_Report(context, timetable, edits, edited).not_kept())


def replaced_where_moved(
    context: Context, timetable: Timetable, edits: Iterable[Edit], edited: Timetable
) -> tuple[Overridden, ...]:
    """Moves that were kept without whoever was to come, or in another room, and why."""
    return tuple(_Report(context, timetable, edits, edited).replaced())


class _Report:
    def __init__(
        self, context: Context, timetable: Timetable, edits: Iterable[Edit], edited: Timetable
    ) -> None:
        self.context = context
        self.timetable = timetable
        self.edits = tuple(edits)
        self.edited = edited
        self.outcome = Outcome(context, timetable, self.edits)

    def not_kept(self) -> Iterator[Overridden]:
        for edit in self.edits:
            now = self.outcome.now(edit)
            if not now.kept:
                yield Overridden(edit, self._why(edit, now))

    def replaced(self) -> Iterator[Overridden]:
        named = {
            plain_key(edit.key).removesuffix(moved_key(""))
            for edit in self.edits
            if edit.what == "staff" or (edit.what == "status" and edit.new == Status.OPEN.value)
        }
        placed = {
            plain_key(edit.key).removesuffix(moved_key(""))
            for edit in self.edits
            if edit.what == "room"
        }
        for edit in self.edits:
            base = plain_key(edit.key).removesuffix(moved_key(""))
            if edit.what != "moved" or not self.outcome.now(edit).kept:
                continue
            session = self.outcome.sessions.get(moved_key(base), self.outcome.sessions[base])
            if not session.takes_place:
                continue
            if session.planned not in (None, session.staff) and base not in named:
                yield Overridden(edit, self._who_instead(edit, session))
            if self._room_of(session) not in (None, session.room) and base not in placed:
                yield Overridden(edit, self._where_instead(edit, session))

    def _room_of(self, session: Session) -> str | None:
        """The room of the pattern."""
        return self.context.expansion(self.timetable).room_of(session.post)

    def _where_instead(self, edit: Edit, session: Session) -> Message:
        facts = _facts(edit, session.room) | {"room": self._room_of(session)}
        known = self.timetable.changes.get(session.key, DatedChange())
        change = known.model_copy(update={"room": None})
        breach = self._breach(self._with_changes({session.key: change}), person=False)
        return NOT_IN_ROOM(**facts) if breach is None else CANNOT_BE_IN(**facts, **breach)

    def _who_instead(self, edit: Edit, session: Session) -> Message:
        facts = _facts(edit, session.staff or NOBODY) | {"person": session.planned}
        known = self.timetable.changes.get(session.key, DatedChange())
        change = known.model_copy(update={"staff": session.planned, "open": False})
        breach = self._breach(self._with_changes({session.key: change}), person=True)
        return NOT_COMING(**facts) if breach is None else CANNOT_COME(**facts, **breach)

    def _why(self, edit: Edit, now: Now) -> Message:
        """What there is instead, and the first must that the edit would break in this timetable,
        or what else speaks against it."""
        facts = _facts(edit, now.given)
        if not now.there:
            return NOT_THERE(**facts)
        person = edit.what in ("holder", "staff", "event")
        forced = self._forced(edit)
        breach = self._breach(forced, person=person or edit.what == "when")
        if breach is not None:
            return BREAKS(**facts, **breach)
        if not edit.new and edit.what in ("holder", "club_room", "event"):
            return FILLED(**facts)
        more = self._open(forced) - self._open(self.timetable)
        if more > 0:
            return LEAVES_OPEN(**facts, count=more)
        return (UNFIT if person else ELSEWHERE)(**facts)

    def _breach(self, forced: Timetable, *, person: bool) -> dict[str, object] | None:
        """The first must, and how, that another timetable breaks and this one does not; those about
        a ``person`` first, or those about anything else."""
        found = broken(self.context, forced)
        new = [one for one in found if one.message.text("zh") not in self._known]
        if forced.placements != self.timetable.placements:
            new = [one for one in new if "event" not in one.where]  # it gives way on that date
        if not new:
            return None
        new.sort(key=lambda one: ("staff" in one.where) is not person)
        title = next(rule.title for rule in self.context.rules if rule.rule_id() == new[0].rule)
        alike = (one.message for one in new if one.rule == new[0].rule)
        return {"rule": title, "breach": next(iter(as_one(alike)))}

    @cached_property
    def _known(self) -> frozenset[str]:
        found: tuple[Finding, ...] = broken(self.context, self.timetable)
        return frozenset(one.message.text("zh") for one in found)

    def _open(self, timetable: Timetable) -> int:
        view = self.context.view(timetable)
        unplaced = sum(post.size for name in view.unplaced for post in view.unplaced_posts(name))
        return unplaced + sum(session.status is Status.OPEN for session in view.sessions)

    def _forced(self, edit: Edit) -> Timetable:
        """The timetable as it would be with an edit."""
        timetable = self.timetable
        if edit.what == "holder":
            base = base_line(edit.key)
            lines = [line for line in timetable.holders if base_line(line) == base] or [edit.key]
            holders = timetable.holders | dict.fromkeys(lines, edit.new)
            kept = {line: key for line, key in holders.items() if key}
            return timetable.model_copy(update={"holders": kept})
        if edit.what in ("when", "club_room"):
            return self._placed(edit)
        if edit.what == "event":
            return timetable.model_copy(update={"events": self.edited.events})
        if edit.what == "room":
            session = self.outcome.sessions[plain_key(edit.key)]
            known = timetable.changes.get(session.key, DatedChange())
            change = known.model_copy(update={"room": edit.new, "cancelled": False})
            return self._with_changes({session.key: change})
        return self._as_edited(edit)

    def _placed(self, edit: Edit) -> Timetable:
        """The timetable with a club at other times, or in another room, every week."""
        placements = dict(self.timetable.placements)
        wanted = self.edited.placements.get(edit.key)
        known = placements.pop(edit.key, None) or wanted
        if edit.what == "when" and edit.places:
            room = (wanted.room if wanted else None) or (known.room if known else None)
            placements[edit.key] = Placement(places=edit.places, room=room)
        elif edit.what == "club_room" and known is not None:
            room = edit.new or None
            placements[edit.key] = Placement(places=known.places, room=room)
        return self.timetable.model_copy(update={"placements": placements})

    def _as_edited(self, edit: Edit) -> Timetable:
        """The timetable with what was said of one meeting, or of groups put together, on a date."""
        sessions = self.outcome.sessions
        session = sessions[plain_key(edit.key)]
        if edit.what == "staff":
            known = self.timetable.changes.get(session.key, DatedChange())
            update = {"staff": edit.new or None, "open": not edit.new, "cancelled": False}
            return self._with_changes({session.key: known.model_copy(update=update)})
        rows = {key: one.key for key, one in sessions.items() if _same_meeting(one, session)}
        if edit.what in ("classes", "status"):
            hosted = (
                key
                for changes in (self.timetable.changes, self.edited.changes)
                for key, change in changes.items()
                if change.into is not None and plain_key(change.into) in rows
            )
            plain = {plain_key(key) for key in hosted}
            rows |= {key: sessions[key].key for key in plain if key in sessions}
        rows |= {moved_key(key): moved_key(row) for key, row in rows.items() if _is_base(key)}
        wanted = {plain_key(key): change for key, change in self.edited.changes.items()}
        found: dict[str, DatedChange | None] = {}
        for key, row in rows.items():
            change = wanted.get(key)
            if change is not None and change.into is not None:
                host = sessions.get(plain_key(change.into))
                change = change.model_copy(update={"into": host.key if host else None})
            found[row] = change
        return self._with_changes(found)

    def _with_changes(self, new: Mapping[str, DatedChange | None]) -> Timetable:
        found = {**self.timetable.changes, **new}
        kept = {key: change for key, change in found.items() if change is not None}
        return self.timetable.model_copy(update={"changes": kept})


def _same_meeting(one: Session, other: Session) -> bool:
    """Whether two rows are of one group of an activity and one date of the pattern."""
    mine, its = ((s.post.activity, s.post.group, s.origin) for s in (one, other))
    return mine == its and one.event is None


def _is_base(key: str) -> bool:
    return not key.endswith(moved_key(""))


def _facts(edit: Edit, given: object) -> dict[str, object]:
    """Where a cell is, what it says and what there is instead, as texts name it."""
    wanted: object = edit.new
    if edit.what == "moved" and edit.when is not None:
        wanted = when_text(edit.when)
    elif edit.what == "status":
        wanted = next(word for word in Status if word.value == edit.new)
    elif edit.what == "classes":
        wanted = list(edit.names)
    elif not edit.new:
        wanted = NOWHERE if edit.what in ("when", "club_room") else NOBODY
    return {"sheet": edit.sheet, "cell": edit.cell, "wanted": wanted, "given": given}
