"""The house rules that no linter checks, by the syntax tree: sizes, names, docstrings."""

import ast
import re
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
MODULES = sorted((ROOT / "src" / "wordkept").rglob("*.py"))
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), ROOT / "CITATION.cff"])

MOST_FILE_LINES = 400
MOST_FUNCTION_LINES = 40
MOST_PARAMETERS = 6
MORE_PARAMETERS: dict[str, str] = {}
"""Public functions that may have more, each with its reason."""
BANNED_MODULES = {"utils", "util", "misc", "helpers", "helper", "base", "common"}
LATER = re.compile(r"\b(TODO|FIXME|XXX|HACK)\b")
ELSEWHERE = re.compile(
    r"https?://|/work/|/tmp/|/home/|/root/|/Users/|[A-Z]:\\|pypi|artifactory|localhost",
    re.IGNORECASE,
)

Function = ast.FunctionDef | ast.AsyncFunctionDef
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)


def name_of(path: Path) -> str:
    return path.relative_to(ROOT / "src").as_posix()


@cache
def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def long_functions(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, FUNCTIONS):
            length = (node.end_lineno or node.lineno) - node.lineno + 1
            if length > MOST_FUNCTION_LINES:
                yield f"{node.name}: {length} lines"


def public(tree: ast.Module) -> Iterator[tuple[str, ast.ClassDef | Function]]:
    """Public functions and classes of a module, and the public methods of the latter."""
    for node in tree.body:
        if isinstance(node, (ast.ClassDef, *FUNCTIONS)) and not node.name.startswith("_"):
            yield node.name, node
        if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
            for inner in node.body:
                if isinstance(inner, FUNCTIONS) and not inner.name.startswith("_"):
                    yield f"{node.name}.{inner.name}", inner


def parameters(node: Function) -> list[str]:
    """The parameters a caller may give; `*args` and `**kwargs` count as one each."""
    given = node.args
    named = [one.arg for one in (*given.posonlyargs, *given.args, *given.kwonlyargs)]
    rest = [one.arg for one in (given.vararg, given.kwarg) if one is not None]
    return [name for name in (*named, *rest) if name not in {"self", "cls"}]


def crowded(tree: ast.Module) -> Iterator[str]:
    for name, node in public(tree):
        if isinstance(node, FUNCTIONS) and len(parameters(node)) > MOST_PARAMETERS:
            yield name


def bare(tree: ast.Module) -> Iterator[str]:
    if ast.get_docstring(tree) is None:
        yield "the module"
    for name, node in public(tree):
        if ast.get_docstring(node) is None:
            yield name


def for_checkers_only(tree: ast.Module) -> Iterator[int]:
    for node in ast.walk(tree):
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test):
            yield node.lineno


def broken(rule: Callable[[ast.Module], Iterable[object]]) -> list[str]:
    """Where a rule is broken, over all modules."""
    return [f"{name_of(path)}:{found}" for path in MODULES for found in rule(tree_of(path))]


def test_no_file_is_too_long() -> None:
    lines = {name_of(path): path.read_text(encoding="utf-8").count("\n") for path in MODULES}
    assert {name: n for name, n in lines.items() if n > MOST_FILE_LINES} == {}


def test_no_function_is_too_long() -> None:
    assert broken(long_functions) == []


def test_no_public_function_has_too_many_parameters() -> None:
    assert [found for found in broken(crowded) if found not in MORE_PARAMETERS] == []


def test_everything_public_has_a_docstring() -> None:
    assert broken(bare) == []


def test_no_import_is_for_checkers_only() -> None:
    assert broken(for_checkers_only) == []


def test_nothing_is_left_for_later() -> None:
    left = [name_of(path) for path in MODULES if LATER.search(path.read_text(encoding="utf-8"))]
    assert left == []


def test_no_module_has_a_name_that_says_nothing() -> None:
    stems = {path.stem if path.stem != "__init__" else path.parent.name for path in MODULES}
    assert not stems & BANNED_MODULES


def test_no_exception_outlives_its_reason() -> None:
    assert set(MORE_PARAMETERS) <= set(broken(crowded))


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_pages_name_no_host_and_no_machine(path: Path) -> None:
    assert ELSEWHERE.findall(path.read_text(encoding="utf-8")) == []


def test_the_checks_find_what_they_look_for() -> None:
    body = "\n".join(f"    x = {n}" for n in range(MOST_FUNCTION_LINES))
    tree = ast.parse(
        f"def long():\n{body}\n\n\n"
        "class Kept:\n    def wide(self, a, b, c, d, e, *f, g, **h): ...\n\n\n"
        "if typing.TYPE_CHECKING:\n    import x\n"
    )
    assert list(long_functions(tree)) == [f"long: {MOST_FUNCTION_LINES + 1} lines"]
    assert list(crowded(tree)) == ["Kept.wide"]
    assert list(bare(tree)) == ["the module", "long", "Kept", "Kept.wide"]
    assert len(list(for_checkers_only(tree))) == 1
