"""Says what is wrong with files of the corpus, or how much is in them.

python -m bench.corpus.check [FILE...]
"""

import sys
from collections import Counter
from pathlib import Path

from bench.corpus.markup import PIECES, MarkupError, pieces


def main(files: list[Path]) -> int:
    worst = 0
    for file in files:
        try:
            found = pieces(file)
        except MarkupError as error:
            print(error)
            worst = 1
            continue
        held: Counter[str] = Counter()
        for piece in found:
            held.update(pieces=1, words=len(piece.text.split()), statements=len(piece.statements),
                        pledges=len(piece.pledges), figures=len(piece.figures),
                        times=len(piece.times))  # fmt: skip
        print(file.name, ", ".join(f"{count:,} {what}" for what, count in held.items()))
    return worst


if __name__ == "__main__":
    sys.exit(main([Path(one) for one in sys.argv[1:]] or sorted(PIECES.glob("*.txt"))))
