"""One door for every input: a school from a workbook or from JSON, with all its problems."""

from __future__ import annotations

from pathlib import Path

from instances.json_input import read_json
from instances.problem_texts import IS_FOLDER, NO_FILE, NOT_READABLE
from instances.problems import Place, Reading
from instances.rulebook import Rulebook


def read_instance(path: Path, rulebook: Rulebook | None = None) -> Reading:
    """The school in ``path``: an ``.xlsx`` workbook, or its data as ``.json``.

    Nothing about the file's content raises: what is wrong is in the result's problems.
    """
    if path.suffix.casefold() != ".json":
        from instances.workbook.reader import read_workbook

        return read_workbook(path, rulebook)
    place = Place(path.name, None, path.name)
    try:
        if not path.exists():
            return Reading(None, (NO_FILE.at(place),))
        if path.is_dir():
            return Reading(None, (IS_FOLDER.at(place),))
        return read_json(path, rulebook)
    except OSError:
        return Reading(None, (NOT_READABLE.at(place),))
