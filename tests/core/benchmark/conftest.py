"""Property tests here judge results, never the time that a busy machine takes for them."""

from hypothesis import settings

settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")
