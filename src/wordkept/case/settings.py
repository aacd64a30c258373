"""What stands in wordkept.toml: the case's name, its time zone, and its own publication rules."""

import json
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any
from zoneinfo import available_timezones

from wordkept.errors import CaseError, Problem, did_you_mean
from wordkept.model import DEFAULT_SAFETY, Actor, PublicationRule, Safety

FORMAT = 1
FILE = "wordkept.toml"
INFINITE = 1e6
"""Days and kilometres from which a number is taken for a slip."""
STRICTER = ("rows", "aggregates", "nothing")
ENGINE = re.compile(r"duckdb|spark://[^/:,\s]+:[0-9]{1,5}(,[^/:,\s]+:[0-9]{1,5})*")

TEMPLATE = """\
# A wordkept case. Text that people write stands in text files; what happened stands in the ledger.
format = {format}
name = {name}
# The time zone in which the days of this case are counted, such as "Asia/Damascus".
time_zone = {time_zone}
# Where this is true, no address is fetched:
# offline = true

# What works out the events: DuckDB, which ships; or Apache Spark, for hundreds of millions of rows
# (docs/engines.md):
# engine = "spark://127.0.0.1:7077"

# The parties of the case, with the other names that texts give them:
# [[actors]]
# name = "North"
# aliases = ["the North", "Northern forces"]

# A language model for "wordkept read --reader model", which is sent the texts; its key stands in no
# file, but in the environment variable WORDKEPT_MODEL_KEY:
# [model]
# address = "http://127.0.0.1:8080/v1"
# name = "some-model"

# What may leave the house, where you want it stricter than the publisher's own terms:
# [publication.acled]
# allows = "nothing"
# [publication.airwars]
# allows = "aggregates"
# at_least = 5

# How rows of the days before a dossier's day are listed, so that they harm nobody:
# [safety]
# recent_days = 90   # such rows stand on a grid, without the name of the place
# coarsen_km = 25
# delay_days = 14    # such rows are counted, and not listed

# Documents whose captures and texts no review bundle holds, where their owners would not have it:
# [bundle]
# withhold = ["statement.pdf"]
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """The settings of one case."""

    name: str
    time_zone: str
    publication: Mapping[str, PublicationRule]
    """By dataset: rules of the case's own, which can only be stricter than the publisher's."""
    offline: bool = False
    """Whether no address may be fetched."""
    engine: str | None = None
    """The address of what works out the events; None: DuckDB, which ships."""
    actors: tuple[Actor, ...] = ()
    """The parties of the case, to whom statements are laid."""
    safety: Safety = DEFAULT_SAFETY
    """How rows of recent days are listed."""
    withheld_documents: tuple[str, ...] = ()
    """Names or ids of documents that a review bundle does not hold."""
    model_address: str | None = None
    """Of a service with a language model; None: there is none, and none is assumed."""
    model_name: str | None = None

    def rule(self, dataset: str, published: PublicationRule) -> PublicationRule:
        """The stricter of the publisher's rule and the case's own."""
        own = self.publication.get(dataset)
        if own is None:
            return published
        allows = max(own.allows, published.allows, key=STRICTER.index)
        terms = f"{published.terms} This case allows {own.allows} at most.".strip()
        return replace(
            published, allows=allows, at_least=max(own.at_least, published.at_least), terms=terms
        )


def write_settings(folder: Path, *, name: str, time_zone: str) -> None:
    """Writes a new wordkept.toml."""
    (folder / FILE).write_text(_text(name, time_zone), encoding="utf-8")


def check_settings(folder: Path, *, name: str, time_zone: str) -> None:
    """Raises CaseError with all that would be wrong in a new wordkept.toml."""
    _checked(tomllib.loads(_text(name, time_zone)), str(folder / FILE))


def _text(name: str, time_zone: str) -> str:
    return TEMPLATE.format(format=FORMAT, name=_quoted(name), time_zone=_quoted(time_zone))


def _quoted(text: str) -> str:
    """A TOML string; JSON's strings are TOML's but for the delete character."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def read_settings(folder: Path) -> Settings:
    """The settings in a case folder.

    Raises CaseError with all that is wrong, or where a newer version made the case.
    """
    path = folder / FILE
    try:
        found = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise CaseError(
            Problem(
                what="this folder is not a case: it has no wordkept.toml",
                where=str(folder),
                remedy=f"make it one: wordkept init {folder.name}",
            )
        ) from error
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        what = f"the settings cannot be read: {error}"
        raise CaseError(Problem(what=what, where=str(path), remedy="mend the file")) from error
    _checked(found, str(path))
    rules = {name: _rule(rule) for name, rule in found.get("publication", {}).items()}
    return Settings(
        name=found["name"],
        time_zone=found["time_zone"],
        publication=rules,
        offline=found.get("offline", False),
        engine=found.get("engine"),
        actors=tuple(
            Actor(name=one["name"], aliases=tuple(one.get("aliases", ())))
            for one in found.get("actors", ())
        ),
        safety=Safety(**found.get("safety", {})),
        withheld_documents=tuple(found.get("bundle", {}).get("withhold", ())),
        model_address=found.get("model", {}).get("address"),
        model_name=found.get("model", {}).get("name"),
    )


def _checked(found: Mapping[str, Any], where: str) -> None:
    problems = tuple(_problems(found, where))
    if problems:
        raise CaseError(*problems)


