"""What an edition of the dossier changed over the one before it, and why, from the ledger alone."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from wordkept import __version__
from wordkept.case.editions import Entered
from wordkept.ledger.canonical import as_json, from_json, value_id
from wordkept.ledger.entries import Entry
from wordkept.model import Alarm, Assessment, Change, ChangeKind, Release
from wordkept.pledges.payload import plan_payload
from wordkept.prose import count, day

State = Mapping[str, Any]
"""What a later edition is held against: `pledges` by id, `version` and `rules`. JSON's types."""

JUDGED = ("match", "pair")
"""Entries that change which rows are counted as one event."""
CAUSES = {
    "the world": "the days that were added to the record did it, not a change of earlier ones",
    "the publisher": "its publisher changed days that were on record before",
    "both": "its publisher changed earlier days, and days were added",
}


def state_of(found: Sequence[Assessment], rules: str) -> dict[str, Any]:
    """What the next edition will be held against."""
    pledges = {
        one.pledge.id: {
            **_texts(plan_payload(one.pledge)["pledge"]),
            "plan": one.fixing.plan,
            "word": one.verdict.word,
            "sentence": value_id(one.verdict.sentence),
            "releases": [release.id for release in one.releases],
        }
        for one in found
    }
    return {"pledges": pledges, "version": __version__, "rules": rules}


def state_entered(edition: Entered, entries: Sequence[Entry]) -> State:
    """The state of an edition: as it was entered, or what the ledger's assessments say of it."""
    if "state" in edition.first.payload:
        held: State = edition.first.payload["state"]
        return held
    before = [one for one in entries if one.number < edition.first.number]
    plans = {one.payload["plan"]: one for one in before if one.kind == "plan"}
    pledges, version = {}, None
    for one in before:
        told = one.payload
        if one.kind == "assessment" and told["as_of"] == edition.first.payload["as_of"]:
            says = plans[told["plan"]].payload.get("says") if told["plan"] in plans else None
            pledges[told["pledge"]] = {
                **(_texts(says["pledge"]) if says else {"title": told["pledge"]}),
                "plan": told["plan"],
                "word": told["word"],
                "sentence": value_id(told["sentence"]),
                "releases": told["releases"],
            }
            version = told["version"]
    return {"pledges": pledges, "version": version, "rules": None}


def corrections(
    before: State, after: State, entries: Sequence[Entry], since: int
) -> tuple[Change, ...]:
    """What an edition changed over the one that was entered as number `since` of the ledger."""
    new = [one for one in entries if one.number > since]
    return tuple(_corrections(before, after, entries, new))


def _texts(pledge: Mapping[str, Any]) -> dict[str, str]:
    """The title of a pledge, and hashes of its words and of its plan."""
    worded = {name: held for name, held in pledge.items() if name != "plan"}
    return {
        "title": pledge["title"],
        "wording": value_id(worded),
        "test": value_id(pledge["plan"]),
    }


def _corrections(
    before: State, after: State, entries: Sequence[Entry], new: Sequence[Entry]
) -> Iterator[Change]:
    was, now = before["pledges"], after["pledges"]
    releases = _releases(entries)
    shared = [name for name in now if name in was]
    for name in shared:
        yield from _said(name, was[name], now[name], _why(name, before, after, entries, new))
    for name in now:
        if name not in was:
            sentence = f"{now[name]['title']}: added; {now[name]['word']}."
            yield Change(kind="pledge", sentence=sentence, pledge=name)
    for name in was:
        if name not in now:
            sentence = f"{was[name]['title']}: taken out; it stood at {was[name]['word']}."
            yield Change(kind="pledge", sentence=sentence, pledge=name)
    for name in shared:
        yield from _edited(name, was[name], now[name])
    yield from _records(_ids(was), _ids(now), releases)
    yield from _entered(new)
    if before["rules"] is not None and before["rules"] != after["rules"]:
        yield Change(kind="rules", sentence="The case's own rules of publication or of safety "
                     "were changed.")  # fmt: skip
    if before["version"] not in (None, after["version"]):
        said = f"wordkept {before['version']} gave way to {after['version']}."
        yield Change(kind="version", sentence=said)


