"""How a verb says no."""


class Refused(Exception):  # noqa: N818  (an answer to a person, not an error of the program)
    """Something that may not be done. Its text tells a person why and what to do, in plain words."""
