"""What a new timetable makes of edits by hand: what there is now where a cell was changed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from constraints.context import Context
from instances.event_sessions import everything
from instances.messages import LANGS, Label, Template
from instances.past_sessions import sessions_of
from instances.timetable import Expansion, Session, Timetable, When, moved_key
from instances.words import Status
from scheduler.changes import base_line
from scheduler.rerun.by_hand.taken_back import plain_key
from scheduler.workbook.club_places import blocks_text
from scheduler.workbook.edits import Edit

NOWHERE = Label("（未安排）", "nowhere")
NOBODY = Label("（空缺）", "nobody")
NOT_HELD = Label("（取消）", "cancelled")
WHEN = Template("{date}{segment}", "{date} {segment}")


@dataclass(frozen=True)
class Now:
    """What there is now where a cell was changed, and whether it is what was asked for.

    ``there``: whether what the cell is about still exists.
    """

    kept: bool
    given: object = None
    there: bool = True


GONE = Now(kept=False, there=False)


class Outcome:
    """A new timetable, asked for what became of edits."""

    def __init__(self, context: Context, timetable: Timetable, edits: Iterable[Edit]) -> None:
        self.context = context
        self.timetable = timetable
        self.cancelled = {
            plain_key(edit.key)
            for edit in edits
            if edit.what == "status" and edit.new == Status.CANCELLED.value
        }

    @cached_property
    def sessions(self) -> dict[str, Session]:
        """All rows, those of the history among them."""
        now = everything(Expansion(self.context.demand, self.timetable))
        past = sessions_of(self.timetable.history)
        return {plain_key(session.key): session for session in (*past, *now)}

    @cached_property
    def lines(self) -> dict[str, str]:
        """Lines of posts that exist on some date, by the name that they had in any timetable."""
        return {base_line(one.post.line): one.post.line for one in self.sessions.values()}

    def now(self, edit: Edit) -> Now:
        """What became of one edit."""
        if edit.what == "holder":
            return self._holder(edit)
        if edit.what == "when":
            return self._when(edit)
        if edit.what == "club_room":
            return self._club_room(edit)
        if edit.what == "moved":
            return self._moved(edit)
        key = plain_key(edit.key)
        session = self.sessions.get(key) or self.sessions.get(key.removesuffix(moved_key("")))
        if session is None:
            return GONE
        if edit.what == "status":
            back = edit.old == Status.MOVED.value and edit.new == Status.PLANNED.value
            there = session if back else self.sessions.get(moved_key(key), session)
            return _status(edit, there)
        if edit.what == "classes":
            return Now(set(edit.names) == set(session.classes), list(session.classes))
        return self._who_or_where(edit, session)

    def _holder(self, edit: Edit) -> Now:
        line = self.lines.get(base_line(edit.key))
        if line is None:
            return GONE
        holder = self.timetable.holders.get(line)
        return Now((holder or "") == edit.new, holder or NOBODY)

    def _when(self, edit: Edit) -> Now:
        if edit.key not in self.context.instance.activity_by_name:
            return GONE
        placement = self.timetable.placements.get(edit.key)
        places = placement.places if placement else ()
        text = (blocks_text([place.block for place in places], lang) for lang in LANGS)
        return Now(set(places) == set(edit.places), Label(*text) if places else NOWHERE)

    def _club_room(self, edit: Edit) -> Now:
        placement = self.timetable.placements.get(edit.key)
        if placement is None:
            return Now(not edit.new, NOWHERE)
        return Now((placement.room or "") == edit.new, placement.room or NOWHERE)

    def _moved(self, edit: Edit) -> Now:
        base = plain_key(edit.key).removesuffix(moved_key(""))
        home, there = self.sessions.get(base), self.sessions.get(moved_key(base))
        session = there or home
        if session is None:
            return GONE
        at = When(date=session.date, segment=session.segment)
        off = not session.takes_place
        kept = at == edit.when and (not off or plain_key(session.key) in self.cancelled)
        return Now(kept, NOT_HELD if off else when_text(at))

    def _who_or_where(self, edit: Edit, session: Session) -> Now:
        """A person, of an event as well, or a room, on one date."""
        if not session.takes_place:
            asked = plain_key(edit.key) in self.cancelled or not edit.new
            if session.moved_to is not None:
                there = self.sessions.get(moved_key(plain_key(session.key)))
                return GONE if there is None else self._who_or_where(edit, there)
            return Now(asked, NOT_HELD)
        if edit.what == "room":
            return Now(session.room == edit.new, session.room or NOWHERE)
        return Now((session.staff or "") == edit.new, session.staff or NOBODY)


def when_text(when: When) -> object:
    """A date and a segment as a fact."""
    return WHEN(date=when.date, segment=when.segment)


def _status(edit: Edit, session: Session) -> Now:
    """Only what a status says by itself: who comes and where is said by other cells."""
    wanted = next(word for word in Status if word.value == edit.new)
    kept = session.status is wanted
    if wanted in (Status.COVER, Status.MOVED):
        kept = session.takes_place
    elif wanted is Status.PLANNED:
        kept = session.takes_place and session.staff is not None and session.moved_to is None
    elif wanted is Status.MERGED:
        kept = session.into is not None or bool(session.joined)
    return Now(kept, session.status)
