"""re3d's documents on the war in Syria and Iraq, by publisher, each under its own licence."""

import json
from pathlib import Path

SHARE_ALIKE = "Wikipedia"
"""CC BY-SA: kept apart, so that no weight is trained on it."""


def re3d_texts(folder: Path) -> dict[str, str]:
    """The text of every document but Wikipedia's, by its id."""
    found = {}
    for file in sorted(folder.glob("*/documents.json")):
        if file.parent.name == SHARE_ALIKE:
            continue
        for line in file.read_text(encoding="utf-8").splitlines():
            if line.strip():
                document = json.loads(line)
                found[str(document["_id"])] = document["text"]
    return dict(sorted(found.items()))
