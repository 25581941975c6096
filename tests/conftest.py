"""What holds for every test: the same random examples each time, so that a red run is red for everybody."""

from hypothesis import settings

settings.register_profile("still", derandomize=True, database=None, deadline=None)
settings.load_profile("still")
