"""The places that a user adds to those that the readers of a case know."""

from pathlib import Path

from wordkept.case.case import Case, writing
from wordkept.case.worker import PLACES
from wordkept.reading.gazetteer_extending import Extension, extend


def add_places(case: Case, file: Path) -> Extension:
    """What was added to a case from a GeoNames country file; the same file takes its own place."""
    with writing(case.folder):
        return extend(case.folder / PLACES, file)
