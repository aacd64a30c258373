"""The scanner finds the line of what is laid out plainly or oddly."""

import pytest

from wordkept.pledges.lines import ScanError, layout


def test_tables_inside_lists_of_tables_belong_to_the_last_one() -> None:
    text = "[[a]]\nx = 1\n[a.b]\ny = 1\n[[a]]\n[[a.c]]\n[[a.c]]\nz = 1\n[a.b]\ny = 2\n"
    assert layout(text).lines == {
        ("a",): 1,
        ("a", 0): 1,
        ("a", 0, "x"): 2,
        ("a", 0, "b"): 3,
        ("a", 0, "b", "y"): 4,
        ("a", 1): 5,
        ("a", 1, "c"): 6,
        ("a", 1, "c", 0): 6,
        ("a", 1, "c", 1): 7,
        ("a", 1, "c", 1, "z"): 8,
        ("a", 1, "b"): 9,
        ("a", 1, "b", "y"): 10,
    }


def test_a_table_s_own_header_goes_before_those_of_tables_in_it() -> None:
    found = layout("[plan.primary]\n[plan]\n")
    assert found.lines[("plan",)] == 2
    assert found.repeats == ()


def test_what_only_looks_like_toml_inside_text_is_not_taken_for_it() -> None:
    text = 'a = """\n[b]\nc = 1 \\""" # "\n"""\n"d.e" = \'# no\' # d = 1\n'
    assert layout(text).lines == {("a",): 1, ("d.e",): 5}


def test_quoted_keys_are_read_as_toml_reads_them() -> None:
    assert layout('"a\\u0062" . \'c"\' = {x = [{y = 1}]}').lines == {
        ("ab",): 1,
        ("ab", 'c"'): 1,
        ("ab", 'c"', "x"): 1,
        ("ab", 'c"', "x", 0): 1,
        ("ab", 'c"', "x", 0, "y"): 1,
    }


def test_what_stands_twice_is_told_with_both_lines() -> None:
    text = "[a]\nx = 1\n[b]\n[a]\nx = 2\n"
    assert layout(text).repeats == ((("a",), 1, 4), (("a", "x"), 2, 5))


@pytest.mark.parametrize(
    ("text", "line"),
    [("a = 1\nb\nc = 1", 2), ('a = 1\nb = "x\n', 2), ('a = [\n"1" "2"\n]', 2), ("[a\n]\n= 1", 3)],
)
def test_what_is_not_toml_stops_it_on_its_line(text: str, line: int) -> None:
    with pytest.raises(ScanError) as caught:
        layout(text)
    assert caught.value.line == line
