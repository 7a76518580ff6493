"""How far two points on the earth are apart."""

from __future__ import annotations

from math import asin, cos, radians, sin, sqrt

from contracts.turn import Location

EARTH_RADIUS_KM = 6371.0  # mean radius; the error of a sphere is below 0.5 %, far below that of a shared location


def kilometres_between(here: Location, there: Location) -> float:
    """Great-circle distance by the haversine formula."""
    lat, other_lat = radians(here.lat), radians(there.lat)
    half = sin((other_lat - lat) / 2) ** 2
    half += cos(lat) * cos(other_lat) * sin(radians(there.lng - here.lng) / 2) ** 2
    return 2 * EARTH_RADIUS_KM * asin(sqrt(min(1.0, half)))
