"""What a number counts: the noun phrase after it, as the text has it."""

from collections.abc import Sequence

from wordkept.reading.numbers import END, Token, vocabulary

PLURAL = vocabulary(
    "people men women children civilians troops police personnel staff aircraft casualties "
    "servicemen servicewomen policemen fishermen firemen gunmen businessmen clergymen crew "
    "cattle sheep livestock infantry lives wives knives thieves wolves data media criteria "
    "youth fish howitzers percent points media teeth feet mice oxen"
)
"""Plurals that do not end in s, or that a rule would not take."""
STATES = vocabulary(
    "dead wounded injured missing killed displaced detained arrested captured hurt homeless "
    "martyred kidnapped abducted disappeared"
)
HARMING = vocabulary(
    "killed killing wounded wounding injured injuring displaced displacing arrested arresting "
    "detained detaining captured capturing kidnapped abducted executed martyred"
)
"""Verbs that say themselves what happened to those who are counted."""
_ARE = vocabulary("was were is are been be being have has had others more also")
_STOPS = vocabulary(
    "a an the this that these those and or but nor if of in on at by to for from with without "
    "into onto over under about after before since until till while as than per via near "
    "between among amid against across along around behind beside beyond during inside "
    "outside through toward towards upon within is are was were be been being am has have had "
    "do does did will would shall should can could may might must not no he she it they we "
    "you i him her them us who whom whose which what where when why how there here said says "
    "say saying told died dies fled left came went took gave made saw met won lost fell rose "
    "hit struck broke began begun became stood sat held kept ran sent joined joining crossed "
    "crossing reached entering entered so too then now yet still already also just only even "
    "per because although though whether unless despite including excluding according today "
    "yesterday tomorrow lay remain remains remained each every live lived went"
)
_NO_PLURAL = vocabulary(
    "gas bus mrs is was has does his its this thus us as yes says goes less plus lies"
)
_OWNERS = vocabulary("the these those its their his her our my your all")
_PRONOUNS = vocabulary("them us whom which it you those these ones")
_SINGULAR_ENDS = ("ic", "ive", "ous", "ful", "ary", "ern", "ese", "ish", "ed", "ent")
_ADJECTIVES = vocabulary(
    "medical local central national regional naval total small large main whole old new "
    "entire young armed senior other single government army rebel air"
)
_MORE = vocabulary("more other additional further")
_LONGEST = 6
"""How many words may stand before the head of a unit."""
CURRENCIES = {
    "$": "dollars", "€": "euros", "£": "pounds", "¥": "yen", "₽": "roubles", "₺": "liras",
    "₴": "hryvnias", "₪": "shekels", "₹": "rupees",
}  # fmt: skip


def unit_after(
    read: Sequence[Token], place: int, *, share: bool = False, single: bool = False
) -> tuple[int, int, int]:
    """Where the unit after a number stands, [first, last), and where the whole phrase ends.

    `first == last` where there is none. After "of" a share keeps the article of its whole; a
    count leaves it out ("19 of those names": "names").
    """
    start = place
    while read[start].low in _MORE and not share:
        start += 1
    of = read[start].low == "of"
    begins = start + 1 if of else start
    if of and read[begins].low in _PRONOUNS and not _noun(read[begins + 1]):
        return begins, begins, begins + 1
    if share:
        return _whole(read, place, begins if of else place, of=of)
    if of and read[begins].low in _OWNERS:
        begins += 2 if read[begins + 1].raw[:1].isdecimal() else 1
    while of and read[begins].low in _MORE:
        begins += 1
    last = _counted(read, begins, single=single)
    if last:
        return begins, last, last
    if of and read[begins - 1].raw[:1].isdecimal():
        return begins, begins, begins
    return place, place, place


def _counted(read: Sequence[Token], begins: int, *, single: bool) -> int:
    """Where the phrase of what is counted ends; 0 where none begins at the token."""
    last = _plural_phrase(read, begins)
    if not last and read[begins].low in STATES:
        return begins + 1
    return last or (_singular_phrase(read, begins) if single else 0)


def unit_of_deed(read: Sequence[Token], first: int, last: int) -> int:
    """The token of the harming verb beside a bare number ("wounded 30"); -1 where none stands."""
    if first and read[first - 1].low in HARMING:
        return first - 1
    place = last
    while read[place].low in _ARE:
        place += 1
    return place if place > last and read[place].low in STATES | HARMING else -1


def _noun(token: Token) -> bool:
    return token.raw.isalpha() and token.low not in _STOPS


def _is_plural(token: Token) -> bool:
    word = token.low
    if word in PLURAL:
        return True
    if len(word) < 3 or word[-1] != "s" or word in _NO_PLURAL:  # noqa: PLR2004
        return False
    return word[-2:] not in {"ss", "us", "is"} and "'" not in word and "’" not in word


def _goes_on(read: Sequence[Token], place: int) -> bool:
    token = read[place]
    if token.low in {"-", "‑"}:  # noqa: RUF001
        return read[place - 1].end == token.start and read[place + 1].start == token.end
    return token.raw[:1].isalpha() and token.low not in _STOPS


def _plural_phrase(read: Sequence[Token], place: int) -> int:
    """Where a noun phrase with a plural head ends; 0 where none begins at the token."""
    last = 0
    for at in range(place, place + _LONGEST):
        if read[at] is END or not _goes_on(read, at):
            break
        if _is_plural(read[at]) and read[at + 1].low not in {"-", "‑"}:  # noqa: RUF001
            last = at + 1
        elif last:
            break
    return last


def _singular_phrase(read: Sequence[Token], place: int) -> int:
    """Where a noun phrase with a singular head ends: adjectives, then a noun; 0 where none."""
    for at in range(place, place + _LONGEST):
        if read[at] is END or not _goes_on(read, at):
            return 0
        word = read[at]
        leads = word.low.endswith(_SINGULAR_ENDS) or word.raw[:1].isupper() or (
            word.low in _ADJECTIVES or word.low.endswith(("'s", "’s")) or word.low == "-"
        )  # fmt: skip
        if not leads or not _goes_on(read, at + 1) or read[at + 1].low in STATES:
            return at + 1
    return 0


def _whole(read: Sequence[Token], place: int, begins: int, *, of: bool) -> tuple[int, int, int]:
    """The whole of which a share is told: after "of", or an owner ("half the arrears")."""
    owned = read[begins].low in _OWNERS | {"a", "an"}
    if not of and not owned:
        one = _is_plural(read[begins])
        return (begins, begins + 1, begins + 1) if one else (place, place, place)
    head = begins + 1 if owned else begins
    last = _plural_phrase(read, head) or _singular_phrase(read, head)
    return (begins, last, last) if last else (place, place, place)
