"""The words that say which way a clause looks, and those at which clauses part."""


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


AHEAD = _set(
    "intend intends expect expects hopes proposes predict predicts threatens "
    "will shall won't would wouldn't due scheduled expected slated planned upcoming forthcoming "
    "deadline must should may might could begins starts ends expires opens resumes meets leaves "
    "arrives takes"
)
"""Words that look ahead by themselves."""
IRREGULAR = _set(
    "said told undertook set "
    "began fell took made came went gave got had was were did held met left became rose "
    "broke brought built bought caught chose drew drove ate fought found flew forgot froze grew "
    "heard hid kept knew laid led lost meant paid ran sank sat saw sent shook shot sold sought "
    "spent spoke stood struck swore taught thought threw understood withdrew won wore wrote been "
    "done gone seen taken given shown written begun broken fallen known spoken drawn hurt killed "
    "fled overran sprang stuck"
)
"""Past forms and participles that do not end in -ed."""
NOT_PAST = _set(
    "need hundred armed united allied indeed speed exceed proceed succeed feed bleed breed seed "
    "red bed led-by so-called talented unprecedented sacred naked embed wed sled shed"
)
"""Words in -ed that are no verb of the past."""
AUXILIARY_PAST = _set("was were had been has have did having")
"""Before a participle, they make a past of it."""
SAYS = _set("says say reports report claims claim tells states writes")
"""Present forms that tell of words said before."""
PRESENT = _set("is are am has have does do remains continues")
"""Present forms that tell nothing."""
PROSPECTIVE = _set(
    "announced agreed settled "
    "promised pledged vowed ordered decided declared demanded urged called set "
    "extended proposed offered approved threatened warned asked told plan plans planned planning "
    "intend intends intended want wants wanted hope hopes hoped prepared preparing ready likely "
    "expected scheduled due slated is are am postponed delayed suspended given gave said "
    "instructed directed authorised authorized required invited committed undertook aim aims "
    "aimed deadline begin seek seeks sought poised bound needs has have closed imposed"
)
"""Verbs after which "to leave", "from Tuesday", "by June" look ahead."""
FACTIVE = _set(
    "began started continued failed refused managed helped forced used tried seemed appeared came "
    "went ceased resumed proved happened turned got"
)
"""Verbs after which "to leave" happened when they did."""
LASTING = _set("lasted continued stayed remained waited fought ran was were worked lived")
"""Verbs that last until a time that is over."""
FENCES = _set(
    "; : — – ( ) \" “ ” '' `` -- but while although though because which who whose where when "
    "after as whereas and that"
)
"""Words and marks at which a clause may end."""
NO_VERB = _set(
    "the a an his her its their our your my this that these those it him them us me both all some "
    "any no one two three four five six seven eight nine ten date"
)
"""Words after "to" that make it no infinitive."""
