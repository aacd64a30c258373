"""Words that stand before, beside and for those who speak."""


def _words(words: str) -> frozenset[str]:
    return frozenset(words.split())


DAYS = _words(
    "Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February March April May "
    "June July August September October November December"
)
"""No part of a name: "Lorn Monday" is Lorn. (A first name May or April is lost for it.)"""
MEN = _words(
    "mr mr. sir king prince lord sheikh duke father brother son husband uncle grandfather man boy "
    "spokesman chairman councilman congressman businessman statesman nobleman policeman fisherman "
    "alderman assemblyman salesman widower imam gentleman nephew monsignor bishop"
)
WOMEN = _words(
    "mrs mrs. ms ms. miss madam madame dame queen princess lady duchess mother sister daughter "
    "wife aunt grandmother woman girl spokeswoman chairwoman councilwoman congresswoman "
    "businesswoman policewoman alderwoman assemblywoman widow niece nun"
)
TITLES = (
    MEN
    | WOMEN
    | _words(
        "dr dr. prof prof. gen gen. lt lt. col col. maj maj. capt capt. sgt sgt. gov gov. sen sen. "
        "rep rep. rev rev. adm adm. brig brig. cmdr cmdr. hon hon. president vice-president "
        "minister secretary general colonel major captain admiral brigadier lieutenant sergeant "
        "corporal private marshal commodore commander ambassador envoy spokesperson senator "
        "governor mayor premier chancellor director professor judge justice representative "
        "commissioner councillor councilor councilmember councilperson chairperson chair speaker "
        "leader attorney prosecutor treasurer comptroller auditor sheriff chief superintendent "
        "inspector detective officer deputy candidate coach pastor reverend archbishop cardinal "
        "pope rabbi emir sultan shah tsar emperor empress caliph ayatollah mullah baron baroness "
        "count countess citizen comrade strategist analyst economist hydrologist historian "
        "journalist activist scientist researcher lawyer solicitor farmer teacher engineer author "
        "writer editor reporter correspondent moderator delegate negotiator mediator facilitator "
        "coordinator adviser advisor aide assemblymember lawmaker legislator congressperson "
        "whip elder doctor nurse surgeon pilot under-secretary undersecretary rapporteur "
        "presidential vice-admiral lieutenant-general major-general consul attaché nominee rival "
        "dona don doña señor señora senhor senhora monsieur herr frau hajji haji sayyid ustaz "
        "loser incumbent challenger opponent colleague independent veteran resident ranger "
        "principal dean provost organiser organizer donor pollster paramedic trader baker "
    )
)
"""What may stand before a name and is no part of it."""
RANKS = _words(
    "prime foreign defence defense interior finance health justice deputy vice acting former "
    "chief senior junior retired then-president late own special first second third state "
    "federal national assistant permanent joint lead senate house majority minority city county "
    "district attorney press public lands information "
)
"""What may stand before a title, and is no name either."""
HEADS = _words(
    "the a an in on at of for from by with but and or if when while as after before since until "
    "although though because however meanwhile this that these those his her their its our my "
    "your he she they it we i you what who why how where there here not no yes some many most "
    "all both each every any few several one two three four five six seven eight nine ten asked "
    "according speaking earlier later today yesterday tomorrow now then still even only also so "
    "yet nor neither either another other others more less under over between among during "
    "against without within about across near inside outside despite like unlike question answer "
    "q breaking update correction analysis opinion exclusive dear ask told says said president's"
)
"""Common words that a sentence may begin with, and no name does."""
BODIES = _words(
    "government ministry department office agency council commission committee court party front "
    "union army navy force forces police command guard guards brigade brigades battalion regiment "
    "parliament senate assembly congress cabinet presidency administration authority authorities "
    "board bureau bank university institute foundation fund centre center group movement alliance "
    "coalition league organisation organization association federation confederation society "
    "company corporation firm corps militia headquarters staff mission delegation secretariat "
    "tribunal chamber house embassy consulate service hospital clinic newspaper network channel "
    "observatory monitor cross crescent nations state states republic kingdom emirate emirates "
    "province county city town village district region regime junta faction opposition palace "
    "kremlin pentagon media press room table network campaign team panel inquiry legion column "
    "cell corps squad church diocese school college company camp garrison community tribe clan "
    "directorate inspectorate operations operation watch rights trust club times post herald "
    "gazette tribune fleet squadron garrison leadership country nation side contact power powers "
    "journal review union unions outlet station company platform website"
)
"""Heads of names of bodies, singular in grammar."""
PAPERS = _words(
    "statement report study poll survey law bill text document letter letters resolution "
    "communiqué declaration agreement treaty accord protocol article map note paper memo "
    "memorandum filing lawsuit motion complaint indictment testimony order ruling decree census "
    "assessment dispatch leaflet advertisement ad spot caption headline "
    "editorial constitution charter data "
    "figures records logs log count spreadsheet footage video images image recording transcript "
    "submission audit review plan programme program budget chapter annex clause truce calendar "
    "entry page paragraph book brief count tally bulletin newsletter tweet post broadcast sign"
)
PLACES = _words(
    "north south east west northern southern eastern western upper lower new old port fort lake "
    "mount mont saint st st. san santa cape camp river bay gulf great greater central islamic "
    "united democratic radio free red white black blue el los las tel bir ras wadi jabal depot"
)
"""First words of names that are no person's."""
PARTICLES = _words("al el ad as bin ibn de la van von der den di da dos du le ter abu ben")
ANY_BODY = _words(
    "company group agency organisation organization firm movement chain retailer charity body "
    "newspaper outlet manufacturer operator carrier airline bloc association"
)
"""Nouns that take up a body of any name."""
SAME_OFFICE = {
    "gov": "governor", "sen": "senator", "rep": "representative", "gen": "general",
    "prof": "professor", "col": "colonel", "maj": "major", "capt": "captain", "lt": "lieutenant",
    "sgt": "sergeant", "adm": "admiral", "brig": "brigadier", "rev": "reverend", "dr": "doctor",
    "cmdr": "commander", "congressman": "representative", "congresswoman": "representative",
    "lawmaker": "representative", "premier": "minister", "vice-president": "president",
    "presidential": "president", "president-elect": "president", "chairman": "chair",
    "chairwoman": "chair", "chairperson": "chair", "councilor": "councillor",
    "councilman": "councillor", "councilwoman": "councillor", "councilmember": "councillor",
    "adviser": "aide", "advisor": "aide",
}  # fmt: skip
"""Abbreviated and other words for an office, and the word that they are compared under."""
PREPOSITIONS = _words(
    "of in at for from with on to by against near under over between among about inside within "
    "who which that whose whom where run quoted reached speaking seen filed published obtained "
    "close familiar opposed loyal wearing living working briefed"
)
"""Where the head of a noun phrase is over."""


def titled(word: str) -> bool:
    """Whether a word is a title: "President-elect" and "Vice-chancellor" are."""
    plain = word.casefold()
    return plain in TITLES or bool({plain.split("-")[0], plain.split("-")[-1]} & TITLES)
