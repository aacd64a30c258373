"""Names of private persons: masked in all that is built, held by the ledger as places alone."""

import json
import re
import shutil
import zipfile
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from wordkept.case import Case
from wordkept.case.bundling import make_bundle
from wordkept.case.comparing import Effect, veiled_effects
from wordkept.case.masking import mask_words, masked_spans, standing_masks, unmask, veiled_pledge
from wordkept.cli import main
from wordkept.dossier.bundle import verify
from wordkept.dossier.masking import BLOCK, blocked, words_blocked
from wordkept.dossier.terminal import board_text
from wordkept.errors import CaseError, InputError
from wordkept.events.difference import Changes
from wordkept.ledger.canonical import as_json
from wordkept.model import Alarm, Span

CANARY = "Zofia Kanarek"
SAID = (
    f"Statement taken down by {CANARY} on 10 April 2025.\n"
    f"Until Sunday 27 April, said {CANARY}, our guns will not fire on the valley.\n"
    f"So {CANARY} was told.\n"
)
TEXTS = st.text(alphabet="ab \r\né█\U0001f54a", max_size=60)


@pytest.fixture(scope="module")
def named_once(written: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("named")
    case = Case.create(folder / "valley")
    (folder / "statement.txt").write_text(SAID)
    case.read(folder / "statement.txt", title=f"What {CANARY} heard")
    pledge = (written / "truce.toml").read_text()
    pledge = pledge.replace("our guns will", f"said {CANARY}, our guns will")
    pledge = pledge.replace('act = "not', f'# {CANARY} told us\nact = "as {CANARY} heard, not')
    (case.folder / "pledges" / "truce.toml").write_text(pledge)
    case.register()
    case.load(written / "counts.csv")
    return case.folder


@pytest.fixture
def named(named_once: Path, tmp_path: Path) -> Case:
    """A case whose document, quote, pledge and title hold the name of a private person."""
    return Case.open(shutil.copytree(named_once, tmp_path / "valley"))


def shown(case: Case, *options: str) -> str:
    said = CliRunner().invoke(main, ["show", str(case.folder), "truce", *options])
    assert said.exit_code == 0, said.output
    return said.output


def bundled(case: Case) -> dict[str, str]:
    """The files of the case's review bundle, which is sound, the dossier's among them."""
    bundle, _ = make_bundle(case)
    path = case.folder.parent / "bundle.zip"
    path.write_bytes(bundle.content)
    assert verify.verify(path, bundle.manifest) == 0
    with zipfile.ZipFile(BytesIO(bundle.content)) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist()}


def test_a_masked_name_stands_in_no_way_out(named: Case) -> None:
    surname = CANARY.split()[1]
    before = {name for name, text in bundled(named).items() if surname in text}
    assert {"dossier/index.html", "dossier/dossier.json", "ledger.jsonl"} <= before
    assert {"documents.json", "pledges/truce.toml"} <= before
    done = mask_words(named, "statement.txt", CANARY, reason="a witness", who="editor")
    assert len(done.mask.spans) == 3
    ways = bundled(named) | {
        "terminal": board_text(named.report()),
        "show": shown(named, "--full"),
        "show as JSON": shown(named, "--json"),
    }
    assert {name for name, text in ways.items() if surname in text} == set()
    (document,) = json.loads(ways["documents.json"])
    assert document["masked"] == [[one.start, one.end] for one in done.mask.spans]
    assert ways[document["text"]] == SAID.replace(CANARY, BLOCK * len(CANARY))
    assert document["id"] in ways["README.txt"]
    assert not any(name.startswith("documents/") for name in ways)
    assert all(BLOCK * len(CANARY) in ways[name] for name in ("dossier/index.html", "show"))


def test_a_mask_holds_for_earlier_days_and_leaves_the_words_around_it(named: Case) -> None:
    day = named.report().as_of
    mask_words(named, "statement.txt", CANARY, reason="a witness", who="editor")
    assert CANARY not in named.dossier(as_of=day).read_text()
    made = json.loads((named.folder / "dossier" / "dossier.json").read_text())["pledges"][0]
    blocks = BLOCK * len(CANARY)
    assert made["quotes"][0]["words"] == f"said {blocks}, our guns will not fire on the valley"
    assert made["quotes"][0]["title"] == f"What {blocks} heard"


