"""Which of the places that go by a name is meant: by size, by company, by the country."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from math import asin, cos, log10, radians, sin, sqrt

from wordkept.reading.gazetteer_index import Candidate, Sort

EARTH_KM = 6371.0
_SIZE = {"country": 7.8, "province": 5.7, "region": 6.0, "base": 5.5}
"""What a sort weighs against the logarithm of a settlement's people: a country as much as a town
of sixty million, a province as one of half a million."""
_OURS = 5.0
"""For a settlement of our own tables: it stands there because the news names it."""
_CAPITAL = 1.0
ALIAS = -1.0
"""For a settlement that is looked for by another name than its main one."""
_NAMED = 1.0
"""The text names its country."""
_SHARE = 1.5
"""And more, by how large a part of all countries' mentions is its."""
_DOCUMENT = 2.5
"""It lies in the country that the document is about."""
_INSIDE = 6.0
"""The next name after a comma holds it: "Paris, Texas"."""
_DIVISION = 1.5
"""The text names its first-level division."""
_NEAR = 0.8
"""Another place of the text lies within NEAR_KM."""
NEAR_KM = 150.0
_HELD_KM = 250.0
"""How far from the middle of a province, whose code is not known, a place may lie within it."""
_SORT = 3.0
"""A word beside the name says of what sort it is."""
_SAME_KM = 120.0
_TOWN_OF_PROVINCE = -3.0
"""For a province beside a town of the same name, where nothing says "province"."""
_LEAST_TOWN = 30_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A name as it is to be resolved, with what stands beside it."""

    candidates: tuple[Candidate, ...]
    key: str
    """Its folded form: the same form means the same place all through a text."""
    holders: tuple[Candidate, ...] = ()
    """What the name after its comma may mean: "Aleppo, Syria"."""
    sort: Sort | None = None
    """What a word beside it says that it is: "Aleppo province"."""


@dataclass(frozen=True, slots=True)
class Company:
    """What a text names beside one name."""

    countries: Mapping[str, int] = field(default_factory=dict)
    divisions: frozenset[tuple[str, str]] = frozenset()
    places: Mapping[str, Candidate] = field(default_factory=dict)
    """What the other names came to, by their keys."""
    document: str | None = None


def resolve(
    asked: Sequence[Asked], *, peoples: Iterable[str] = (), country: str | None = None
) -> tuple[Candidate | None, ...]:
    """Which place each name means; None where the gazetteer has none.

    `peoples` are countries that the text names by their people ("Syrian"), once for each time;
    `country` is what the document is about. The same names give the same places.
    """
    told = Counter(peoples)
    first = _pass(asked, Company(dict(told), document=country))
    for one, chosen in zip(asked, first, strict=True):
        if chosen and chosen.country:
            told[chosen.country] += 3 if chosen.sort == "country" else 1
        for holder in one.holders:
            if holder.country:
                told[holder.country] += 1
    second = first
    for _ in range(2):
        places = {one.key: chosen for one, chosen in zip(asked, second, strict=True) if chosen}
        divisions = frozenset(
            (chosen.country, chosen.admin1)
            for chosen in places.values()
            if chosen.sort == "province" and chosen.country and chosen.admin1
        )
        company = Company(dict(told), divisions, places, country)
        second = _pass(asked, company)
    return second


def _pass(asked: Sequence[Asked], company: Company) -> tuple[Candidate | None, ...]:
    """One sense of each name for the whole text, but where its own comma says otherwise."""
    by_key: dict[str, list[Asked]] = {}
    for one in asked:
        by_key.setdefault(one.key, []).append(one)
    senses = {key: _best(ones[0].candidates, ones, company) for key, ones in by_key.items()}
    found = []
    for one in asked:
        alone = _best(one.candidates, [one], company) if one.holders or one.sort else None
        found.append(alone or senses[one.key])
    return tuple(found)


def _best(
    candidates: Sequence[Candidate], asked: Sequence[Asked], company: Company
) -> Candidate | None:
    if not candidates:
        return None
    scores = {one.source: _score(one, candidates, asked, company) for one in candidates}
    return max(candidates, key=lambda one: (scores[one.source], one.population, one.source))


def size(one: Candidate) -> float:
    """How much a place weighs by itself, about as the logarithm of its people.

    >>> size(Candidate(source="", name="", country=None, admin1="", sort="settlement", lat=0.0,
    ...                lon=0.0, population=99_999))
    5.0
    """
    weight = _SIZE.get(one.sort, log10(one.population + 1))
    if one.sort == "settlement" and one.source.startswith("wordkept:"):
        weight = _OURS
    if one.capital:
        weight += _CAPITAL
    if one.sort == "settlement" and not one.main:
        weight += ALIAS
    return weight


def _score(
    one: Candidate, candidates: Sequence[Candidate], asked: Sequence[Asked], company: Company
) -> float:
    key = asked[0].key
    score = size(one)
    own = 3 if one.sort == "country" else 1
    mine = company.places.get(key)
    counts = dict(company.countries)
    if mine and mine.country:
        counts[mine.country] = max(0, counts.get(mine.country, 0) - own * len(asked))
    total = sum(counts.values())
    if one.country and total and counts.get(one.country, 0) > 0:
        score += _NAMED + _SHARE * counts[one.country] / total
    if one.country and one.country == company.document:
        score += _DOCUMENT
    if (one.country, one.admin1) in company.divisions and one.sort == "settlement":
        score += _DIVISION
    if _has_neighbour(one, key, company):
        score += _NEAR
    if any(holds(holder, one) for name in asked for holder in name.holders):
        score += _INSIDE
    if any(name.sort == one.sort for name in asked):
        score += _SORT
    elif one.sort == "province" and _has_town(one, candidates):
        score += _TOWN_OF_PROVINCE
    return score


def _has_neighbour(one: Candidate, key: str, company: Company) -> bool:
    return any(
        other.sort == "settlement" and distance_km(one, other) < NEAR_KM
        for name, other in company.places.items()
        if name != key and other.country == one.country
    )


def _has_town(province: Candidate, candidates: Sequence[Candidate]) -> bool:
    return any(
        one.sort == "settlement"
        and one.country == province.country
        and one.population >= _LEAST_TOWN
        and distance_km(one, province) < _SAME_KM
        for one in candidates
    )


def holds(holder: Candidate, one: Candidate) -> bool:
    """Whether a country or province holds a place, as far as the gazetteer can tell."""
    if holder.source == one.source or holder.country is None or holder.country != one.country:
        return False
    if holder.sort == "country":
        return True
    if holder.sort != "province":
        return False
    if holder.admin1 and one.admin1:
        return holder.admin1 == one.admin1
    return distance_km(holder, one) < _HELD_KM


def distance_km(one: Candidate, other: Candidate) -> float:
    """Kilometres between two places on a globe; infinite where one has no coordinates."""
    if one.lat is None or one.lon is None or other.lat is None or other.lon is None:
        return float("inf")
    north, south = radians(one.lat), radians(other.lat)
    half = sin((north - south) / 2) ** 2
    half += cos(north) * cos(south) * sin(radians(one.lon - other.lon) / 2) ** 2
    return 2 * EARTH_KM * asin(sqrt(min(1.0, half)))
