"""English words by what they do in a question, for follow-ups: small closed lists, and verb forms.

The open lists (verbs, nouns of what happens) hold what news questions use; a word that is in none
is taken for a noun.
"""

import re
from collections.abc import Iterator

from rag.text.verbs import with_base_forms

WORD = re.compile(r"(?:[^\W\d_]\.){2,}|[^\W_]+(?:[-’'.,&][^\W_]+)*(?:['’](?!\w))?")
POSSESSIVE = re.compile(r"['’]s?$")

# -- function words -------------------------------------------------------------------------------

WH = frozenset("who whom whose what which when where why how".split())
AUXILIARIES = frozenset(
    "is are was were be been being am do does did has have had will would can could may might "
    "shall should must isn't aren't wasn't weren't doesn't didn't don't hasn't hadn't won't".split()
)
# After these a verb stands in its base form: "did it take".
MODALS = frozenset(
    "do does did will would can could may might shall should must doesn't didn't don't "
    "won't".split()
)
FORMS_OF_BE = frozenset("is are was were be been isn't aren't wasn't weren't".split())
PRESENT = frozenset("is are does do has have isn't aren't doesn't don't".split())
DETERMINERS = frozenset(
    "the a an this that these those his her its their our my your some any no each every all both "
    "another".split()
)
PREPOSITIONS = frozenset(
    "of in at on for to from with by between about over under after before during since until till "
    "against among into near across without through around behind beyond outside inside per via "
    "towards toward within".split()
)
# Prepositions that say in what or where something happened.
LOCATIVE = frozenset("in at on during from over outside near".split())
PRONOUNS = frozenset(
    "i you he she it we they him us them himself herself itself themselves there here then anyone "
    "someone anything something everyone nobody nothing else".split()
)
ADVERBS = frozenset(
    "not now still first also yet ever never exactly actually really ago only again too away home "
    "back down out off up together later late early soon so just already eventually finally last "
    "officially originally once twice abroad apart afterwards".split()
)
# Adverbs that are adjectives before a noun: "the first truce".
ORDERS = frozenset("first last late early".split())
# Words between two clauses.
CLAUSE_WORDS = frozenset(
    "that when before after because if while since and but who which as until than where "
    "whether".split()
)
FUNCTION_WORDS = WH | AUXILIARIES | DETERMINERS | PREPOSITIONS | PRONOUNS | ADVERBS | CLAUSE_WORDS
PERSONAL = {
    "he": "he", "him": "he", "his": "he", "she": "she", "her": "she", "hers": "she",
    "it": "it", "its": "it", "they": "they", "them": "they", "their": "they", "theirs": "they",
}  # fmt: skip
OWNING = frozenset("his her its their".split())
NOMINATIVE = frozenset("he she they".split())

# -- verbs ----------------------------------------------------------------------------------------

BASES = frozenset(
    "accept accuse admit agree allow announce answer apologise appear appoint approve arrest "
    "arrive ask attack attend back ban be beat become begin believe belong block blow bomb break "
    "bring broker build burn buy call capture carry cause certify change charge choose claim close "
    "collapse come command condemn confirm cost crash create cross cut damage decide declare "
    "defeat define demand deny deploy destroy die direct discover do drop earn elect employ end "
    "enter erupt escape estimate evacuate exchange expect expire explain explode face fail fall "
    "fight find finish fire flee float fly follow free get give go grow hand happen have head help "
    "hire hit hold host hurt identify include increase injure invade jail join keep kill know land "
    "last launch lay lead leak leave lift light live lose lower make mark marry mean mediate meet "
    "mention miss move name need negotiate nominate occur offer open oppose order organise own pay "
    "plan play pledge poison postpone prevent produce promise propose protest prove publish pull "
    "put raise ratify reach receive recognise recover refuse reject release remain rename replace "
    "report represent request rescue resign respond restart restore resume retire return reveal "
    "rise rule run say score see seize sell send sentence serve set shell shelve shoot show shut "
    "sign sink speak spend stand start state stay stop storm strike succeed sue suffer suggest "
    "support surrender survive suspect suspend swap take talk tell test think threaten travel try "
    "turn use visit vote want warn watch win withdraw work write".split()
)
NO_PARTICIPLES = frozenset("united red hundred armed need seed feed speed indeed exceed".split())
# Past forms that are another common word too, which `rag.text.verbs` leaves alone.
ALSO_PAST = frozenset("left found born hurt hit put set cut shut rose saw felt".split())
# Irregular verbs whose participle is their past form.
SAME_PARTICIPLE = frozenset(
    "win sell buy build find hold lose make pay send lead leave meet bring catch shoot "
    "strike".split()
)
# Without an object these mean that of the question before: "Who signed?".
TRANSITIVE = frozenset(
    "sign broker mediate negotiate announce violate host organise cause found direct write build "
    "own buy sell reject accept ratify win claim discover invent propose support oppose".split()
)
# Nobody is hurt "under" an agreement.
HARMING = frozenset("kill die injure wound hurt".split())
MOVING = frozenset(
    "send sent go went gone travel move fly flew flown deploy deployed come came".split()
)
# What is done about something that went before.
REACTING = frozenset("react respond follow ensue".split())

# -- nouns ----------------------------------------------------------------------------------------

