"""Text -> the names in it, each with what it seems to name: a person, a place, a group, an event.

Rules over capital letters, for a question and a quote; nothing is looked up. A name that could be
several things is `other`, which fits where nothing better does.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from rag.question.dialogue.nations import COUNTRIES, PEOPLES

Kind = Literal["person", "place", "country", "people", "group", "event", "other"]
Sex = Literal["she", "he", ""]


@dataclass(frozen=True, slots=True, kw_only=True)
class Name:
    """A name at its place in a text, without titles before it and a possessive after it."""

    start: int
    end: int
    text: str
    kind: Kind
    sex: Sex = ""


# Parts of a name up to this length, "da" and "van", are of many.
_SHORT = 3
_WORD = re.compile(r"(?:[^\W\d_]\.){2,}|[^\W_]+(?:[-’'&][^\W_]+)*")
_POSSESSIVE = re.compile(r"['’]s?$")
# What joins the parts of a name: "Bank of England", "Ursula von der Leyen".
_LINKS = frozenset("of the de del der da di du al bin ibn van von la el le y".split())
_SENTENCE_END = re.compile(r"(?:^|[.!?:—“\"]\s*|\n)$")
_NO_NAME = frozenset(
    "a an the and but so or as at by for from in into of off on out over to up with about after "
    "all also although am another any are around be because been before being between both can "
    "could did do does during each even every few had has have he her here him his how i if is it "
    "its just last many may meanwhile might more most much must my neither next no nor not now "
    "officials once one only other others our she should since some still such tell than that "
    "their them then there these they this those through thus until was we were what when where "
    "whether which while who whom whose why will within without would yes yet you your january "
    "february march april june july august september october november december monday tuesday "
    "wednesday thursday friday saturday sunday jan feb mar apr jun jul aug sep sept oct nov dec "
    "christmas easter ramadan".split()
)
_TITLES = frozenset(
    "president minister chancellor gen general lt col colonel maj major capt captain sgt mr mrs ms "
    "miss dr sir lady lord queen king prince princess emperor pope sen senator rep gov governor "
    "rev secretary chair chairman coach marshal judge justice administrator envoy ambassador mayor "
    "commander mullah sheikh".split()
)
_ROYAL = frozenset("queen king prince princess emperor pope".split())
_SHE = frozenset("mrs ms miss lady queen princess".split())
_HE = frozenset("mr sir lord king prince emperor pope".split())
# Given names that news meets often; one that is not here fits both.
_HER_NAMES = frozenset(
    "alice amy andrea angela ann anna annalena anne ashleigh barbara carla carol catherine "
    "charlotte christine claudia diana elena elizabeth emily emma eva fatima giorgia greta hannah "
    "helen hillary ingrid jacinda jane jennifer jessica jill jo julia kamala karen kate katherine "
    "laura leylah linda lisa louise lucy margaret maria marie marine mary megan melania michelle "
    "nancy naomi natalia nicola nikki olena olga patricia rachel rebecca renee rosa ruth samantha "
    "sanna sara sarah serena sharon silvana simone sofia sophie stephanie susan svetlana theresa "
    "ursula venus victoria virginia yulia".split()
)
_HIS_NAMES = frozenset(
    "abdul abdulrazak adam ahmed alan alberto alexander ali andrew angel antonio antony ariel "
    "armin arthur barack ben benjamin bernard bill bob boris brad brian bruno carlos charles chris "
    "christian daniel daniil david dmitry donald edward emmanuel eric francis frank fred gary "
    "george giorgi gordon graham hans harry hassan henry hugo ian ibrahim igor ilham imran ivan "
    "jack jacob jair james jan jared jason jean jeff jeremy jerome jim joaquin joe joel john jon "
    "jose joseph josh juan justin karl keir keith kevin kylian larry lee leonardo lewis liam "
    "lionel louis luca luis luke manuel marco marcus mario mark martin matteo matthew max michael "
    "mike mikheil mohammed moon narendra nelson nick nikol novak olaf olusegun oscar owen pablo "
    "patrick paul pedro peter phil philip rafael ralph raphael recep richard rishi robert roberto "
    "roger ronald rustam sam scott sergei sergio shinzo simon stephan stephen steve thomas tim tom "
    "tony vladimir volodymyr walter warren william wolfgang xi yair zalmay".split()
)
_EVENTS = frozenset(
    "cup open games prize prizes award awards olympics olympic war championship championships "
    "final election festival summit conference grand prix euro expo day act treaty accord "
    "agreement brexit wimbledon oscars brit".split()
)
_GROUPS = frozenset(
    "party bank union council alliance movement committee authority agency commission ministry "
    "company corporation group states nations court parliament congress senate house forces army "
    "navy police university college institute school club association league federation society "
    "fund reserve board office department service services guard front coalition conservatives "
    "labour democrats republicans greens liberals socialists taliban hamas houthis hezbollah dream "
    "contract partnership business lab laboratory bloc government cabinet kremlin fed airlines "
    "airways motors holdings inc ltd plc corp".split()
)
# The words of places, ships, streets and works: neither a person nor a country.
_THINGS = frozenset(
    "canal sea ocean river lake mountain mount street avenue square bridge port airport station "
    "stadium park island islands city town district region province valley desert bay gulf strait "
    "corridor hospital hall palace tower museum telescope rover spacecraft rocket space folio "
    "constitution bill highway road north south east west northern southern eastern western new "
    "great saint san santa los las el hong nagorno crater times post herald wire".split()
)
_PLACE_BEFORE = re.compile(
    r"\b(?:in|at|near|from|across|outside|inside|around)\s+(?:the\s+)?$", re.I
)
_THE = re.compile(r"\bthe\s+$", re.IGNORECASE)


def find_names(text: str, *, persons: Iterable[str] = ()) -> list[Name]:
    """Return the names in a text, in order; of `persons` a part of the name is a person too."""
    surnames = {word for person in persons for word in person.split() if len(word) > _SHORT}
    names: list[Name] = []
    for words in _runs(text, frozenset(surnames)):
        name = _name(text, words, surnames)
        if name:
            names.append(name)
            surnames |= {name.text.split()[-1]} if name.kind == "person" else set()
    return names


def _runs(text: str, surnames: frozenset[str]) -> Iterator[list[re.Match[str]]]:
    """Yield the words of each name: capitals side by side, with what links them."""
    run: list[re.Match[str]] = []
    links: list[re.Match[str]] = []
    for word in [*_WORD.finditer(text), None]:
        last = (links or run)[-1] if run else None
        gap = text[last.end() : word.start()] if last and word else ""
        joined = (
            run != [] and word is not None and (gap == " " or (gap == ". " and _is_short(last)))
        )
        joined = joined and not _POSSESSIVE.search(run[-1].group())
        if word and joined and _continues(word.group()):
            run += [*links, word]
            links = []
        elif word and joined and _links(run, word.group()):
            links.append(word)
        else:
            if run:
                yield run
            run = [word] if word and _opens(text, word, surnames) else []
            links = []


def _is_short(word: re.Match[str] | None) -> bool:
    """Say whether a word before a full stop abbreviates: "Gen. Muradov", "Oct. 10"."""
    return word is not None and len(word.group()) <= 4


def _continues(word: str) -> bool:
    if word.isdigit():
        return len(word) <= 4
    return word[0].isupper() and word.lower() not in _NO_NAME


def _links(run: list[re.Match[str]], word: str) -> bool:
    """Say whether a small word may go on with a name: "of" does with a bank, not with a person."""
    is_institution = run[-1].group().lower() in _GROUPS | _EVENTS | _THINGS | _TITLES
    return word in _LINKS and (word not in ("of", "the") or len(run) == 1 or is_institution)


def _opens(text: str, word: re.Match[str], surnames: frozenset[str]) -> bool:
    """Say whether a name begins at a word; one that opens its sentence must be known as a name."""
    written = _POSSESSIVE.sub("", word.group())
    if not written[0].isupper() or written.lower() in _NO_NAME:
        return False
    if not _SENTENCE_END.search(text[: word.start()]):
        return True
    after = re.match(
        r"(?:['’]s)?\s(?:(?:of|the|v[oa]n|de[rl]?|bin|al) )*[^\W\d_]", text[word.end() :]
    )
    is_followed = after is not None and after.group()[-1].isupper()
    is_known = written in COUNTRIES | PEOPLES | surnames or written.lower() in _GROUPS
    return is_followed or is_known or (len(written) > 1 and written.isupper())


def _name(text: str, words: list[re.Match[str]], surnames: set[str]) -> Name | None:
    """Return what a run of words names, its titles taken off; None if they are titles only."""
    titles = [i for i, word in enumerate(words) if word.group().lower().rstrip(".") in _TITLES]
    kept = words[titles[-1] + 1 :] if titles else words
    if kept and titles and words[titles[-1]].group().lower() in _ROYAL:
        # "Queen Elizabeth" has no other name.
        kept = words[titles[-1] :]
    if titles and kept and kept[0].group() in _LINKS:
        # "Secretary of State Mike Pompeo": what the office is of has one word.
        kept = kept[2:]
    if not kept:
        return None
    # A year after a month or a name of more words is a time, "Euro 2020" is a name.
    if kept[-1].group().isdigit() and len(kept) > 2:
        kept = kept[:-1]
    start, end = kept[0].start(), kept[-1].end()
    own = _POSSESSIVE.sub("", text[start:end])
    said = {word.group().lower() for word in words}
    kind = _kind(text[:start], own, has_title=bool(titles), surnames=surnames)
    sex = _sex(own, said) if kind == "person" else ""
    return Name(start=start, end=start + len(own), text=own, kind=kind, sex=sex)


def _kind(before: str, name: str, *, has_title: bool, surnames: set[str]) -> Kind:
    parts = name.split()
    lower = {part.lower() for part in parts}
    is_thing = bool(lower & _THINGS)
    signs: list[tuple[Kind, bool]] = [
        ("country", name in COUNTRIES),
        ("people", name in PEOPLES),
        ("event", bool(lower & _EVENTS) or parts[-1].isdigit()),
        ("group", bool(lower & _GROUPS)),
        ("person", has_title or name in surnames),
        ("group", len(parts) == 1 and name.isupper() and not is_thing),
        ("person", not is_thing and _is_person(before, parts)),
        ("place", _PLACE_BEFORE.search(before) is not None),
    ]
    return next((kind for kind, is_so in signs if is_so), "other")


def _is_person(before: str, parts: list[str]) -> bool:
    """Say whether two names or more, not led by a people or an article, are a person's."""
    has_links = any(part in ("of", "the") for part in parts)
    is_led = parts[0] in PEOPLES | COUNTRIES or _THE.search(before) is not None
    acronym = any(len(part) > 1 and part.isupper() and "." not in part for part in parts)
    return len(parts) > 1 and not (has_links or is_led or acronym)


def _sex(name: str, titles: set[str]) -> Sex:
    given = name.split(maxsplit=1)[0].lower()
    if titles & _SHE or (given in _HER_NAMES and not titles & _HE):
        return "she"
    return "he" if titles & _HE or given in _HIS_NAMES else ""
