"""Settings of every test."""

from hypothesis import settings

settings.register_profile("afterschool", deadline=None, derandomize=True, max_examples=40)
settings.load_profile("afterschool")
