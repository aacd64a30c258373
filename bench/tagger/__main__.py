"""`make model`: trains the tagger that ships from open text alone, and exports it.

    python -m bench.tagger [CORPORA] [--work FILE] [--into FOLDER]

Takes some three quarters of an hour on two cores; begun again, it goes on after the last whole
epoch.
"""

import argparse
from pathlib import Path

import torch

from bench.tagger.examples import prepared, tokenizer
from bench.tagger.export import export
from bench.tagger.texts import CORPORA, training_texts
from bench.tagger.train import Setting, trained
from wordkept.reading.tagger import WEIGHTS

THREADS = 2


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("corpora", nargs="?", type=Path, default=CORPORA)
    parser.add_argument("--work", type=Path, default=Path("tagger-training.pt"))
    parser.add_argument("--into", type=Path, default=WEIGHTS)
    asked = parser.parse_args()
    torch.set_num_threads(THREADS)
    texts = prepared(training_texts(asked.corpora), tokenizer())
    words = sum(len(one.words) for one in texts)
    print(f"{len(texts)} texts, {words:,} words and marks", flush=True)
    network = trained(texts, Setting(), kept=asked.work)
    kept = export(network, asked.into)
    print(f"{kept.name}: {kept.stat().st_size / 2**20:.1f} MiB")


if __name__ == "__main__":
    main()
