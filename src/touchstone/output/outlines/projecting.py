"""How the globe becomes flat: azimuthal equidistant around a centre, and Equal Earth for the whole of it.

From the centre of the one all distances and directions are true, everywhere on the other all areas.
"""

from typing import Final

import numpy as np

from touchstone.core.assessment.distance import EARTH_RADIUS_KM, Position
from touchstone.output.outlines.reading import Floats

_ROOT: Final = float(np.sqrt(3.0) / 2)
_EQUAL_EARTH: Final = (1.340264, -0.081106, 0.000893, 0.003796)


def projected(centre: Position, east: Floats, north: Floats) -> tuple[Floats, Floats]:
    """Kilometres to the east and to the north of a centre, for longitudes and latitudes in radians.

    A place just opposite the centre lies in every direction; it is drawn to the north.
    """
    latitude, longitude = np.radians(centre)
    turned = east - longitude
    level, height = np.cos(north), np.sin(north)
    # Components of each place towards the east and the north of the centre, and straight up from it.
    x = level * np.sin(turned)
    y = np.cos(latitude) * height - np.sin(latitude) * level * np.cos(turned)
    up = np.sin(latitude) * height + np.cos(latitude) * level * np.cos(turned)
    flat = np.hypot(x, y)
    angle = np.arctan2(flat, up)
    there = flat > 0
    stretched = EARTH_RADIUS_KM * np.divide(angle, flat, out=np.ones_like(flat), where=there)
    opposite = ~there & (up < 0)
    return x * stretched, np.where(opposite, EARTH_RADIUS_KM * np.pi, y * stretched)


def equal_earth(east: Floats, north: Floats) -> tuple[Floats, Floats]:
    """Kilometres on a map of the whole globe on which areas are true; longitudes and latitudes in radians.

    Its middle is where the first meridian meets the equator; it is 34,500 km wide and 16,800 km high.
    Source: Šavrič, Patterson, Jenny: The Equal Earth map projection, 2018,
    doi.org/10.1080/13658816.2018.1504949
    """
    turn = np.arcsin(_ROOT * np.sin(north))
    square = turn * turn
    sixth = square**3
    first, second, third, fourth = _EQUAL_EARTH
    slope = first + 3 * second * square + sixth * (7 * third + 9 * fourth * square)
    x = east * np.cos(turn) / (_ROOT * slope)
    y = turn * (first + second * square + sixth * (third + fourth * square))
    return x * EARTH_RADIUS_KM, y * EARTH_RADIUS_KM
