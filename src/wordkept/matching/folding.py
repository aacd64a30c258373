"""Names in small Latin letters, whatever script and marks they came in."""

import re

import pyarrow as pa
import pyarrow.compute as pc
from anyascii import anyascii

from wordkept.matching import engines
from wordkept.matching.letters import letters

_BRACKETED = re.compile(r"\([^)]*\)|\[[^\]]*\]")
_NO_WORD = re.compile(r"[^a-z0-9]+")


def folded(name: str) -> str:
    """A name in small Latin letters, without what stands in brackets; the same for any script.

    >>> folded("Military Forces of Syria (2000-2024)")
    'military forces of syria'
    >>> folded("Башар Асад"), folded("Jaysh al-Islām")
    ('bashar asad', 'jaysh al islam')
    """
    plain = anyascii(name).lower()
    bare = _NO_WORD.sub(" ", _BRACKETED.sub(" ", plain)).strip()
    return bare or _NO_WORD.sub(" ", plain).strip()


def folded_all(names: pa.Array) -> pa.Array:
    """Names as `folded` has them; those of plain letters, the most, without a loop in Python."""
    kernel = engines.spelling(len(names))
    if kernel is None:
        plain = pc.string_is_ascii(names)
        lower = pc.utf8_lower(names)
        bare = _without_marks(pc.replace_substring_regex(lower, _BRACKETED.pattern, " "))
        bare = pc.if_else(pc.equal(bare, ""), _without_marks(lower), bare)
    else:
        data, places, foreign = kernel.folded(*letters(names))
        bare = pa.StringArray.from_buffers(len(names), pa.py_buffer(places), pa.py_buffer(data))
        plain = pa.array(~foreign)
    if pc.all(plain).as_py() is not False:
        return bare
    others = [folded(name) for name in names.filter(pc.invert(plain)).to_pylist()]
    return pc.replace_with_mask(bare, pc.invert(plain), pa.array(others, pa.string()))


def _without_marks(names: pa.Array) -> pa.Array:
    return pc.utf8_trim(pc.replace_substring_regex(names, _NO_WORD.pattern, " "), " ")
