"""The azimuthal equidistant projection: from its centre all distances and directions are true."""

import numpy as np

from touchstone.core.assessment.distance import EARTH_RADIUS_KM, Position
from touchstone.output.outlines.reading import Floats


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
