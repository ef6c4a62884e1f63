"""Options that several commands have."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import click

FILE = click.Path(path_type=Path)


def common(function: Callable[..., None]) -> Callable[..., None]:
    """The options that every command has."""
    lang = click.option(
        "--lang",
        type=click.Choice(["zh", "en"]),
        help="Language of texts and sheets [default: the workbook's, else zh].",
    )
    as_json = click.option(
        "--json", "as_json", is_flag=True, help="JSON to stdout, texts to stderr."
    )
    return lang(as_json(function))


def output(help_text: str) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """The options ``-o`` and ``--overwrite``."""

    def add(function: Callable[..., None]) -> Callable[..., None]:
        return click.option("-o", "--output", type=FILE, required=True, help=help_text)(
            overwrite(function)
        )

    return add


def search_options(command: Callable[..., None]) -> Callable[..., None]:
    """How long to search, with how much of the machine, and from which seed."""
    for option in reversed(
        (
            click.option(
                "--time-limit",
                type=click.FloatRange(min=0, min_open=True),
                metavar="S",
                help="Seconds for the whole command without writing [default: none].",
            ),
            click.option(
                "--workers",
                type=click.IntRange(min=1),
                metavar="N",
                help="Parallel searches [default: one per core]. With 1, a run repeats exactly.",
            ),
            click.option("--seed", type=click.IntRange(0, 2**31 - 1), default=0, show_default=True),
        )
    ):
        command = option(command)
    return command


overwrite = click.option(
    "--overwrite", is_flag=True, help="Replace an existing output, keeping a backup of it."
)