def _said(
    name: str, was: Mapping[str, Any], now: Mapping[str, Any], why: tuple[str, ...]
) -> Iterator[Change]:
    if was["word"] != now["word"]:
        sentence = f"{now['title']}: the verdict went from {was['word']} to {now['word']}."
        yield Change(kind="verdict", sentence=sentence, why=why, pledge=name)
    elif was["sentence"] != now["sentence"]:
        sentence = f"{now['title']}: still {now['word']}, in another sentence."
        yield Change(kind="sentence", sentence=sentence, why=why, pledge=name)


def _edited(name: str, was: Mapping[str, Any], now: Mapping[str, Any]) -> Iterator[Change]:
    if was["plan"] == now["plan"]:
        return
    kinds: tuple[tuple[ChangeKind, str, str], ...] = (
        ("wording", "wording", "what its file says of the pledge was changed"),
        ("plan", "test", "the plan that tests it was changed"),
    )
    told = False
    for kind, field, words in kinds:
        if field in was and was[field] != now[field]:
            told = True
            yield Change(kind=kind, sentence=f"{now['title']}: {words}.", pledge=name)
    if not told:
        sentence = f"{now['title']}: its words or its plan were changed."
        yield Change(kind="plan", sentence=sentence, pledge=name)


def _records(was: set[str], now: set[str], releases: Mapping[str, Release]) -> Iterator[Change]:
    gone = {releases[one].dataset for one in was - now if one in releases}
    for one in sorted(now - was, key=lambda one: (releases[one].dataset, one)):
        release = releases[one]
        verb = "a new release took the old one's place" if release.dataset in gone else "added"
        sentence = f"{release.title}: {verb}, known from {day(release.known_on)}."
        yield Change(kind="record", sentence=sentence)
    left = gone - {releases[one].dataset for one in now if one in releases}
    for dataset in sorted(left):
        yield Change(kind="record", sentence=f"{dataset}: no verdict rests on it any more.")


def _entered(new: Sequence[Entry]) -> Iterator[Change]:
    kinds: Counter[str] = Counter(one.kind for one in new)
    if kinds["mask"]:
        sentence = f"{count(kinds['mask'], 'mask')} of names set or lifted in captured texts."
        yield Change(kind="mask", sentence=sentence)
    if any(kinds[kind] for kind in JUDGED):
        sentence = "Rows that may be one event were looked for, or judged, anew."
        yield Change(kind="rows", sentence=sentence)


def _why(
    name: str, before: State, after: State, entries: Sequence[Entry], new: Sequence[Entry]
) -> tuple[str, ...]:
    """What the ledger holds that can have done it; all of it, where there are several."""
    was, now = before["pledges"][name], after["pledges"][name]
    said = []
    if was["plan"] != now["plan"]:
        said.append("its wording or its plan was changed")
    held = _releases(entries)
    for one in sorted(set(now["releases"]) - set(was["releases"])):
        said.append(f"a new release of {held[one].dataset} was loaded")
        said += _watched(name, held[one], (was["word"], now["word"]), entries)
    if any(one.kind in JUDGED for one in new):
        said.append("rows that may be one event were looked for, or judged, anew")
    if before["version"] not in (None, after["version"]):
        said.append("another version of wordkept assessed it")
    return tuple(said) or (
        "neither its plan nor its records changed: its day did, or another pledge of the case",
    )


def _watched(
    name: str, release: Release, words: tuple[str, str], entries: Sequence[Entry]
) -> Iterator[str]:
    """What `watch` and `diff` entered of this flip: who did it."""
    for entry in entries:
        if entry.kind == "alarm":
            alarm = from_json(Alarm, entry.payload["alarm"])
            told = (alarm.pledge, alarm.raised_on, alarm.before, alarm.after)
            if told == (name, release.known_on, *words):
                yield CAUSES[alarm.cause]
        elif entry.kind == "flip":
            flip = entry.payload
            if (flip["pledge"], flip["after"]) == (name, release.id):
                yield "the two releases were held against each other: wordkept diff shows the rows"


def _releases(entries: Sequence[Entry]) -> dict[str, Release]:
    loaded = (
        from_json(Release, one.payload["release"]) for one in entries if one.kind == "release"
    )
    return {one.id: one for one in loaded}


def _ids(pledges: Mapping[str, Any]) -> set[str]:
    return {one for told in pledges.values() for one in told["releases"]}


def rules_id(rules: object) -> str:
    """The hash of the case's own rules of publication and of safety."""
    return value_id(as_json(rules))
