"""Templates as they were compiled once, kept where Python keeps its own modules compiled."""

import hashlib
import sys
from functools import cache
from importlib.metadata import version
from pathlib import Path

from jinja2.bccache import Bucket, FileSystemBytecodeCache

HERE = Path(__file__).parent


class Compiled(FileSystemBytecodeCache):
    """A folder beside the package's modules; where it cannot be written, nothing is kept.

    Each is held against the template, the filters and the Jinja that it was compiled with. As with
    Python's own, who may write there may change the code too; `PYTHONDONTWRITEBYTECODE` is heeded.
    """

    def __init__(self) -> None:
        super().__init__(str(HERE / "__pycache__"), "%s.j2c")

    def get_source_checksum(self, source: str) -> str:
        """What a compiled template is held against."""
        return super().get_source_checksum(source + _surroundings())

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keeps a compiled template, where it may."""
        if sys.dont_write_bytecode:
            return
        try:
            super().dump_bytecode(bucket)
        except OSError:
            return


@cache
def _surroundings() -> str:
    """The hash of what compiles templates: filters are worked out on constants there and then."""
    digest = hashlib.sha256(version("jinja2").encode())
    for path in sorted(HERE.glob("*.py")):
        digest.update(path.read_bytes())
    return digest.hexdigest()
