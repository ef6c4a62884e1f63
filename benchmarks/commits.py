"""What is measured, by name: the last commit that changed the program."""

from __future__ import annotations

import subprocess

from benchmarks.child import ROOT

PROGRAM = ("instances", "constraints", "scheduler", "benchmarks/peers", "requirements-lock.txt")


def measured() -> str:
    """The short hash of the last commit of the program itself, marked where its files differ.

    Records and pictures may be committed between the slices of a long measurement without
    its beginning anew. Empty without git.
    """
    last = _git("log", "-1", "--format=%h", "--", *PROGRAM)
    return f"{last}-dirty" if last and _git("status", "--porcelain", "--", *PROGRAM) else last


def _git(*arguments: str) -> str:
    try:
        done = subprocess.run(
            ["git", *arguments], cwd=ROOT, capture_output=True, text=True, check=True
        )
    except (OSError, subprocess.CalledProcessError):
        return ""
    return done.stdout.strip()
