"""Settings of every test."""

from hypothesis import settings

settings.register_profile("afterschool", deadline=None, derandomize=True)
settings.load_profile("afterschool")
