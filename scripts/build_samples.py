"""Write the bundled schools as workbooks, next to the modules that describe them.

Example: python -m scripts.build_samples
"""

from __future__ import annotations

from pathlib import Path

from constraints.catalogue import rulebook
from instances.samples import one_adult, primary_36, rural_6
from instances.workbook.writer import write_workbook

FOLDER = Path(primary_36.__file__).parent
SAMPLES = {
    "primary-36.xlsx": primary_36.build,
    "rural-6.xlsx": rural_6.build,
    "one-adult.xlsx": one_adult.build,
}


def main() -> None:
    for name, build in SAMPLES.items():
        write_workbook(build(), FOLDER / name, "zh", rulebook())


if __name__ == "__main__":
    main()
