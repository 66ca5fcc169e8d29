"""Compares the names of outlets and agencies, by their short names and by their letters.

The search for copies uses this to ask if an article is its agency's own, and the count of sources
to ask which reports come from one agency. The check of written sentences uses it to ask if a named
outlet is the outlet of the quotes.
"""

import re
from functools import lru_cache

from rag.text.folding import without_accents
from rag.text.patterns import any_of

# The letters of an outlet's full name, and its other names. Short names are those that journalists
# use and those of web addresses. No measurement says which are missing.
_ALIASES = {
    "associatedpress": ("ap", "apnews"),
    "agencefrancepresse": ("afp",),
    "deutschepresseagentur": ("dpa", "dpainternational"),
    "pressassociation": ("pa", "pamedia", "pamediagroup"),
    "reuters": ("thomsonreuters",),
    "tass": ("itartass",),
    "xinhua": ("xinhuanet",),
    "kyodo": ("kyodonews",),
    "yonhap": ("yna",),
    "financialtimes": ("ft",),
    "wallstreetjournal": ("wsj",),
    "newyorktimes": ("nyt", "nytimes"),
    "losangelestimes": ("latimes",),
    "southchinamorningpost": ("scmp",),
    "canadianpress": ("cp",),
    "voiceofamerica": ("voa", "voanews"),
    "radiofreeeurope": ("rferl", "radiofreeeuroperadioliberty"),
    "deutschewelle": ("dw",),
    "washingtonpost": ("wapo",),
    "sydneymorningherald": ("smh",),
}
_NAME_OF = {alias: name for name, aliases in _ALIASES.items() for alias in aliases}
# Words in the names of outlets, which show that a name is one; the others are names by themselves.
_KINDS = (
    "Post Times Herald Courier Wire News Daily Journal Tribune Guardian Gazette Press Telegraph "
    "Observer Chronicle Examiner Magazine Broadcasting"
).split()
_NAMES = "Reuters AFP AP BBC CNN TASS Interfax Xinhua Bloomberg Economist Jazeera NPR".split()
_TITLE = re.compile(rf"\b{any_of([*_KINDS, *_NAMES])}\b")
# These are surnames too, so "the" must stand before a name that ends in one.
_SURNAMES = frozenset(("Daily", "Post", "Press", "Wire"))
_ENDS_IN_KIND = re.compile(rf"(?P<the>[Tt]he\s)?.*\b(?P<kind>{any_of(_KINDS)})$")
_ADDRESS = re.compile(r"(?:https?://)?(?P<host>(?:[\w-]+\.)+[a-z]{2,})(?:[/:?#].*)?")
# What stands before the country in an address, or in abcnews.go.com before the ending.
_SECOND_LEVEL = frozenset("ac co com edu go gob gouv gov gv mil ne net nom or org".split())
# Everybody may publish under these, so that what stands before them is another outlet each.
_HOSTS = frozenset(
    "beehiiv blogspot ghost livejournal medium substack tumblr typepad weebly wixsite "
    "wordpress".split()
)
_GENERIC = re.compile(r"^the\s+|\s+(news\s+agency|newswire|agency|news|media)$")
# What parts several agencies in a credit, and what stands before one: "AFP/Reuters", "via AP".
_PARTED = re.compile(
    r"[/,;:|&+()\[\]]|(?<!\S)(?:and|with|by|via|from|plus|et|und|y)(?!\S)", re.IGNORECASE
)
_BRACKETED = re.compile(r"[(\[](?P<short>[^()\[\]]*)[)\]]")
# Words of a credit that name nobody: "Reuters Staff", "AFP and agencies", "with files from AP".
_STAFF = re.compile(r"(?:^|\s+)(?:staff|(?:staff\s+)?(?:reporter|writer|correspondent)s?)$")
_NOBODY = re.compile(
    r"(?:(?:additional|local|news|other|staff|wire)\s+)*"
    r"(?:agencies|files|material|others|reporting|reports?|services|sources?|wires)"
    r"|co|company|inc|ltd|sons"
)
# The same in one word, of a name or an address: "FoxNews". Shorter ones are no names by themselves.
_NEWS = re.compile(r"(?<=..)news$")
# A shorter name keeps its "the", which may be part of it.
_SHORTEST_WITH_THE = 6


