"""Only what changed is worked out anew, and what leads to the same is kept once."""

from typing import Any

import pytest

from wordkept.case import Case
from wordkept.case.building import build
from wordkept.case.unchanged import unchanged
from wordkept.model import Assessment, Pledge


def test_what_other_code_made_of_the_same_is_kept_once(
    built: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("wordkept.case.inputs.code_id", lambda: "other code")
    assert unchanged(built.folder) is None
    with built.ledger() as ledger:
        before = len(ledger.entries())
    again = build(built)
    assert (again.edition, again.new, again.differs) == (1, False, ())
    assert unchanged(built.folder) == again.page
    with built.ledger() as ledger:
        assert len(ledger.entries()) == before + 1
    assert built.verify().sound
    build(built)
    with built.ledger() as ledger:
        assert len(ledger.entries()) == before + 1


@pytest.mark.parametrize(
    ("was", "now", "anew"),
    [
        ('act = "', 'act = "really ', {"truce"}),
        # What the assessments of others are told of it.
        ('title = "', 'title = "Now ', {"truce", "second"}),
    ],
)
def test_only_what_changed_is_assessed_again(
    built: Case, monkeypatch: pytest.MonkeyPatch, was: str, now: str, anew: set[str]
) -> None:
    pledges = built.folder / "pledges"
    text = (pledges / "truce.toml").read_text()
    (pledges / "second.toml").write_text(text)
    build(built)
    held: set[str] = set()
    hold = Case.hold

    def watched(case: Case, pledge: Pledge, *given: Any, **named: Any) -> Assessment:
        held.add(pledge.id)
        return hold(case, pledge, *given, **named)

    monkeypatch.setattr(Case, "hold", watched)
    assert was in text
    (pledges / "truce.toml").write_text(text.replace(was, now, 1))
    build(built)
    assert held == anew
