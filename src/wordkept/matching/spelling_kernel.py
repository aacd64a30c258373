"""Folding names and seeking their right spelling over bytes, compiled once and kept by numba.

It says what `names.folded` and `spelling.nearest` say, and raises what `join_kernel` does.
"""

from typing import Any

import numba
import numpy as np
from numba.extending import intrinsic

if numba.config.DISABLE_JIT:
    raise ImportError("numba is switched off by NUMBA_DISABLE_JIT")

SPACE, ROUND, ROUND_END, SQUARE, SQUARE_END = 32, 40, 41, 91, 93
LAST_ASCII = 127
_FIRST, _SECOND = np.uint16(37), np.uint16(40503)
_KINDS = np.uint16(10)


@intrinsic
def _bits(typing: Any, number: Any) -> Any:  # noqa: ARG001 - numba hands them over
    """How many bits are set: one instruction of the processor."""

    def written(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:  # noqa: ARG001
        return builder.ctpop(arguments[0])

    return numba.types.uint64(numba.types.uint64), written


@numba.njit(nogil=True, cache=True)
def _end_of_brackets(data: Any, at: int, end: int) -> int:
    """Where what is in brackets from here on has ended; `at` where they never close."""
    wanted = ROUND_END if data[at] == ROUND else SQUARE_END
    for n in range(at + 1, end):
        if data[n] == wanted:
            return n + 1
    return at


@numba.njit(nogil=True, cache=True)
def _fold_one(data: Any, ends: Any, out: Any, begin: int, brackets: bool) -> int:
    at, end = ends
    n, gap = begin, False
    while at < end:
        letter = data[at]
        if brackets and letter in (ROUND, SQUARE):
            after = _end_of_brackets(data, at, end)
            if after > at:
                at, gap = after, True
                continue
        if 65 <= letter <= 90:  # noqa: PLR2004 - A to Z
            letter += 32
        if 97 <= letter <= 122 or 48 <= letter <= 57:  # noqa: PLR2004 - a to z, 0 to 9
            if gap and n > begin:
                out[n] = SPACE
                n += 1
            out[n], gap = letter, False
            n += 1
        else:
            gap = True
        at += 1
    return n


@numba.njit(nogil=True, cache=True)
def folded(data: Any, offsets: Any) -> Any:
    """Names of plain letters folded, as bytes and offsets, and which are in other scripts."""
    size = len(offsets) - 1
    out, places = np.empty(max(len(data), 1), np.uint8), np.zeros(size + 1, np.int32)
    foreign = np.zeros(size, np.bool_)
    n = 0
    for name in range(size):
        ends = (offsets[name], offsets[name + 1])
        for at in range(ends[0], ends[1]):
            foreign[name] |= data[at] > LAST_ASCII
        if not foreign[name]:
            after = _fold_one(data, ends, out, n, True)
            n = after if after > n else _fold_one(data, ends, out, n, False)
        places[name + 1] = n
    return out[:n], places, foreign


@numba.njit(nogil=True, cache=True)
def signs(data: Any, offsets: Any, letters: int) -> Any:
    """A bit for each of 64 kinds of pairs of letters that a name holds in its first letters."""
    found = np.zeros(len(offsets) - 1, np.uint64)
    for name in range(len(found)):
        end = min(offsets[name + 1], offsets[name] + letters)
        bits = np.uint64(0)
        for at in range(offsets[name], end - 1):
            pair = np.uint16(data[at] * _FIRST + data[at + 1])
            kind = np.uint16(pair * _SECOND) >> _KINDS
            bits |= np.uint64(1) << np.uint64(kind)
        found[name] = bits
    return found


@numba.njit(nogil=True, cache=True)
def kinds(data: Any, offsets: Any) -> Any:
    """A bit for each letter that a name holds: one slip adds one at most, and takes one away."""
    found = np.zeros(len(offsets) - 1, np.uint64)
    for name in range(len(found)):
        for at in range(offsets[name], offsets[name + 1]):
            found[name] |= np.uint64(1) << np.uint64(data[at] & 63)
    return found


@numba.njit(nogil=True, cache=True)
def _slips(data: Any, one: Any, other: Any, most: int, rows: Any) -> int:
    """Slips between two names (letters more, less, other, or turned round), if not over `most`."""
    a, a_end = one
    b, b_end = other
    while a < a_end and b < b_end and data[a] == data[b]:
        a, b = a + 1, b + 1
    while a < a_end and b < b_end and data[a_end - 1] == data[b_end - 1]:
        a_end, b_end = a_end - 1, b_end - 1
    long, wide = a_end - a, b_end - b
    if long == 0 or wide == 0 or abs(long - wide) > most:
        return max(long, wide) if long == 0 or wide == 0 else most + 1
    before, last, now = rows[0], rows[1], rows[2]
    for n in range(wide + 1):
        last[n] = n
    for m in range(1, long + 1):
        low, high = max(1, m - most), min(wide, m + most)
        now[low - 1] = m if low == 1 else most + 1
        if high == m + most:
            last[high] = most + 1
        least = most + 1
        for n in range(low, high + 1):
            here, there = data[a + m - 1], data[b + n - 1]
            cost = min(last[n - 1] + (here != there), last[n] + 1, now[n - 1] + 1)
            if m > 1 and n > 1 and here == data[b + n - 2] and data[a + m - 2] == there:
                cost = min(cost, before[n - 2] + 1)
            now[n] = cost
            least = min(least, cost)
        if least > most:
            return most + 1
        before, last, now = last, now, before
    return min(last[wide], most + 1)


@numba.njit(nogil=True, cache=True, inline="always")
def _apart(one: Any, other: Any, most: int) -> bool:
    return _bits(one & ~other) > most or _bits(other & ~one) > most


@numba.njit(nogil=True, cache=True)
def nearest(text: Any, facts: Any, telling: Any, names: Any, heads: Any, rule: Any) -> Any:
    """By name its best head (-1: none) and the slips, and the pairs that a closer look decides.

    `facts`: signs, kinds of letters, weights and rank by text. `heads`: places sorted by length,
    and where each length begins (so that no head is longer than `starts`). `rule`: times as often,
    slips, letters a slip, lost pairs.
    """
    data, offsets = text
    sign, kind, weight, rank = facts
    places, starts = heads
    oftener, most_slips, letters, lost = rule
    found, slipped = np.full(len(names), -1, np.int64), np.zeros(len(names), np.int64)
    doubted = [(np.int64(0), np.int64(0), np.int64(0)) for _ in range(0)]
    rows = np.empty((3, len(starts) + most_slips + 4), np.int64)
    marks, sorts, heavy = sign[places], kind[places], weight[places]
    for at in range(len(names)):
        q = names[at]
        long = offsets[q + 1] - offsets[q]
        allowed = min(most_slips, long // letters)
        own_sign, own_kind, line = sign[q], kind[q], oftener * weight[q]
        low = starts[min(max(long - allowed, 0), len(starts) - 1)]
        high = starts[min(long + allowed + 1, len(starts) - 1)]
        for k in range(low, high if allowed > 0 else low):
            h = places[k]
            if _apart(own_kind, sorts[k], allowed) or heavy[k] < line or h == q:
                continue
            if _apart(own_sign, marks[k], lost):
                continue
            there = offsets[h], offsets[h + 1]
            slips = _slips(data, (offsets[q], offsets[q + 1]), there, allowed, rows)
            if slips > allowed:
                continue
            if telling[q] or telling[h]:
                doubted.append((np.int64(at), np.int64(h), np.int64(slips)))
                continue
            old = found[at]
            if old < 0 or slips < slipped[at] or weight[h] > weight[old] or (
                weight[h] == weight[old] and rank[h] < rank[old]):  # fmt: skip
                allowed, found[at], slipped[at] = slips, h, slips
    return found, slipped, doubted
