"""Solving again from a date on, with as few changes as possible to what was published."""
