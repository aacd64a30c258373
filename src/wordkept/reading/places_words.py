"""The words by which a capitalised name is told to be a place, a person, an office or an actor."""

import re
from functools import cache
from importlib.resources import files


def word_set(words: str) -> frozenset[str]:
    """The words of a line."""
    return frozenset(words.split())


@cache
def common_words() -> frozenset[str]:
    """English words that are written small: what stands capitalised at a sentence's start."""
    text = (files("wordkept.reading") / "gazetteer" / "common_words.csv").read_text("utf-8")
    return frozenset(text.split()[1:])


LOCATIVE = word_set(
    "in at near from to around outside inside toward towards into onto across throughout within "
    "through via over above off beyond for on of between leaving entering reached reaching left "
    "entered visited visiting capturing captured retook seized besieging besieged bombed shelled"
)
"""Before a place; several of them stand before much else, so that they are no proof."""
PLAIN_LOCATIVE = word_set(
    "in at near from to around outside inside toward towards into across throughout within reached "
    "reaching entered entering seized captured recaptured retook besieged stormed liberated shelled"
)
"""Before a place, and hardly before an actor."""
HERE = word_set("in near around outside inside throughout across within")
"""Before a place, and never before a person."""
BEFORE_NAME = word_set(
    "north south east west northern southern eastern western central northeastern northwestern "
    "southeastern southwestern north-eastern northeast northwest southeast southwest upper lower "
    "greater inner outer old downtown rural suburban mainland metropolitan coastal occupied"
)
TITLES = word_set(
    "mr mrs ms miss dr sir lord lady dame prof professor gen general col colonel lt lieutenant maj "
    "major capt captain sgt sergeant cpl corporal pvt adm admiral brig brigadier marshal sheikh "
    "sheik imam ayatollah mullah rabbi pope bishop archbishop cardinal father sister rev reverend "
    "pastor king queen prince princess sultan emir president minister premier chancellor "
    "ambassador senator sen rep congressman congresswoman gov governor mayor judge justice "
    "secretary spokesman spokeswoman officer detective deputy commander chief sheriff attorney "
    "director chairman saint abu ibn bin ben umm von van"
)
"""Before a person's name."""
ORGANISATIONS = word_set(
    "bank university college institute school academy church ministry museum hospital army navy "
    "party congress parliament council senate assembly commission committee federation union "
    "association society league foundation front movement brigade brigades legion voice radio "
    "times post journal gazette herald tribune telegraph guardian friends doctors bishop duke "
    "earl archbishop prince princess house court office department bureau agency authority centre "
    "center club united team company corporation airlines airways group fund guard command "
    "forces squadron wing corps division regiment battalion fleet trust organisation "
    "organization network observatory"
)
"""What, before "of" and a name, or after it, makes the whole an organisation's name or a title's.
"""
PROVINCE_TYPES = word_set(
    "province provinces governorate governorates oblast oblasts region regions state states county "
    "counties district districts prefecture voivodeship canton krai emirate department muhafazah"
)
SETTLEMENT_TYPES = word_set(
    "city town village suburb neighbourhood neighborhood capital township camp"
)
BASE_TYPES = word_set("airbase base airfield")
AFTER_NAME = (
    PROVINCE_TYPES
    | SETTLEMENT_TYPES
    | BASE_TYPES
    | word_set(
        "airport international air naval military valley countryside mountains border police mayor "
        "governor president prime foreign minister defence defense ambassador embassy monday "
        "tuesday wednesday thursday friday saturday sunday january february march april may june "
        "july august september october november december standard gov sen rep peninsula strip "
        "island islands river bridge street avenue local i we he she they it"
    )
)
"""What may follow a place's name with a capital and leaves it a place's name."""

