"""Judging pairs at a terminal: one after another, each answered with a key, the score hidden."""

from dataclasses import dataclass, field
from typing import Any

import click

from wordkept.cli.matching_shown import pair_lines, said_of
from wordkept.cli.review_asking import asked_key, print_keys
from wordkept.cli.review_shown import shown, wrapped
from wordkept.errors import InputError

KEYS = {
    "d": ("duplicate", "both rows stand for one event"),
    "x": ("distinct", "they stand for two"),
    "m": ("unsure", "nobody could say: they may be one"),
    "s": ("skip", "leave it open, and go on"),
    "u": ("undo", "take back your last judgement, and see the pair again"),
    "q": ("quit", "leave; what was judged stands"),
    "?": ("help", "these keys"),
}


@dataclass(slots=True, kw_only=True)
class PairSession:
    """One person's walk through the unsure pairs; each judgement is entered at once."""

    opened: Any
    run: Any
    who: str
    made: list[Any] = field(default_factory=list)

    def walk(self) -> None:
        """Asks for every unsure pair that is open, until the last one or until told to quit."""
        pairs = self.run.open_pairs
        _say(f"{len(pairs):,} unsure pairs, the most doubtful first; their scores are hidden. You "
             f"judge as {self.who}.")  # fmt: skip
        print_keys(KEYS)
        place = 0
        try:
            while 0 <= place < len(pairs):
                place = self._ask(pairs[place], place, len(pairs))
        except (KeyboardInterrupt, EOFError, click.Abort):
            click.echo("")
        click.echo("")
        _say(f"{said_of(self.made)}, all in the ledger; the next run of match learns from them.")

    def _ask(self, found: Any, place: int, total: int) -> int:
        """Shows a pair, and gives the place to go on from; under 0 to quit."""
        click.echo("")
        click.echo(f"{place + 1} of {total}")
        for line in pair_lines(self.run, found.pair, None):
            click.echo(line)
        while True:
            word = asked_key(KEYS)
            if word == "quit":
                return -1
            if word == "skip":
                return place + 1
            if word == "undo":
                back = self._undo()
                if back is not None:
                    return back
            elif word == "help":
                print_keys(KEYS)
            elif self._judge(found, word):
                return place + 1

    def _judge(self, found: Any, relation: Any) -> bool:
        """Whether the judgement could be entered."""
        from wordkept.case.matching_judging import Said, judge_pairs

        reason = str(click.prompt("  why (Enter: no reason)", default="", show_default=False))
        said = Said(pair=found.pair, relation=relation, reason=" ".join(reason.split()))
        try:
            made = judge_pairs(self.opened, [said], who=self.who, found={found.pair: found})
        except InputError as error:
            click.echo(f"wordkept: {shown(str(error))}")
            return False
        self.made.extend(made)
        return True

    def _undo(self) -> int | None:
        """Takes back the last judgement of this walk, and gives the place of its pair."""
        from wordkept.case.matching_judging import take_back_pair

        if not self.made:
            _say("nothing was judged in this walk that could be taken back")
            return None
        last = self.made.pop()
        take_back_pair(self.opened, last, who=self.who)
        _say(f"taken back: {last.relation}")
        return next(place for place, one in enumerate(self.run.open_pairs)
                    if one.pair == last.pair)  # fmt: skip


def _say(words: str) -> None:
    for line in wrapped(words):
        click.echo(line)
