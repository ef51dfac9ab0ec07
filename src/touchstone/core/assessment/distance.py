"""Distances on the globe."""

from math import asin, cos, radians, sin, sqrt

EARTH_RADIUS_KM = 6371.0088  # mean radius, International Union of Geodesy and Geophysics

Position = tuple[float, float]  # latitude and longitude in degrees, WGS 84


def distance_km(here: Position, there: Position) -> float:
    """Great-circle distance between two positions in degrees, by the haversine formula."""
    (latitude, longitude), (other_latitude, other_longitude) = here, there
    north = radians(other_latitude - latitude)
    east = radians(other_longitude - longitude)
    half = sin(north / 2) ** 2 + cos(radians(latitude)) * cos(radians(other_latitude)) * sin(east / 2) ** 2
    return 2 * EARTH_RADIUS_KM * asin(sqrt(min(1.0, half)))