BE = word_set("is was are were be been being isn't wasn't weren't")
AUXILIARY = BE | word_set(
    "has had have will would could should may might must can cannot did does do also now later "
    "again not never still only already then long initially officially repeatedly recently "
    "formally publicly has since yesterday today jointly both all reportedly allegedly meanwhile "
    "however"
)
"""Between a subject and its verb."""
_VERBS = (
    "say announce agree deny vow pledge warn accuse insist want seek plan intend demand reject "
    "refuse order condemn hope believe call urge back support intervene launch send deploy "
    "withdraw sign declare state claim promise threaten acknowledge admit argue confirm concede "
    "suggest propose offer decide choose consider regard see view describe welcome criticise "
    "criticize blame denounce dismiss respond reply react retaliate negotiate mediate broker veto "
    "approve recognise recognize suspend resume expel recall summon impose lift ease need fear "
    "expect aim try attempt help arm fund finance train supply provide share stress signal "
    "indicate add note report ask invite host maintain keep stop halt start begin continue "
    "strike bomb attack invade annex carry conduct commit cooperate join lead push press play "
    "use fight face know think feel become pull drop win lose issue publish release block test "
    "fire show ratify adopt make take give get"
)
_IRREGULAR = word_set(
    "said says sent sends sought seeks saw sees seen thought felt knew known withdrew withdrawn "
    "withdraws fought kept keeps struck made makes took takes taken gave gives given got gets led "
    "began begun chosen chose became lost won shown denied denies tried tries replied replies "
    "supplied supplies carried carries vetoed ratified signed halted stopped stopping dropped "
    "dropping planned planning admitted admitting committed submits getting putting puts put "
    "recognised recognized wants cut cuts let lets told tells"
)


@cache
def agency_verbs() -> frozenset[str]:
    """The forms of what a government does and a town does not: "announced", "plans", "vowing"."""
    forms = set(_IRREGULAR)
    for verb in _VERBS.split():
        stem = verb.removesuffix("e")
        forms |= {verb, f"{verb}s", f"{verb}es", f"{stem}ed", f"{stem}ing", f"{verb}ed"}
    return frozenset(forms)


AGENCY_NOUNS = word_set(
    "intention intentions aim aims decision role government president prime foreign defence "
    "defense minister ministry military army forces troops air airforce navy position policy "
    "offer promise pledge announcement statement claim claims demand demands ally allies "
    "leadership leader leaders real response stance strategy involvement intervention support "
    "goals objectives interests ambassador spokesman spokeswoman parliament officials diplomats "
    "warplanes jets planes campaign airstrikes bombing raids withdrawal pull-out main warning "
    "hopes plan plans relations ties refusal insistence ambitions"
)
"""What, after the possessive of a name, an actor has."""
RULE = word_set("regime government governments administration dictatorship authorities")
"""After a name, what makes it a government's: "the Kabul government"."""
TOWARDS_ACTOR = word_set(
    "by with urged accused told asked warned blamed against pressed criticised criticized "
    "condemned thanked convinced persuaded"
)
"""Before a capital that stands for its government."""
ADJECTIVAL = word_set("led backed brokered sponsored funded made trained armed allied supported")
"""After a hyphen, what makes the name an actor: "Moscow-backed"."""
BORDER = re.compile(r"\s+(?:border|frontier)s?\b(?:\s+(?:region|area|zone|crossing)s?\b)?")
GIVEN_NAMES = word_set(
    "jordan chad georgia israel america virginia carolina dakota montana florence india kenya "
    "victoria alberta sienna asia africa china ireland tunisia"
)
"""Countries and provinces that people are called by."""
ORGANISED = re.compile(
    r"Islamic State (?:of|in) (?:Iraq|the Levant|Syria)(?: and (?:the |al-)?\w+)?"
    r"|[Aa]l[- ]Qa[ei]'?da in (?:the )?(?:[A-Z]\w+)(?: [A-Z]\w+)*"
    r"|Mission (?:for|in) (?:the )?[A-Z]\w+"
)
"""Organisations whose names hold a place's after a small word."""
CLOSED = (
    AUXILIARY
    | LOCATIVE
    | word_set(
        "and or but that which who whose as if when while where because since after before than "
        "then so to too a an the this these those it its by with about against under during until"
    )
)
"""Small words that belong to no name, and that no abbreviation is an adjective to."""
LISTING = frozenset({",", "and", "&", "or"})
"""Between the members of a list."""
SPEECH = word_set(
    "said says announced announces agreed agrees denied denies vowed pledged warned warns accused "
    "insisted demanded rejected condemned declared stated claimed promised threatened confirmed "
    "saying announcing warning"
)
"""What a town does only where it stands for those who govern from it."""