def _problems(found: Mapping[str, Any], where: str) -> Iterator[Problem]:
    made = found.get("format")
    if isinstance(made, int) and made > FORMAT:
        what = f"this case was made by a newer version of wordkept (format {made}, known: {FORMAT})"
        yield Problem(what=what, where=where, remedy="update wordkept")
        return
    if made != FORMAT:
        yield Problem(what="the format of the case is not stated", where=where,
                      remedy=f"write: format = {FORMAT}")  # fmt: skip
    known = ("format", "name", "time_zone", "offline", "engine", "actors", "model",
             "publication", "safety", "bundle")  # fmt: skip
    yield from _unknown(found, known, where)
    yield from _actor_problems(found.get("actors", []), where)
    yield from _model_problems(found.get("model", {}), where)
    for key in ("name", "time_zone"):
        if not isinstance(found.get(key), str) or not found[key]:
            yield Problem(what=f'"{key}" is missing or no text', where=where,
                          remedy=f'write: {key} = "..."')  # fmt: skip
    if not isinstance(found.get("offline", False), bool):
        yield Problem(what='"offline" is neither true nor false', where=where,
                      remedy="write: offline = true")  # fmt: skip
    engine = found.get("engine", "duckdb")
    if not isinstance(engine, str) or not ENGINE.fullmatch(engine):
        remedy = 'write: engine = "spark://host:7077"; or leave it out, for DuckDB'
        yield Problem(what=f'"engine" cannot be "{engine}"', where=where, remedy=remedy)
    zone = found.get("time_zone")
    if isinstance(zone, str) and zone and zone not in available_timezones():
        remedy = did_you_mean(zone, available_timezones(), otherwise="such as Asia/Damascus")
        yield Problem(what=f'"{zone}" is no time zone', where=where, remedy=remedy)
    yield from _safety_problems(found.get("safety", {}), where)
    yield from _bundle_problems(found.get("bundle", {}), where)
    rules = found.get("publication", {})
    if not isinstance(rules, dict):
        yield Problem(what='"publication" is no table', where=where,
                      remedy="write: [publication.acled]")  # fmt: skip
        return
    for name, rule in rules.items():
        yield from _rule_problems(name, rule, where)


def _actor_problems(actors: Any, where: str) -> Iterator[Problem]:
    named = isinstance(actors, list) and all(
        isinstance(one, dict)
        and isinstance(one.get("name"), str)
        and set(one) <= {"name", "aliases"}
        and isinstance(one.get("aliases", []), list)
        and all(isinstance(alias, str) for alias in one.get("aliases", []))
        for one in actors
    )
    if not named:
        yield Problem(what="the actors are not given as names with aliases", where=where,
                      remedy='write: [[actors]] with name = "North"')  # fmt: skip


def _model_problems(model: Any, where: str) -> Iterator[Problem]:
    at = f"{where}, [model]"
    if not isinstance(model, dict):
        yield Problem(what='"model" is no table', where=where, remedy="write: [model]")
        return
    if "key" in model:
        yield Problem(what="a key stands in the file, where others can read it", where=at,
                      remedy="take it out, and set WORDKEPT_MODEL_KEY to it")  # fmt: skip
    yield from _unknown({key: model[key] for key in model if key != "key"},
                        ("address", "name"), at)  # fmt: skip
    for key in ("address", "name"):
        if not isinstance(model.get(key, "..."), str):
            yield Problem(what=f'"{key}" is no text', where=at, remedy=f'write: {key} = "..."')


def _safety_problems(safety: Any, where: str) -> Iterator[Problem]:
    at = f"{where}, [safety]"
    if not isinstance(safety, dict):
        yield Problem(what='"safety" is no table', where=where, remedy="write: [safety]")
        return
    known = tuple(field.name for field in fields(Safety))
    yield from _unknown(safety, known, at)
    for key in known:
        value = safety.get(key, 0)
        kinds = (int, float) if key == "coarsen_km" else int
        if isinstance(value, bool) or not isinstance(value, kinds) or not 0 <= value < INFINITE:
            yield Problem(what=f'"{key}" is no number from 0', where=at, remedy=f"{key} = 30")


def _bundle_problems(bundle: Any, where: str) -> Iterator[Problem]:
    at, remedy = f"{where}, [bundle]", 'write: withhold = ["statement.pdf"]'
    if not isinstance(bundle, dict):
        yield Problem(what='"bundle" is no table', where=where, remedy="write: [bundle]")
        return
    yield from _unknown(bundle, ("withhold",), at)
    names = bundle.get("withhold", [])
    if not isinstance(names, list) or not all(isinstance(one, str) for one in names):
        yield Problem(what='"withhold" is no list of documents', where=at, remedy=remedy)


def _unknown(found: Mapping[str, Any], known: tuple[str, ...], where: str) -> Iterator[Problem]:
    for key in found:
        if key not in known:
            otherwise = f"known: {', '.join(known)}"
            yield Problem(what=f'"{key}" is not a setting', where=where,
                          remedy=did_you_mean(key, known, otherwise=otherwise))  # fmt: skip


def _rule_problems(name: str, rule: Any, where: str) -> Iterator[Problem]:
    at = f"{where}, [publication.{name}]"
    if not isinstance(rule, dict) or rule.get("allows") not in STRICTER:
        yield Problem(what=f"what {name} allows is not stated", where=at,
                      remedy=f"allows = one of {', '.join(STRICTER)}")  # fmt: skip
        return
    yield from _unknown(rule, ("allows", "at_least"), at)
    least = rule.get("at_least", 1)
    if not isinstance(least, int) or least < 1:
        yield Problem(what='"at_least" is no whole number over 0', where=at,
                      remedy="at_least = 5")  # fmt: skip


def _rule(rule: Mapping[str, Any]) -> PublicationRule:
    return PublicationRule(allows=rule["allows"], at_least=rule.get("at_least", 1))
