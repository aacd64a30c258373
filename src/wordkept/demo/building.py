"""Builds the bundled case in a folder, in the order in which a case should be built."""

import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

from wordkept.case import Case
from wordkept.case.intake import Said, take
from wordkept.errors import CaseError, Problem

HERE = Path(__file__).parent
NAME = "Syria 2015-16"
ARTICLE = "air-war-in-syria.txt"
SAID = Said(
    title="Five declarations about the air war in Syria (an account, not the speakers' words)",
    publisher="the Wordkept project",
    published=date(2026, 11, 23),
    country="SY",
)
RECORDS = ("airwars-daily.csv", "centcom-daily.csv", "ucdp-ged-syria-2016.csv")


def build_demo(folder: Path, progress: Callable[[str, int, int], None]) -> tuple[Case, Path]:
    """The case and its dossier; a folder that holds the bundled case already is built upon.

    Plans are registered before any record is loaded, as a user should; that their authors knew the
    record all the same stands in each plan.
    """
    case = _opened(folder)
    steps = len(RECORDS) + 3
    progress("documents and pledges", 0, steps)
    (article,) = take(case, [str(HERE / "documents" / ARTICLE)], SAID)
    if article.document is None:
        raise CaseError(*article.problems)
    for pledge in sorted((HERE / "pledges").glob("*.toml")):
        shutil.copyfile(pledge, case.folder / "pledges" / pledge.name)
    shutil.copytree(HERE / "languages", case.folder / "languages", dirs_exist_ok=True)
    case.register()
    for done, record in enumerate(RECORDS, start=1):
        progress(record, done, steps)
        case.load(HERE / "events" / record)
    progress("dossier", steps - 1, steps)
    return case, case.dossier()


def _opened(folder: Path) -> Case:
    if not folder.exists() or not any(folder.iterdir()):
        return Case.create(folder, name=NAME, time_zone="Asia/Damascus")
    case = Case.open(folder)
    if case.settings.name != NAME:
        raise CaseError(
            Problem(
                what=f"another case stands there: {case.settings.name}",
                where=str(folder),
                remedy="give the demonstration a folder of its own: wordkept demo FOLDER",
            )
        )
    return case
