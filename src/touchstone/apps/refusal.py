"""How a verb says no."""

from touchstone.core.faults import Fault, Unusable


class Refused(Unusable):
    """Something that may not be done. Its text tells a person why and what to do, in plain words."""

    def __init__(self, message: str) -> None:
        super().__init__("", Fault("", message))
