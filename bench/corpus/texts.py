"""The published texts, by corpus, that `corpus/standoff/` gives offsets into."""

from pathlib import Path

from bench.corpus.gum import gum_texts
from bench.corpus.meantime import meantime_documents
from bench.corpus.re3d import re3d_texts

TRAINABLE = ("gum", "meantime", "re3d")


def texts_of(corpus: str, corpora: Path) -> dict[str, str]:
    """The texts of one of the TRAINABLE corpora by document id; `corpora` is the shared folder."""
    if corpus == "gum":
        return gum_texts(corpora / "gum")
    if corpus == "re3d":
        return re3d_texts(corpora / "re3d")
    if corpus == "meantime":
        return {one.id: one.text for one in meantime_documents(corpora / "meantime_en")}
    raise ValueError(f"{corpus} is none of {', '.join(TRAINABLE)}")
