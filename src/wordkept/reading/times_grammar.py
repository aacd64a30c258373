"""The grammar of time expressions: which words make one, of which kind, with which parts.

A rule is a regular expression over lowered text, in which a space stands for `SPACE`; a part that
a rule names twice is the one of the two that is there.
"""

from collections.abc import Iterable

from wordkept.reading.times_words import (
    COUNTED,
    MONTHS,
    NUMBER,
    ORDINALS,
    PARTS,
    SEASONS,
    SETS,
    WEEKDAYS,
    WHOLE_MONTHS,
    WHOLE_WEEKDAYS,
)


def _any(words: Iterable[str]) -> str:
    return "|".join(sorted(words, key=len, reverse=True))


SPACE = r"(?:[ \t\xa0\u2009\u202f]{1,3})"
"""What a space of a rule stands for: never a line break, which ends a sentence."""
_H = "(?: |-)"
_TO = "(?: (?:to|until|till|through|and|or) | ?[-–] ?)"
_THROUGH = "(?: (?:to|until|till|through) | ?[-–] ?)"
_MONTH = rf"(?P<month>{_any(WHOLE_MONTHS)})"
_SHORT_MONTH = _any(set(MONTHS) - set(WHOLE_MONTHS))
_ANY_MONTH = rf"(?:{_MONTH}\b|(?P<month>{_SHORT_MONTH})\b\.?)"
_WEEKDAY = rf"(?P<weekday>{_any(WHOLE_WEEKDAYS)})"
_ON_WEEKDAY = rf"(?:(?P<weekday>{_any(WEEKDAYS)})\b\.?,? (?:the )?)?"
_TH = "(?:st|nd|rd|th)?"
_DAY = rf"(?P<day>[0-3]?\d){_TH}"
_YEAR = r"(?P<year>(?:1[6-9]|20)\d\d)(?!\d|[:,.]\d|%)"
_OWN_YEAR = "(?P<year_which>last|this|next|that|same) year"
_PART = rf"(?P<part>{_any(PARTS)})"
_PART_OF = rf"(?:(?:the )?(?:(?:early|late) )?{_PART} (?:of|on) (?:the )?)?"
_MOD = (
    "(?:(?:the )?(?:very )?(?:(?:early|mid|late)(?: in)?(?: |-)|(?:earlier|later) (?:in )?"
    "|(?:early|late|beginning|start|middle|end|close|rest|remainder) (?:part )?of ))?"
)
_WHICH = "(?P<which>this past|this coming|last|past|previous|next|following|coming|this|same|that)"
_UNIT = "(?P<unit>second|minute|hour|day|week|fortnight|month|year|decade|centurie|century)"
_RANK = rf"(?P<ordinal>{_any(set(ORDINALS) - {'one', 'two', 'three'})})"
_OF_YEAR = rf"(?: (?:of |in )?(?:the )?(?:{_YEAR}|{_OWN_YEAR}|(?P<own>year)))"
_RUN = "straight|consecutive|full|whole|long|more|successive|trading|working"
_UNITS = rf"(?P<number>{NUMBER}){_H}(?:(?:{_RUN}){_H})?{_UNIT}s?\b"
_CLOSED = r"(?=$|\s*[,.;:)”\"'\n])"
_CLOCK = (
    r"(?P<clock>(?:[01]?\d|2[0-3])[:.][0-5]\d(?![\d.%])|(?:[01]\d|2[0-3])[0-5]\d"
    r"(?= ?(?:gmt|utc|hours|hrs)\b)|1?\d(?= ?[ap]\.?m\b))"
)
_ON_DAY = rf"(?:,? (?:on )?(?:{_WEEKDAY}|(?P<named>today|yesterday|tomorrow)))?"

