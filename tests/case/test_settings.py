"""Settings say all that is wrong at once, and can only make publication stricter."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wordkept.case.settings import STRICTER, Settings, read_settings, write_settings
from wordkept.errors import CaseError, Problem
from wordkept.model import Actor, PublicationRule

GOOD = 'format = 1\nname = "valley"\ntime_zone = "UTC"\n'


def problems(folder: Path, text: str) -> tuple[Problem, ...]:
    (folder / "wordkept.toml").write_text(text, encoding="utf-8")
    with pytest.raises(CaseError) as caught:
        read_settings(folder)
    assert all("wordkept.toml" in problem.where for problem in caught.value.problems)
    return caught.value.problems


@pytest.mark.parametrize(
    ("text", "what", "remedy"),
    [
        (GOOD.replace("1", "2"), "newer version of wordkept (format 2", "update wordkept"),
        (GOOD.replace("format = 1", ""), "format of the case is not stated", "format = 1"),
        (GOOD.replace("1", '"1"'), "format of the case is not stated", "format = 1"),
        (GOOD + 'nmae = "x"\n', '"nmae" is not a setting', 'did you mean "name"?'),
        (GOOD + "zebra = 1\n", '"zebra" is not a setting', "known: format, name"),
        (GOOD.replace('"valley"', '""'), '"name" is missing or no text', "name = "),
        (GOOD.replace("UTC", "Asia/Damascas"), "is no time zone", '"Asia/Damascus"'),
        (GOOD.replace("UTC", "q"), "is no time zone", "such as Asia/Damascus"),
        (GOOD + "publication = 3\n", '"publication" is no table', "[publication."),
        (GOOD + '[publication.acled]\nallows = "all"\n', "acled allows", "rows, aggregates, not"),
        (GOOD + "[publication]\nacled = 3\n", "acled allows", "allows = one of"),
        (
            GOOD + '[publication.acled]\nallows = "aggregates"\nat_least = 0\n',
            "no whole number over 0",
            "at_least = 5",
        ),
        (
            GOOD + '[publication.acled]\nallows = "aggregates"\nat_lest = 9\n',
            '"at_lest" is not a setting',
            'did you mean "at_least"?',
        ),
        (GOOD + 'offline = "yes"\n', "neither true nor false", "offline = true"),
        (GOOD + 'actors = "North"\n', "not given as names with aliases", "[[actors]]"),
        (GOOD + 'actors = ["North"]\n', "not given as names with aliases", "[[actors]]"),
        (GOOD + '[[actors]]\naliases = ["N"]\n', "not given as names", 'name = "North"'),
        (GOOD + '[[actors]]\nname = "N"\nalias = "n"\n', "not given as names", "[[actors]]"),
        (GOOD + '[[actors]]\nname = "N"\naliases = "n"\n', "not given as names", "[[actors]]"),
        (GOOD + '[[actors]]\nname = "N"\naliases = [1]\n', "not given as names", "[[actors]]"),
        (GOOD + 'model = "small"\n', '"model" is no table', "[model]"),
        (GOOD + "[[model]]\n", '"model" is no table', "[model]"),
        (GOOD + "[model]\naddress = 8080\n", '"address" is no text', 'address = "..."'),
        (GOOD + "[model]\nname = true\n", '"name" is no text', 'name = "..."'),
        (GOOD + '[model]\nadress = "x"\n', '"adress" is not a setting', 'mean "address"?'),
        (GOOD + '[model]\nkey = "k-5ecret"\n', "a key stands in the file", "WORDKEPT_MODEL_KEY"),
        ("format = ", "the settings cannot be read", "mend the file"),
    ],
)
def test_what_is_wrong_is_said(tmp_path: Path, text: str, what: str, remedy: str) -> None:
    (problem,) = problems(tmp_path, text)
    assert what in problem.what
    assert remedy in problem.remedy


def test_all_that_is_wrong_is_said_at_once(tmp_path: Path) -> None:
    text = 'format = 1\nnmae = "x"\ntime_zone = "Mars"\n[publication.airwars]\nallows = 1\n'
    assert len(problems(tmp_path, text)) == 4


def test_all_that_is_wrong_with_a_language_model_is_said_and_its_key_is_not(
    tmp_path: Path,
) -> None:
    text = GOOD + '[model]\nkey = "k-5ecret"\nadress = "x"\nname = 1\n'
    found = problems(tmp_path, text)
    assert len(found) == 3
    assert all("[model]" in one.where for one in found)
    assert "k-5ecret" not in str(found)


def test_a_language_model_is_where_the_settings_say_and_else_nowhere(tmp_path: Path) -> None:
    model = '[model]\naddress = "http://127.0.0.1:8080/v1"\nname = "small"\n'
    for text, address, name in (
        (GOOD, None, None),
        (GOOD + "[model]\n", None, None),
        (GOOD + model, "http://127.0.0.1:8080/v1", "small"),
    ):
        (tmp_path / "wordkept.toml").write_text(text)
        found = read_settings(tmp_path)
        assert (found.model_address, found.model_name) == (address, name)


def test_new_settings_name_no_language_model_and_the_hint_in_them_holds(tmp_path: Path) -> None:
    write_settings(tmp_path, name="valley", time_zone="UTC")
    assert read_settings(tmp_path).model_address is None
    path = tmp_path / "wordkept.toml"
    lines = path.read_text().splitlines()
    first = lines.index("# [model]")
    lines[first : first + 3] = [line.removeprefix("# ") for line in lines[first : first + 3]]
    path.write_text("\n".join(lines))
    found = read_settings(tmp_path)
    assert (found.model_address, found.model_name) == ("http://127.0.0.1:8080/v1", "some-model")


def test_the_parties_of_a_case_are_read_in_order(tmp_path: Path) -> None:
    text = GOOD + '[[actors]]\nname = "North"\naliases = ["N", "Ns"]\n[[actors]]\nname = "South"\n'
    (tmp_path / "wordkept.toml").write_text(text, encoding="utf-8")
    found = read_settings(tmp_path)
    assert found.actors == (Actor(name="North", aliases=("N", "Ns")), Actor(name="South"))
    (tmp_path / "wordkept.toml").write_text(GOOD, encoding="utf-8")
    assert read_settings(tmp_path).actors == ()


def test_bytes_that_are_no_text_are_said(tmp_path: Path) -> None:
    (tmp_path / "wordkept.toml").write_bytes(b"name = \xff\xfe")
    with pytest.raises(CaseError, match="the settings cannot be read"):
        read_settings(tmp_path)


@given(name=st.text(st.characters(exclude_categories=["Cs"]), min_size=1))
def test_a_name_is_read_as_it_was_written(
    tmp_path_factory: pytest.TempPathFactory, name: str
) -> None:
    folder = tmp_path_factory.getbasetemp()
    write_settings(folder, name=name, time_zone="UTC")
    assert read_settings(folder) == Settings(name=name, time_zone="UTC", publication={})


RULES = st.builds(
    PublicationRule, allows=st.sampled_from(STRICTER), at_least=st.integers(1, 50), terms=st.text()
)


@given(own=RULES, published=RULES)
def test_a_case_can_only_be_stricter(own: PublicationRule, published: PublicationRule) -> None:
    settings = Settings(name="x", time_zone="UTC", publication={"acled": own})
    rule = settings.rule("acled", published)
    for other in (own, published):
        assert STRICTER.index(rule.allows) >= STRICTER.index(other.allows)
        assert rule.at_least >= other.at_least
    assert rule.allows in {own.allows, published.allows}
    assert published.terms.strip() in rule.terms
    assert settings.rule("airwars", published) == published


def test_a_rule_of_the_case_is_read(tmp_path: Path) -> None:
    (tmp_path / "wordkept.toml").write_text(
        GOOD + '[publication.airwars]\nallows = "aggregates"\nat_least = 7\n'
    )
    own = read_settings(tmp_path).publication["airwars"]
    assert (own.allows, own.at_least) == ("aggregates", 7)


def test_a_case_is_offline_where_it_says_so(tmp_path: Path) -> None:
    for text, offline in ((GOOD, False), (GOOD + "offline = true\n", True)):
        (tmp_path / "wordkept.toml").write_text(text)
        assert read_settings(tmp_path).offline is offline