def test_the_ledger_holds_no_name_and_the_capture_is_untouched(named: Case) -> None:
    mask_words(named, "statement.txt", CANARY, reason="a witness", who="editor")
    with named.ledger() as ledger:
        (entry,) = ledger.entries("mask")
    assert CANARY not in str(entry.payload)
    assert named.verify().sound
    (document,) = named.documents()
    assert (named.folder / "documents" / document.id).read_text() == SAID


def test_a_mask_is_taken_back(named: Case) -> None:
    mask_words(named, "statement.txt", CANARY, reason="a witness", who="editor")
    unmask(named, "statement.txt", CANARY, who="editor")
    assert standing_masks(named) == ()
    assert CANARY in str(veiled_pledge(named, named.pledge("truce").pledge))
    with pytest.raises(InputError, match="no mask of it stands"):
        unmask(named, "statement.txt", None, who="editor")


def test_a_mask_is_entered_once(named: Case) -> None:
    first = mask_words(named, "statement.txt", CANARY, reason="a witness", who="editor")
    again = mask_words(named, "statement.txt", CANARY, reason="a witness", who="editor")
    assert first.new
    assert not again.new
    assert len(standing_masks(named)) == 1


def test_of_a_masked_stretch_no_part_is_quoted(named: Case) -> None:
    start = SAID.index("our guns")
    mask_words(named, "statement.txt", Span(start=start, end=len(SAID)), reason="why", who="me")
    assert {name for name, text in bundled(named).items() if "our guns" in text} == set()


@pytest.mark.parametrize(
    ("asked", "reason", "what"),
    [
        ("Nobody Here", "why", "these words are not in its text"),
        (CANARY, " ", "a mask needs a reason"),
        (CANARY, f"{CANARY.upper()} asked for it", "the reason holds the words"),
        (" Z", "why", "too short"),
        (Span(start=3, end=9999), "why", "no such stretch"),
    ],
)
def test_what_cannot_be_masked_is_said(
    named: Case, asked: str | Span, reason: str, what: str
) -> None:
    with pytest.raises(InputError, match=what):
        mask_words(named, "statement.txt", asked, reason=reason, who="me")
    assert standing_masks(named) == ()


def test_one_is_told_where_else_the_words_stand(named: Case, tmp_path: Path) -> None:
    (tmp_path / "other.txt").write_text(f"{CANARY} again, and {CANARY.upper()}, and {CANARY}s.")
    named.read(tmp_path / "other.txt")
    done = mask_words(named, "statement.txt", CANARY, reason="a witness", who="me")
    assert done.also_in == ("other.txt",)
    there = mask_words(named, "other.txt", CANARY, reason="a witness", who="me")
    assert (there.inside_words, there.other_case) == (1, 1)


def test_a_mask_follows_its_words_into_a_newer_text(named: Case) -> None:
    mask_words(named, "statement.txt", CANARY, reason="a witness", who="me")
    (document,) = named.documents()
    newer = "A newer reader's text. " + SAID
    set_text(named, document.id, newer)
    spans = masked_spans(named)[document.id]
    assert {one.of(newer) for one in spans} == {CANARY}


def test_nothing_is_built_where_a_mask_is_lost(named: Case) -> None:
    mask_words(named, "statement.txt", CANARY, reason="a witness", who="me")
    (document,) = named.documents()
    set_text(named, document.id, SAID.replace(CANARY, "Z. Kanarek"))
    with pytest.raises(CaseError, match="a mask was made on an earlier text"):
        masked_spans(named)


def set_text(case: Case, document: str, text: str) -> None:
    """Enters that a newer extractor gave another text of a document, and keeps the earlier one."""
    from wordkept.ids import bytes_id

    folder = case.folder / "documents" / "texts"
    folder.mkdir(exist_ok=True)
    (folder / f"{document}.txt").write_bytes((folder.parent / document).read_bytes())
    identity = bytes_id(text.encode())
    (folder / f"{identity}.txt").write_text(text)
    with case.ledger() as ledger:
        payload = json.loads(json.dumps(ledger.entries("capture")[-1].payload))
        payload["document"]["text"] = identity
        ledger.append("capture", payload, who="test", at="2026-11-23T04:05:06Z")


