"""What the tests of the dated stage ask of a tiny school."""

from __future__ import annotations

from constraints.context import Context
from constraints.examples import Tiny
from instances.timetable import Session, Timetable, expand
from instances.words import Role, Status
from scheduler.audit import Audit, audit
from scheduler.search import Settings

ONE = Settings(workers=1, seed=0)


class Term:
    """A tiny school, and how a timetable of it goes on days of September."""

    def __init__(self, tiny: Tiny) -> None:
        self.instance, self.timetable = tiny.done()
        self.context = Context(self.instance)

    def audited(self, timetable: Timetable) -> Audit:
        """What the checks say of a timetable that breaks no must."""
        judged = audit(self.context, timetable)
        assert judged.hard == ()
        return judged

    def on(
        self, timetable: Timetable, day: int, activity: str, role: Role | None = None
    ) -> list[Session]:
        """The sessions of an activity on a day."""
        return [
            session
            for session in expand(self.context.demand, timetable)
            if session.date.day == day
            and session.post.activity == activity
            and role in (None, session.post.role)
        ]

    def who(self, timetable: Timetable, day: int, activity: str) -> list[tuple[Status, str | None]]:
        """Status and person of every post of an activity on a day."""
        return [(s.status, s.staff) for s in self.on(timetable, day, activity)]
