"""Sentences of our own with one time expression each in brackets, and what it must come to.

Three lines each: the sort and the day of publication (none, where there is none), the sentence,
the value and the days that it covers as first..last (none, where there are none to tell).
Some sentences hold other expressions; only the one in brackets counts.
"""

from dataclasses import dataclass
from datetime import date

from wordkept.period import Period

_ROWS = """tense | 2016-03-14
[Monday] brought the news: the ministry announced a withdrawal.
2016-03-14 | 2016-03-14

tense | 2016-03-16
The ministry announced on [Monday] that the bridge was open.
2016-03-14 | 2016-03-14

tense | 2016-03-14
The marshal ordered his brigades home from [Tuesday].
2016-03-15 | 2016-03-15

tense | 2016-03-14
Talks will resume on [Tuesday] in the lakeside town.
2016-03-15 | 2016-03-15

tense | 2016-03-14
The garrison surrendered on [Tuesday].
2016-03-08 | 2016-03-08

tense | 2016-03-14
In [October] the marshal spoke of an early end.
2015-10 | 2015-10-01..2015-10-31

tense | 2016-03-14
Elections will be held in [October].
2016-10 | 2016-10-01..2016-10-31

tense | 2016-03-14
The raids began on [30 September] with a strike on a depot.
2015-09-30 | 2015-09-30

tense | 2016-03-14
The last convoy is to cross by [30 September].
2016-09-30 | 2016-09-30

tense | 2016-03-14
The two sides agreed to hold their fire until [Friday].
2016-03-18 | 2016-03-18

tense | 2016-03-14
The ceasefire lasted until [Friday].
2016-03-11 | 2016-03-11

tense | 2016-03-14
The envoy said the prisoners would be freed on [Thursday].
2016-03-17 | 2016-03-17

tense | 2016-03-14
The town has been under siege since [June].
2015-06 | 2015-06-01..2015-06-30

tense | 2016-01-05
The valley was shelled in [December].
2015-12 | 2015-12-01..2015-12-31

tense | 2016-03-14
The corridor was opened on [28 February].
2016-02-28 | 2016-02-28

tense | 2016-03-14
It opened over [the weekend].
2016-W10-WE | 2016-03-12..2016-03-13

tense | 2016-03-16
The depot will be emptied over [the weekend].
2016-W11-WE | 2016-03-19..2016-03-20

tense | 2016-11-14
Output fell in [the third quarter].
2016-Q3 | 2016-07-01..2016-09-30

tense | 2016-03-14
The commission must report by [the end of June].
2016-06 | 2016-06-01..2016-06-30

tense | 2016-03-14
The army plans to leave the province in [mid-April].
2016-04 | 2016-04-01..2016-04-30

tense | 2016-03-14
Shells fell on the market in [mid-March], medics said.
2016-03 | 2016-03-01..2016-03-31

counted | 2016-03-14
The front moved little [last week].
2016-W10 | 2016-03-07..2016-03-13

counted | 2016-03-14
A new round is planned for [next month].
2016-04 | 2016-04-01..2016-04-30

counted | 2016-03-14
The base was handed over [three days ago].
2016-03-11 | 2016-03-11

counted | 2016-03-14
The siege was lifted [yesterday].
2016-03-13 | 2016-03-13

counted | 2016-03-14
Mortars were heard [last night].
2016-03-13TNI | 2016-03-13

counted | 2016-03-14
The ferry sank on [Friday morning].
2016-03-11TMO | 2016-03-11

counted | 2016-03-14
Nobody has crossed in [the past two weeks].
P2W | 2016-03-01..2016-03-14

counted | 2016-03-14
He spoke [last Monday], and nothing moved.
2016-03-07 | 2016-03-07

counted | 2016-03-14
They expect to meet [next Monday].
2016-03-21 | 2016-03-21

counted | 2016-03-14
He came to power [last year].
2015 | 2015-01-01..2015-12-31

counted | 2016-03-14
The harvest failed [last summer].
2015-SU | 2015-06-01..2015-08-31

text | 2016-03-14
The camp was hit on 2 March. The clinic had been hit [two days earlier].
2016-02-29 | 2016-02-29

text | 2016-03-14
The camp was hit on 2 March. [The following day] the road was cut.
2016-03-03 | 2016-03-03

text | 2016-03-14
They signed on 5 May 2014. Shelling began again on [9 May].
2014-05-09 | 2014-05-09

text | 2016-03-14
They signed in November 2013. Shelling began again in [February].
2014-02 | 2014-02-01..2014-02-28

text | 2016-03-14
In October he promised to leave. Since [then] nothing has moved.
2015-10 | 2015-10-01..2015-10-31

text | 2016-03-14
On Saturday a shell hit the mill, and on [the same day] the dam.
2016-03-12 | 2016-03-12

text |
The treaty of 3 June 2011 held. [Two days later] came the first breach.
2011-06-05 | 2011-06-05

text |
The guns fell silent on [Monday].
 |

text |
The guns fell silent in [October].
 |

written |
The order bears the date [14 March 2016].
2016-03-14 | 2016-03-14

written |
The order of [March 14, 2016], was never printed.
2016-03-14 | 2016-03-14

written |
Printed on [14/03/2016] by the staff.
2016-03-14 | 2016-03-14

written | 2016-05-01
Printed on [03/04/2016] by the staff.
 |

written |
Filed as [2016-03-14] in the log.
2016-03-14 | 2016-03-14

written | 2016-05-20
The quarter was hit on [the night of 12 to 13 May].
2016-05-12TNI | 2016-05-12..2016-05-13

written | 2016-03-14
The crossing will stay open from [3 to 7 April].
2016-04-03/2016-04-07 | 2016-04-03..2016-04-07

written | 2016-03-14
The plan was drawn up in [early 2016].
2016 | 2016-01-01..2016-12-31

written |
The border was drawn in [the 1920s].
192 | 1920-01-01..1929-12-31

written |
The fort dates from [the 19th century].
18 | 1800-01-01..1899-12-31

written |
It was dug in [spring 2014].
2014-SP | 2014-03-01..2014-05-31

lengths | 2016-03-14
After [six months] of bombing the front had not moved.
P6M |

lengths | 2016-03-14
Both held their fire for [72 hours].
PT72H |

lengths | 2016-03-14
It took [two and a half years] to build.
P2.5Y |

lengths | 2016-03-14
The wells were dry for [several weeks].
PXW |

lengths | 2016-03-14
A [five-day] truce was proposed.
P5D |

lengths | 2016-03-14
Observers report [every Monday].
XXXX-WXX-1 |

lengths | 2016-03-14
The [weekly] bulletin listed nine breaches.
P1W |

lengths | 2016-03-14
The commander is [now] abroad.
PRESENT_REF |

lengths | 2016-03-14
The village was [recently] rebuilt.
PAST_REF |

lengths | 2016-03-14
The envoys will return [soon].
FUTURE_REF |
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeCase:
    """One expression in its sentence, and what it must come to."""

    sort: str
    published: date | None
    text: str
    words: str
    start: int
    value: str
    period: Period | None


def time_cases() -> tuple[TimeCase, ...]:
    """Every row of the list."""
    return tuple(_case(*row.splitlines()) for row in _ROWS.strip().split("\n\n"))


def _case(head: str, marked: str, outcome: str) -> TimeCase:
    sort, published = (cell.strip() for cell in head.split("|"))
    value, days = (cell.strip() for cell in outcome.split("|"))
    before, _, rest = marked.partition("[")
    words, _, after = rest.partition("]")
    first, _, last = days.partition("..")
    ends = date.fromisoformat(last or first) if days else None
    return TimeCase(
        sort=sort,
        published=date.fromisoformat(published) if published else None,
        text=before + words + after,
        words=words,
        start=len(before),
        value=value,
        period=Period(date.fromisoformat(first), ends) if ends else None,
    )