def test_the_command_masks_and_takes_back(named: Case) -> None:
    folder = str(named.folder)
    run = CliRunner().invoke(main, ["mask", folder, "statement.txt", CANARY, "--reason", "witness"])
    assert run.exit_code == 0
    assert "statement.txt: 3 places masked" in run.output
    assert CANARY not in run.output
    pledge = veiled_pledge(named, named.pledge("truce").pledge)
    assert CANARY not in str(pledge)
    back = CliRunner().invoke(main, ["mask", folder, "statement.txt", "--undo"])
    assert back.exit_code == 0
    assert standing_masks(named) == ()
    assert CliRunner().invoke(main, ["mask", folder, "statement.txt", CANARY]).exit_code == 2


@given(TEXTS, st.lists(st.tuples(st.integers(0, 70), st.integers(0, 70)), max_size=4))
def test_blocks_keep_every_offset_and_every_line(text: str, pairs: list[tuple[int, int]]) -> None:
    spans = [Span(start=min(pair), end=max(pair)) for pair in pairs]
    masked = blocked(text, spans)
    assert len(masked) == len(text)
    for place, (before, after) in enumerate(zip(text, masked, strict=True)):
        inside = any(one.start <= place < one.end for one in spans)
        assert after == (BLOCK if inside and before not in "\r\n" else before)


@given(TEXTS, st.sampled_from(["abab", "ab", "é a"]))
def test_blocked_words_stand_nowhere_but_inside_longer_ones(text: str, word: str) -> None:
    masked = words_blocked([word])(text)
    alone = rf"(?<!\w){word}(?!\w)" if len(word) < 4 else word
    assert not re.search(alone, masked)
    assert len(masked) == len(text)


def test_a_masked_name_stands_in_no_alarm_and_in_no_view_by_stamps(named: Case) -> None:
    """Of an alarm that was raised before the mask, too: the feed is written without the name."""
    path = named.folder / "pledges" / "truce.toml"
    path.write_text(path.read_text().replace('title = "', f'title = "As {CANARY} heard: ', 1))
    raised = Alarm(
        id="0" * 64, pledge="truce", title=f"As {CANARY} heard", raised_on=date(2025, 6, 1),
        kind="verdict", cause="the world", before="kept", after="not kept",
        sentence=f"The verdict on what {CANARY} heard went from kept to not kept.",
    )  # fmt: skip
    with named.ledger() as ledger:
        ledger.append("alarm", {"alarm": as_json(raised)}, who="test", at="2025-06-01T00:00:00Z")

    def ways() -> dict[str, str]:
        folder, said = str(named.folder), {}
        for command in (["watch", folder], ["watch", folder, "--json"],
                        ["assess", folder, "--by-stamps"]):  # fmt: skip
            done = CliRunner().invoke(main, command)
            assert done.exit_code == 0, done.output
            said[" ".join(command[::2])] = done.output
        for name in ("alarms.atom", "alarms.json"):
            said[name] = (named.folder / "dossier" / name).read_text()
        return said

    surname = CANARY.split()[1]
    said = CliRunner().invoke(main, ["assess", str(named.folder), "--by-stamps", "--json"])
    before = ways() | {"by stamps": said.output}
    assert {name for name, text in before.items() if surname in text} >= {
        "alarms.atom", "alarms.json", "watch --json", "by stamps"
    }  # fmt: skip
    mask_words(named, "statement.txt", CANARY, reason="a witness", who="editor")
    said = CliRunner().invoke(main, ["assess", str(named.folder), "--by-stamps", "--json"])
    after = ways() | {"by stamps": said.output}
    assert {name for name, text in after.items() if surname in text} == set()
    assert all(f"As {BLOCK * 5}" in after[one] for one in ("alarms.atom", "alarms.json"))
    assert raised.id in after["alarms.json"]


def test_a_masked_name_stands_in_no_comparison_of_releases(named: Case) -> None:
    mask_words(named, "statement.txt", CANARY, reason="a witness", who="editor")
    changes = Changes(added=0, changed=0, deleted=0)
    effect = Effect(pledge="truce", title=f"As {CANARY} heard", plan="0", was="kept", now="kept",
                    changes=changes, sentence="The verdict is kept by both.")  # fmt: skip
    (veiled,) = veiled_effects(named, (effect,))
    assert veiled.title == f"As {BLOCK * len(CANARY)} heard"
