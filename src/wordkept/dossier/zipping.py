"""Several files in one: a zip whose bytes follow from its content alone."""

from collections.abc import Mapping
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

EPOCH = (1980, 1, 1, 0, 0, 0)
"""The first moment that a zip can name: the same for every file of every dossier."""
UNIX, PLAIN_FILE = 3, 0o100644 << 16
"""The system and the rights of a member: fixed, or they would be those of the machine."""


def zipped(files: Mapping[str, bytes], *, pressed: bool = False) -> bytes:
    """A zip of the files by name, with no clock in it.

    Pressed, it is smaller, and its bytes hang on the version of the compressor as well.

    >>> zipped({"b": b"2", "a": b"1"}) == zipped({"a": b"1", "b": b"2"})
    True
    """
    held = BytesIO()
    with ZipFile(held, "w") as archive:
        for name in sorted(files):
            member = ZipInfo(name, date_time=EPOCH)
            member.create_system, member.external_attr = UNIX, PLAIN_FILE
            member.compress_type = ZIP_DEFLATED if pressed else ZIP_STORED
            archive.writestr(member, files[name])
    return held.getvalue()
