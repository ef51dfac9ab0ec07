"""Badges of labels: their files, and who still shows the badge of a stopped one. Each has its own file."""

from touchstone.apps.badges.pictures import Form, Picture, Wanted, document, picture
from touchstone.apps.badges.showing import Shown, is_stopped, shown
from touchstone.apps.badges.sightings import Tally, forget, host_of, tally

__all__ = [
    "Form", "Picture", "Shown", "Tally", "Wanted", "document", "forget", "host_of",
    "is_stopped", "picture", "shown", "tally",
]  # fmt: skip
