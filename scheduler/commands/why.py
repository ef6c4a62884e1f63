"""The command why: a letter about one person, class or activity of a timetable."""

from __future__ import annotations

from pathlib import Path

from instances.messages import Lang
from instances.names import Names, People
from instances.problems import Place
from instances.school import Instance
from scheduler.commands import texts
from scheduler.commands.files import refuse_bad
from scheduler.commands.interrupt import stoppable
from scheduler.commands.outcome import Exit, Outcome, Refused, command
from scheduler.progress import Control
from scheduler.search import Settings
from scheduler.terminal import Terminal
from scheduler.why.activity_letter import activity_letter
from scheduler.why.class_letter import class_letter
from scheduler.why.situation import Situation
from scheduler.why.staff_letter import staff_letter
from scheduler.workbook.readback import read_timetable

STAFF, CLASS, ACTIVITY = "--staff", "--class", "--activity"


@command
def run(
    timetable: Path,
    *,
    staff: str | None,
    school_class: str | None,
    activity: str | None,
    names: bool,
    time_limit: float | None,
    seed: int,
    lang: Lang | None,
) -> Outcome:
    """A letter about one person, class or activity of a timetable, edited or not."""
    back = read_timetable(timetable)
    lang = lang or back.lang
    given = [(STAFF, staff), (CLASS, school_class), (ACTIVITY, activity)]
    asked = [(option, name) for option, name in given if name is not None]
    errors = [problem for problem in back.problems if problem.is_error]
    if len(asked) != 1:
        place = Place("why", None, ", ".join(option for option, _ in asked))
        errors.append(texts.WHY_WHOM.at(place))
    refuse_bad([], lang, errors)
    if back.published is None or back.timetable is None:
        raise Refused(back.problems, lang)
    (option, name), instance = asked[0], back.published.instance
    key = _key(instance, option, name, lang)
    by_hand = [edit.key for edit in back.edits if edit.what == "holder"]
    situation = Situation.of(back.published, back.timetable, by_hand)
    write = {STAFF: staff_letter, CLASS: class_letter, ACTIVITY: activity_letter}[option]
    terminal = Terminal()
    control = Control(time_limit, terminal.show)
    stopping = texts.WHY_STOPPING.text(lang)
    with terminal.live(lang):
        letter = stoppable(
            lambda: write(situation, key, control, Settings(1, seed), names=names),
            control,
            lambda: terminal.say([stopping]),
        )
    return Outcome(Exit.DONE, letter.text(lang), {"kind": option[2:], **letter.to_json(lang)})


def _key(instance: Instance, option: str, name: str, lang: Lang) -> str:
    """The staff key, class or activity that is meant; otherwise a refusal with what is near."""
    place = Place(option, None, name)
    if option == STAFF:
        people = People.of(instance.staff)
        found = people.find(name)
        if found.candidates:
            raise Refused([texts.WHY_SHARED_NAME.at(place, candidates=found.candidates)], lang)
        key, near, fault = found.key, people.near(name), texts.WHY_NO_STAFF
    else:
        classes = (one.name for one in instance.classes)
        known = Names(classes if option == CLASS else (one.name for one in instance.activities))
        key, near = known.find(name), known.near(name)
        fault = texts.WHY_NO_CLASS if option == CLASS else texts.WHY_NO_ACTIVITY
    if key is None:
        raise Refused([fault.at(place, near=near)], lang)
    return key
