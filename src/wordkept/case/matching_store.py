"""Runs of `match` as they stand in a case: the pairs that each found, kept under their hash."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from wordkept.case.case import LEDGER, Case, now, whoever, writing
from wordkept.case.turns import in_turn
from wordkept.errors import CaseError, Problem
from wordkept.ids import bytes_id
from wordkept.ledger.canonical import as_json, from_json
from wordkept.ledger.entries import Entry
from wordkept.ledger.journal import Ledger
from wordkept.model import EventKey, FoundPair, Matched, Pair

FOLDER = "matches"
COLUMNS = ("left", "left_id", "right", "right_id", "probability", "score", "sureness", "pairing")


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredMatch:
    """What stands of one pair of datasets: the run that looked at it last, and its pairs."""

    matched: Matched
    releases: Mapping[str, str]
    """By dataset: the release that was looked at."""
    pairs: tuple[FoundPair, ...]


def store_match(
    case: Case, found: Sequence[tuple[Matched, Sequence[FoundPair]]], releases: Mapping[str, str]
) -> bool:
    """Whether a run is new to the case: it then stands in the ledger, its pairs in a file."""
    content = _written(one for _, pairs in found for one in pairs)
    name = f"{FOLDER}/{bytes_id(content)}.parquet"
    payload = {
        "releases": dict(releases),
        "found": [as_json(matched) for matched, _ in found],
        "files": {name: bytes_id(content)},
    }
    with writing(case.folder), in_turn(case.folder / FOLDER):
        part = case.folder / FOLDER / f".{bytes_id(content)}.part"
        part.write_bytes(content)
        part.replace(case.folder / name)
    with Ledger.open(case.folder / LEDGER) as ledger:
        earlier = ledger.entries("match")
        if earlier and earlier[-1].payload == payload:
            return False
        ledger.append("match", payload, who=whoever(), at=now())
    return True


def stored_matches(case: Case, entries: Iterable[Entry]) -> tuple[StoredMatch, ...]:
    """What was found last between each two datasets, and inside each, that were looked at.

    A run says all about the datasets that it names: what an earlier one found of them is gone.
    Raises CaseError where a file of pairs is missing, or is not what it was.
    """
    newest: dict[tuple[str, str], tuple[Matched, Entry]] = {}
    for entry in entries:
        if entry.kind == "match":
            named = set(entry.payload["releases"])
            newest = {between: one for between, one in newest.items() if not named >= {*between}}
            for told in entry.payload["found"]:
                matched = from_json(Matched, told)
                newest[matched.left, matched.right] = (matched, entry)
    read = {entry.hash: _read(case, entry) for _, entry in newest.values()}
    return tuple(
        StoredMatch(
            matched=matched,
            releases=entry.payload["releases"],
            pairs=tuple(read[entry.hash].get(between, ())),
        )
        for between, (matched, entry) in sorted(newest.items(), key=lambda one: one[0])
    )


def _written(pairs: Iterable[FoundPair]) -> bytes:
    """The pairs as Parquet: the same bytes for the same pairs."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    rows = [
        (one.pair.one.dataset, one.pair.one.native_id, one.pair.other.dataset,
         one.pair.other.native_id, one.probability, one.score, one.sureness, one.pairing)
        for one in pairs
    ]  # fmt: skip
    columns = zip(*rows, strict=True) if rows else ([] for _ in COLUMNS)
    kinds = (*[pa.string()] * 4, *[pa.float64()] * 2, *[pa.string()] * 2)
    table = pa.table(
        {name: pa.array(list(values), kind)
         for name, values, kind in zip(COLUMNS, columns, kinds, strict=True)}
    )  # fmt: skip
    stream = BytesIO()
    pq.write_table(table, stream, compression="zstd")
    return stream.getvalue()


def _read(case: Case, entry: Entry) -> dict[tuple[str, str], list[FoundPair]]:
    """The pairs of a run, by the two datasets that they are of."""
    import pyarrow.parquet as pq

    ((name, identity),) = entry.files.items()
    try:
        content = (case.folder / name).read_bytes()
    except OSError:
        raise _unlike(name) from None
    if bytes_id(content) != identity:
        raise _unlike(name)
    found: dict[tuple[str, str], list[FoundPair]] = {}
    for row in pq.read_table(BytesIO(content)).to_pylist():
        found.setdefault((row["left"], row["right"]), []).append(_pair(row))
    return found


def _pair(row: Mapping[str, Any]) -> FoundPair:
    return FoundPair(
        pair=Pair(
            one=EventKey(dataset=row["left"], native_id=row["left_id"]),
            other=EventKey(dataset=row["right"], native_id=row["right_id"]),
        ),
        probability=row["probability"],
        score=row["score"],
        sureness=row["sureness"],
        pairing=row["pairing"],
    )


def _unlike(name: str) -> CaseError:
    return CaseError(
        Problem(
            what="the pairs of a run of match are missing, or are not what they were",
            where=name,
            remedy="restore the file from a copy, or move it away and run wordkept match again",
        )
    )