RULES: tuple[tuple[str, str], ...] = (
    (
        "named day",
        r"9/11|(?:september 11(?:th)?|11 september)(?:,? 2001)?(?= (?:terrorist )?attacks)",
    ),
    (
        "iso",
        r"(?P<year>(?:1[6-9]|2\d)\d\d)-(?P<month>\d\d)-(?P<day>\d\d)(?:t(?P<clock>\d\d:\d\d)(?::\d\d)?z?)?",
    ),
    (
        "slashed",
        (
            r"(?P<one>[0-3]?\d)(?P<mark>[/.])(?P<two>[0-3]?\d)(?P=mark)(?P<year>(?:1[6-9]|2\d)\d\d)"
            r"(?![/.]\d)"
        ),
    ),
    (
        "date",
        (
            rf"{_PART_OF}{_ON_WEEKDAY}(?:(?P<first>[0-3]?\d){_TH}{_THROUGH}(?:the )?|"
            rf"(?<=between\s)(?P<first>[0-3]?\d){_TH} and (?:the )?)?{_DAY} (?:of )?"
            rf"{_ANY_MONTH}(?:,? (?:of )?(?:{_YEAR}|{_OWN_YEAR}))?(?: {_PART})?"
        ),
    ),
    (
        "date",
        (
            rf"{_PART_OF}{_ON_WEEKDAY}{_ANY_MONTH} (?:the )?(?:(?P<first>[0-3]?\d){_TH}{_THROUGH})?"
            rf"{_DAY}(?!\d|[,.:]\d|%)(?: ?,? (?:of )?(?:{_YEAR}|{_OWN_YEAR}))?(?: {_PART})?"
        ),
    ),
    ("month", rf"{_MOD}{_ANY_MONTH}(?:,| of|,? of the)? (?:{_YEAR}|{_OWN_YEAR})"),
    ("month", rf"{_MOD}(?:{_WHICH} )?{_MONTH}"),
    (
        "weekday",
        (
            rf"{_MOD}(?:{_WHICH} )?{_WEEKDAY}(?:,? (?:of )?(?P<week>last|this|next|that) week)?"
            rf"(?: {_PART})?"
        ),
    ),
    ("weekday", rf"(?:the )?{_PART} of {_WEEKDAY}"),
    (
        "today",
        (
            "(?:(?:earlier|later|late|early) )?(?P<named>(?:the )?day before yesterday"
            rf"|(?:the )?day after tomorrow|today|yesterday|tomorrow)(?: {_PART})?"
        ),
    ),
    (
        "tonight",
        rf"(?:(?:late|early|earlier|later) )?(?:tonight|(?P<which>this|last|that|same) {_PART})",
    ),
    (
        "unit",
        (
            rf"{_MOD}(?:the )?{_WHICH} (?:calendar )?"
            "(?P<unit>day|week|weekend|month|year|quarter|decade|century)"
        ),
    ),
    ("unit", rf"the (?P<unit>day|week|month|year) (?P<which>before|after){_CLOSED}"),
    ("unit", r"the (?P<unit>day|week|month|year) (?P<which>previous)"),
    (
        "closing",
        (
            "(?:the )?(?:beginning|start|middle|end|close|rest|remainder|turn|later|late|earlier"
            "|early) (?:of|in) the (?P<unit>day|week|month|year|decade|century)"
        ),
    ),
    ("closing", "(?:the )?(?:entire|whole|full) (?P<unit>year|month|week|day)"),
    (
        "closing",
        (
            r"(?:(?<=ending\s)|(?<=ended\s)|(?<=end\s)|(?<=finish\s)|(?<=during\s)|(?<=for\s))"
            "the (?P<unit>day)"
            rf"(?={_CLOSED}| at | down | up | with )"
        ),
    ),
    (
        "weekend",
        rf"(?:the )?weekend(?: of (?P<first>[0-3]?\d){_TH}{_TO}{_DAY} {_ANY_MONTH}(?: {_YEAR})?)?",
    ),
    (
        "season",
        (
            rf"{_MOD}(?:{_WHICH} )?(?:the )?(?P<season>{_any(SEASONS)})"
            rf"(?: (?:of )?(?:{_YEAR}|{_OWN_YEAR}))?"
        ),
    ),
    ("quarter", rf"(?:the )?{_RANK}{_H}quarter{_OF_YEAR}?"),
    ("quarter", rf"q(?P<ordinal>[1-4])(?:,? (?:of )?{_YEAR})?"),
    ("half", rf"(?:the )?(?P<ordinal>first|second|latter){_H}half{_OF_YEAR}"),
    (
        "month",
        (
            rf"(?:the )?(?:first|second|latter){_H}half of (?:the )?(?:{_WHICH} )?{_MONTH}"
            rf"(?:,? {_YEAR})?"
        ),
    ),
    (
        "week of",
        (
            r"(?:the )?(?P<ordinal>first|second|third|fourth|last|final) (?P<unit>week|day) "
            "(?:of|in) "
            rf"{_MONTH}(?:,? {_YEAR})?"
        ),
    ),
    (
        "week of date",
        rf"(?:the )?week (?:of|beginning|starting) (?:the )?{_DAY} {_ANY_MONTH}(?:,? {_YEAR})?",
    ),
    ("year", rf"{_MOD}{_YEAR}(?!['’]?s\b)(?:[-–/](?P<second>(?:1[6-9]|20)?\d\d)(?!\d|-))?"),
    ("short year", r"(?:(?<=since\s)|(?<=in\s)|(?<=of\s))['’‘](?P<year>\d\d)"),
    (
        "decade",
        (
            rf"{_MOD}(?:the )?(?:(?P<decade>(?:1[6-9]|20)\d)0['’]?s|['’‘](?P<tens>[1-9])0s"
            r"|(?:(?<=the\s)|(?<=0s\sand\s))(?P<tens>[2-9])0s"
            "|(?P<spoken>twenties|thirties|forties|fifties|sixties|seventies|eighties|nineties))"
        ),
    ),
    ("century", rf"{_MOD}(?:the )?(?P<number>1\d|2[01])(?:st|nd|rd|th){_H}century"),
    (
        "day of month",
        (
            r"the (?P<day>[0-3]?\d)(?:st|nd|rd|th)"
            r"(?: of (?P<which>this|last|next) month|(?=[,.;:)\n]| and ))"
        ),
    ),
    (
        "same",
        (
            "(?:the )?same (?P<unit>day|week|month|quarter|period|time) (?:(?:of|in)(?: the)? )?"
            "(?:(?:a |one )?"
            rf"(?P<back>last year|year ago|year earlier|year before|the previous year)|{_YEAR})"
        ),
    ),
    (
        "shift",
        rf"{_UNITS} (?P<turn>ago|earlier|later|hence|from (?:now|today)|previously|afterwards?)",
    ),
    ("shift", rf"{_UNITS} (?P<turn>before|after){_CLOSED}"),
    ("shift", rf"in (?P<number>{NUMBER}) {_UNIT}s?['’]?s? (?P<turn>time)"),
    ("vague shift", rf"(?:(?:many|some|several|a few|few) )?{_UNIT}s (?P<turn>ago|earlier|later)"),
    ("vague shift", "(?:some time|long) (?P<turn>ago)"),
    (
        "span",
        (
            r"(?<!to\s)(?<!will\s)(?<!would\s)(?<!may\s)(?<!could\s)(?<!can\s)(?<!should\s)"
            "(?:(?:the|these|those) )?(?P<which>last|past|previous|next|coming|following|first"
            "|final"
            rf"|recent|preceding|intervening) (?P<number>{NUMBER}){_H}"
            rf"(?:or so |(?:{_RUN}){_H})?{_UNIT}s?"
        ),
    ),
    (
        "vague span",
        (
            "(?:the )?(?P<which>last|past|recent|coming|next) "
            "(?P<unit>day|week|month|year|decade|hour)s"
        ),
    ),
    ("pair", rf"(?P<number>{COUNTED})(?={_TO}{COUNTED}{_H}{_UNIT}s?\b)"),
    ("length", _UNITS),
    ("length", "(?P<number>half)(?: an?)? (?P<unit>hour|year)"),
    ("length", "(?P<number>a) (?P<unit>year|month|week) and a half"),
    (
        "lengths",
        (
            r"(?:(?<=for\s)|(?<=in\s)|(?<=after\s)|(?<=over\s)|(?<=within\s)|(?<=took\s)|(?<=take\s)"
            r"|(?<=lasted\s))(?:(?:the|just) )?"
            "(?P<unit>minute|hour|day|week|month|year|decade|centurie)s"
        ),
    ),
    ("lengths", "(?P<unit>hour|day|week|month|year|decade)s(?= of | in the |-long)"),
    (
        "set",
        (
            rf"(?:(?:once|twice) )?(?:every|each) (?:(?P<number>{COUNTED}|other) )?"
            "(?P<unit>minute|hour|day|week|month|year|decade)s?"
        ),
    ),
    (
        "set",
        rf"(?:every|each) (?:{_WEEKDAY}|{_MONTH}|{_PART}|(?P<season>{_any(SEASONS)}))(?: {_PART})?",
    ),
    ("set", rf"{_WEEKDAY}s"),
    ("set", "(?:once|twice|times) (?:a|an|per) (?P<unit>hour|day|week|month|year)"),
    ("set", rf"(?P<often>{_any(SETS)})"),
    (
        "clock",
        (
            rf"{_CLOCK}(?: ?(?:(?P<half>[ap])\.?m\b\.?|hours|hrs|o['’]clock))?"
            rf"(?: ?\(?(?P<zone>gmt|utc)\b\)?| local(?: time)?)?{_ON_DAY}"
        ),
    ),
    ("clock", rf"(?P<clock>noon|midnight)(?: (?P<zone>gmt|utc))?{_ON_DAY}"),
    (
        "part",
        (
            r"(?:(?<=in\s)|(?<=during\s)|(?<=by\s)|(?<=at\s))(?:the )?(?:(?:early|late) )?"
            rf"(?:hours of the )?{_PART}|(?P<part>overnight)"
        ),
    ),
    (
        "past",
        (
            "recently|the (?:(?:recent|distant) )?past(?= ?[,.;])|(?:in )?recent (?:history|times)"
            "|recent(?= [a-z])"
        ),
    ),
    (
        "present",
        (
            "now(?! that|-)|currently|nowadays|presently|at present|at the moment|at this time"
            "|the time being|(?:the )?present day|right now"
            r"|(?:(?<=the\s)|(?<=its\s)|(?<=their\s)|(?<=his\s)|(?<=our\s))current(?= [a-z])"
        ),
    ),
    (
        "future",
        (
            "(?:very )?soon(?! after)|(?:the )?(?:(?:near|foreseeable|immediate) )?future"
            "(?= ?[,.;])"
            "|shortly(?! (?:after|before))|the (?:near|short|medium|long)(?:er)? term"
        ),
    ),
    ("then", r"(?:(?<=since\s)|(?<=until\s)|(?<=by\s))(?:then|that time)"),
    (
        "feast",
        (
            "(?P<feast>christmas(?: eve| day)?|new year(?:['’]s (?:eve|day))?|boxing day)"
            rf"(?: {_YEAR})?"
        ),
    ),
)
