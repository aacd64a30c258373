"""Distances on the globe as Ibis expressions, and the places that lie in a circle or a ring."""

import ibis
import ibis.expr.types as ir

from wordkept.model import Circle

EARTH_KM = 6371.0088
"""The mean radius of the Earth (IUGG, GRS 80: (2a + b) / 3)."""

Point = tuple[ir.FloatingValue, ir.FloatingValue]
"""Latitude and longitude, in degrees."""


def distance_km(one: Point, other: Point) -> ir.FloatingValue:
    """The great-circle distance between two points, by the haversine formula; null where unknown.

    Good to about half a per cent, as the Earth is no sphere: less than a record's own precision.
    """
    (lat, lon), (lat_there, lon_there) = one, other
    up = ((lat_there - lat).radians() / 2).sin()
    along = ((lon_there - lon).radians() / 2).sin()
    haversine = up * up + lat.radians().cos() * lat_there.radians().cos() * along * along
    return 2 * EARTH_KM * ibis.least(haversine, ibis.literal(1.0)).sqrt().asin()


def inside(events: ir.Table, circle: Circle) -> ir.BooleanValue:
    """Whether an event lies in a circle and not in its hole; null where it has no coordinates.

    A place at exactly the radius lies outside, so that a disc and the ring whose hole it fills
    share no place and leave none out.
    """
    centre = (ibis.literal(circle.lat, "float64"), ibis.literal(circle.lon, "float64"))
    away = distance_km((events.lat, events.lon), centre)
    return (away < circle.radius_km) & (away >= circle.hole_km)