AGREEMENTS = frozenset(
    "agreement deal accord pact treaty statement truce ceasefire cease-fire armistice settlement "
    "declaration memorandum".split()
)
_FIGHTS = frozenset("war fighting conflict clashes battle hostilities violence".split())
_BLASTS = frozenset("blast explosion".split())
_STRIKES = frozenset("attack strike bombing shelling raid".split())
_VOTES = frozenset("election vote poll ballot referendum runoff runoffs".split())
_QUAKES = frozenset("earthquake quake tremor".split())
_SHIPS = frozenset("ship vessel boat".split())
# Of each set one word may be said for another: "the deal" is the ceasefire spoken of.
SYNONYMS = (AGREEMENTS, _FIGHTS, _BLASTS, _STRIKES, _VOTES, _QUAKES, _SHIPS)
_OTHER_HAPPENINGS = frozenset(
    "crash accident fire flood storm hurricane eruption tsunami disaster massacre protest protests "
    "final match game tournament games race ceremony summit talks trial coup invasion exchange "
    "attempt landing launch flight parade pandemic crisis strikes attacks campaign festival "
    "concert conference meeting funeral wedding rally march".split()
)
# What has a day and a place, and people killed or taking part "in" it.
HAPPENINGS = _FIGHTS | _BLASTS | _STRIKES | _VOTES | _QUAKES | _OTHER_HAPPENINGS
PERSONS = frozenset(
    "person man woman president minister chancellor envoy general leader captain player coach "
    "driver author writer director actor actress winner founder chairman governor mayor king "
    "queen pope judge speaker commander candidate senator lawmaker scientist suspect victim "
    "patient singer successor predecessor rival opponent wife husband spokesman spokeswoman "
    "aide lawyer".split()
)
GROUPS = frozenset(
    "party company bank government army team club firm ministry agency union group country".split()
)
# Objects that a verb needs to mean something, "take effect", and other nouns nobody refers to.
LIGHT = frozenset(
    "effect place force part office control hands care charge home power lead return people person "
    "thing way time date day year level number percent share".split()
)
# Nouns that are of something: "the victims" of a question without names are of its topic.
OF_SOMETHING = frozenset(
    "victim victims survivor survivors toll casualties casualty wounded injured dead cause damage "
    "losses suspect suspects perpetrator perpetrators winner winners loser losers opponent score "
    "result results outcome terms signatories signatory mediator mediators turnout margin crowd "
    "penalty goal goals try tries point points referee captain coach trophy reaction response "
    "price cost president premier minister chancellor king queen mayor governor leader leaders "
    "opposition government rebels army police parliament side sides others other second third crew "
    "passengers owner builder director author capital population epicentre magnitude site scene "
    "day date place reason reasons purpose aim agenda deadline company firm organisers authorities "
    "officials investigators union team".split()
)
# Of these there is always one, and no article is needed to mean it.
ON_THE_SPOT = frozenset("police officials authorities investigators witnesses organisers".split())
# Of these there is one in a place.
OFFICES = frozenset(
    "president premier minister chancellor king queen mayor governor government opposition army "
    "police parliament capital population leader leaders".split()
)
TIMES = frozenset(
    "day date time year month week night evening morning moment summer winter spring autumn fall "
    "weekend decade century quarter afternoon".split()
)
# Adjectives that stand where a noun may: "Who was responsible?".
STATES = frozenset(
    "responsible guilty involved missing alive dead safe hurt true next likely available open late "
    "possible over homeless first second third fourth".split()
)


def bare(word: str) -> str:
    """Return a word without a possessive."""
    return POSSESSIVE.sub("", word)


def words_of(text: str) -> Iterator[str]:
    """Yield the words of a text in lower case, without possessives."""
    for word in WORD.finditer(text):
        yield bare(word.group().lower())


def is_plural(noun: str) -> bool:
    """Say whether a noun is a plural, by its form."""
    lower = noun.lower()
    if lower in ("people", "men", "women", "children", "police", "troops", "dead", "wounded"):
        return True
    return lower.endswith("s") and not lower.endswith(("ss", "us", "is", "news"))


def is_past(word: str) -> bool:
    """Say whether a word looks like a past form of a verb: "signed", "took"."""
    lower = word.lower()
    if lower in NO_PARTICIPLES or not lower.isalpha():
        return False
    is_regular = lower.endswith("ed") and len(lower) > 3
    return is_regular or lower in ALSO_PAST or with_base_forms(lower) != lower


def is_verb(word: str) -> bool:
    """Say whether a word can be a verb in any form."""
    lower = word.lower()
    return lower in BASES or is_past(lower) or (lower.endswith("s") and lower[:-1] in BASES)


def base_verb(word: str) -> str:
    """Return the base of a verb's form: "signed" gives "sign", "took" gives "take"."""
    lower = word.lower()
    irregular = with_base_forms(lower)
    if irregular != lower or lower in BASES:
        return irregular
    for ending in ("ed", "d", "es", "s", "ing"):
        stem = lower.removesuffix(ending)
        doubled = stem[:-1] if stem[-1:] == stem[-2:-1] else stem
        for base in (stem, doubled, f"{stem}e", f"{stem[:-1]}y" if stem[-1:] == "i" else stem):
            if stem != lower and base in BASES:
                return base
    return lower.removesuffix("ed") if len(lower) > 4 else lower
