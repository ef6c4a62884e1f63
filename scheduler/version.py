"""Which version of the program this is."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version


def program_version() -> str:
    """The version of this program."""
    try:
        return version("afterschool")
    except PackageNotFoundError:
        return "0.1.0"
