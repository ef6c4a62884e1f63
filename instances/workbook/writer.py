"""Writing a school as the workbook it could have been read from."""

from __future__ import annotations

from pathlib import Path

from instances.messages import Lang
from instances.rulebook import Rulebook
from instances.school import Instance
from instances.workbook.compose import compose
from instances.workbook.rows import contents
from instances.workbook.save import save


def write_workbook(
    instance: Instance, path: Path, lang: Lang, rulebook: Rulebook | None = None
) -> None:
    """Write ``instance`` as an input workbook in the language ``lang``.

    Reading it gives the same instance back. With a ``rulebook`` the rules sheet lists the
    whole catalogue, so that every rule can be tuned there.
    """
    save(compose(contents(instance, lang, rulebook), lang), path)
