"""The README is run: its files written as it shows them, its commands as a reader types them."""

import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from wordkept.events.datasets import DATASETS

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
FENCE = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
NAMED = re.compile(r"`([\w.-]+\.(?:csv|toml|txt))`")
TIMEOUT_S = 120


@dataclass(frozen=True)
class Command:
    line: str
    shown: list[str] = field(default_factory=list)


def fences(*languages: str) -> Iterator[tuple[str, str]]:
    """Each fenced block of one of the languages: the paragraph before it, and its content."""
    for found in FENCE.finditer(README):
        if found[1] in languages:
            yield README[: found.start()].rstrip().rpartition("\n\n")[2], found[2]


def shown_files() -> dict[str, str]:
    """Each file shown in full, under the last file name in the paragraph before it."""
    return {NAMED.findall(before)[-1]: content for before, content in fences("csv", "toml", "text")}


def commands() -> list[Command]:
    found: list[Command] = []
    for _, block in fences("console"):
        for line in block.splitlines():
            if line.startswith("$ "):
                found.append(Command(line.removeprefix("$ ")))
            else:
                found[-1].shown.append(line)
    return found


def targets() -> set[str]:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    return set(re.findall(r"^([a-z]+):.*## ", makefile, re.MULTILINE))


def run(command: Command, folder: Path) -> str:
    """Standard output of a command, in order, whole lines."""
    scripts = Path(sys.executable).parent
    environment = os.environ | {
        "PATH": f"{scripts}{os.pathsep}{os.environ['PATH']}",
        "WORDKEPT_WHO": "the README",
    }
    done = subprocess.run(
        shlex.split(command.line), cwd=folder, env=environment, capture_output=True, text=True,
        timeout=TIMEOUT_S, check=False,
    )  # fmt: skip
    assert done.returncode == 0, f"{command.line}\n{done.stdout}\n{done.stderr}"
    return done.stdout


def missing(shown: list[str], said: str) -> list[str]:
    """The lines shown that the output does not have, or not in that order."""
    rest = iter(said.splitlines())
    return [line for line in shown if line not in rest]


def test_every_command_runs_and_says_what_is_shown(tmp_path: Path) -> None:
    for name, content in shown_files().items():
        (tmp_path / name).write_text(content, encoding="utf-8")
    for command in commands():
        said = run(command, tmp_path)
        assert not missing(command.shown, said), f"{command.line}\n{said}"
    assert (tmp_path / "valley" / "dossier" / "index.html").is_file()


def test_the_example_shows_each_command_of_a_case() -> None:
    ran = {command.line.split()[1] for command in commands() if command.line.startswith("wordkept")}
    assert {"init", "read", "load", "register", "assess", "dossier", "show", "verify"} <= ran
    assert {"statement.txt", "log.csv", "log.toml", "truce.toml"} == set(shown_files())


def test_a_line_that_is_not_said_is_found_out() -> None:
    assert missing(["b", "a"], "a\nb") == ["a"]
    assert missing(["a", "b"], "a\nx\nb") == []


def test_every_make_target_shown_exists() -> None:
    shown = [line.split() for _, block in fences("sh") for line in block.splitlines()]
    assert [words[:2] for words in shown] == [["make", "demo"], ["make", "test"]]
    assert {words[1] for words in shown} <= targets()
    assert re.search(r"^make test$", (ROOT / ".ci/run").read_text(encoding="utf-8"), re.MULTILINE)


def test_the_records_and_their_rules_are_those_registered() -> None:
    rules = {}
    for dataset in DATASETS:
        rule = dataset.publication
        least = f" of at least {rule.at_least}" if rule.allows == "aggregates" else ""
        rules[dataset.name] = f"{rule.allows}{least}"
    section = README.partition("## Records it reads")[2].partition("\n## ")[0]
    rows = re.findall(r"^\| `([\w-]+)` \|.*\| ([^|]+) \|$", section, re.MULTILINE)
    assert dict(rows) == rules


def test_it_is_short() -> None:
    assert len(README.splitlines()) < 200


@pytest.mark.parametrize(
    "page",
    ["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "CHANGELOG.md", "SECURITY.md",
     *sorted(str(one.relative_to(ROOT)) for one in (ROOT / "docs").rglob("*.md"))],
)  # fmt: skip
def test_links_lead_somewhere(page: str) -> None:
    path = ROOT / page
    text = path.read_text(encoding="utf-8")
    for target in re.findall(r"\]\(([^)\s]+)\)", text):
        place, _, anchor = target.partition("#")
        other = (path.parent / place) if place else path
        assert other.exists(), f"{page} links to {target}"
        if anchor:
            heads = re.findall(r"^#+ (.+)$", other.read_text(encoding="utf-8"), re.MULTILINE)
            anchors = {re.sub(r"[^\w -]", "", head).lower().replace(" ", "-") for head in heads}
            assert anchor in anchors, f"{page} links to {target}"
