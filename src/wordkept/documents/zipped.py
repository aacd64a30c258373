"""A zip that is looked at before it is unpacked."""

import zipfile
from pathlib import Path

from wordkept.documents.limits import MOST_MEMBERS, MOST_RATIO, SMALL_BYTES, too_much
from wordkept.errors import InputError, Problem

_LOCKED = 0x1
"""The flag of a member under a password."""


def opened_zip(path: Path, most: int, name: str) -> zipfile.ZipFile:
    """A zip whose files, unpacked, keep within bounds by their declared sizes.

    Python's reader gives no more of a file than its declared size. Raises InputError where the
    zip is damaged, locked, or over a bound.
    """
    try:
        packed = zipfile.ZipFile(path)
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as failure:
        raise damaged(name, f"it is no zip, as its kind is, or damaged ({failure})") from None
    members = packed.infolist()
    unpacked = sum(member.file_size for member in members)
    worst = max((_ratio(member) for member in members), default=0.0)
    locked = any(member.flag_bits & _LOCKED for member in members)
    if len(members) > MOST_MEMBERS:
        what = f"it holds {len(members):,} files, and {MOST_MEMBERS:,} are read at most"
    elif unpacked > most:
        what = f"it unpacks to {unpacked:,} bytes, and {most:,} are read at most"
    elif worst > MOST_RATIO:
        what = f"a file in it unpacks to {worst:,.0f} times its size: it is made to fill a disk"
    elif locked:
        what = "it is under a password"
    else:
        return packed
    packed.close()
    raise too_much(what, name, "save what you need of it as a smaller document, and read that")


def _ratio(member: zipfile.ZipInfo) -> float:
    if member.file_size <= SMALL_BYTES:
        return 0.0
    return member.file_size / max(member.compress_size, 1)


def damaged(name: str, what: str) -> InputError:
    """The error for a packed document that cannot be read."""
    remedy = "open it in the program that made it, and save it again (without a password)"
    return InputError(Problem(what=what, where=name, remedy=remedy))
