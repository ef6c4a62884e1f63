"""Write the bundled schools as workbooks, next to the modules that describe them.

Example: python -m scripts.build_samples
"""

from __future__ import annotations

from pathlib import Path

from constraints.catalogue import rulebook
from instances.samples import one_adult, primary_36, rural_6, rural_6_en
from instances.workbook.writer import write_workbook

FOLDER = Path(primary_36.__file__).parent
SAMPLES = {
    "primary-36.xlsx": primary_36.build,
    "rural-6.xlsx": rural_6.build,
    "rural-6-en.xlsx": rural_6_en.build,
    "one-adult.xlsx": one_adult.build,
}


def main() -> None:
    for name, build in SAMPLES.items():
        school = build()
        write_workbook(school, FOLDER / name, school.lang, rulebook())


if __name__ == "__main__":
    main()