def outlet_letters(name: str) -> str:
    """Return the letters of an outlet's full name, from a name, a short name or a web address.

    For "AP", "the Associated Press" and apnews.com, they are "associatedpress".
    """
    letters = re.sub(r"[\W_]", "", without_accents(_own_label(name)))
    if len(letters) >= _SHORTEST_WITH_THE:
        letters = letters.removeprefix("the")
    return _NAME_OF.get(letters, letters)


@lru_cache(maxsize=4096)
def outlet_name(name: str) -> str:
    """Return these letters without common words: "reuters" for "Reuters News Agency".

    An address has them without a space, as in foxnews.com.
    """
    letters = outlet_letters(_GENERIC.sub("", name.casefold().strip()))
    shorter = _NEWS.sub("", letters)
    return _NAME_OF.get(shorter, shorter)


def is_one_outlet(one: str, other: str) -> bool:
    """Say whether two names are of one outlet: "Reuters" and reuters.com."""
    return one == other or outlet_name(one) == outlet_name(other) != ""


@lru_cache(maxsize=4096)
def credited(agency: str) -> frozenset[str]:
    """Return the agencies that a credit names, each as `outlet_name` gives it.

    For "By AFP and Reuters Staff", they are those of "AFP" and "Reuters". A credit that names no
    agency of the list is also taken as a whole: "Holm & Orr" may be one agency or two.
    """
    whole = _credited_name(agency)
    if whole in _ALIASES or is_web_address(agency):
        return frozenset({whole})
    parts = frozenset(map(_credited_name, _PARTED.split(_without_short_forms(agency))))
    names = parts if parts & _ALIASES.keys() else parts | {whole}
    return names - {""}


def _without_short_forms(agency: str) -> str:
    """Return a credit without what brackets add to a name, unless it is an agency: "Orr (AP)"."""
    shorter = _BRACKETED.sub(
        lambda found: f"/{found['short']}/" if outlet_name(found["short"]) in _ALIASES else "/",
        agency,
    )
    return shorter if shorter.strip("/ ") else agency


def _credited_name(part: str) -> str:
    name = _STAFF.sub("", part.casefold().strip())
    return "" if _NOBODY.fullmatch(name.rstrip(".")) else outlet_name(name)


def is_web_address(name: str) -> bool:
    """Say whether an outlet is named by its web address."""
    return _ADDRESS.fullmatch(name.strip().lower()) is not None


def is_called_as_outlets_are(name: str) -> bool:
    """Say whether a name has a word that is common in the names of outlets: "Harbor Times"."""
    return _TITLE.search(name) is not None


def is_named_as_outlets_are(name: str) -> bool:
    """Say whether a name is that of an outlet by its form: "Harbor Times", "the Marden Post".

    Known agencies and web addresses are such names too. "Ilse Post" may be a person.
    """
    if is_web_address(name) or outlet_name(name) in _ALIASES or name in _NAMES:
        return True
    found = _ENDS_IN_KIND.fullmatch(name)
    if found is None:
        return False
    return bool(found["the"]) or (" " in name and found["kind"] not in _SURNAMES)


def _own_label(name: str) -> str:
    """Return the part of a web address that names its owner: "bbc" of news.bbc.co.uk.

    Under an address where everybody may publish, it is two: "orr substack".
    """
    found = _ADDRESS.fullmatch(name.strip().lower())
    if found is None:
        return name
    labels = found["host"].split(".")[:-1]
    if len(labels) > 1 and labels[-1] in _SECOND_LEVEL:
        labels.pop()
    is_hosted = labels[-1] in _HOSTS and labels[-2:-1] not in ([], ["www"])
    return " ".join(labels[-2:]) if is_hosted else labels[-1]
