"""Realistic schools of any size, each with a timetable that staffs it completely.

A timetable is planted first; consent, caps and leaves are then drawn around it. So every
generated school can be staffed, however tight it is.
"""

from __future__ import annotations

from instances.generate.building import generate, generate_sized, generate_with_plan
from instances.generate.presets import Preset

__all__ = ["Preset", "generate", "generate_sized", "generate_with_plan"]
