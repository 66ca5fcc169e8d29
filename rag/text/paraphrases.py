"""Text -> the same in plain words: one word for what news says in several, for counting words.

A question asks when a war broke out, the article says that fighting began; one names 44 people, the
other forty-four. Where a word of a text is looked up among those of a question, both are put so.
"""

import re

from rag.question.dialogue.nations import PEOPLE_OF
from rag.text.numerals import NUMERALS
from rag.text.verbs import with_base_forms

# Of each line the first stands for all; irregular verbs in their base form, `~` for the endings of
# a regular one. What is as often another thing ("open", "stop", "conclude", "free") stays.
_PHRASES = """
begin: start~, commence~, erupt~, break~ out, get~ under ?way, take~ effect,
  (?:com(?:e|es|ing)|go~|enter~|bring~|put~) in(?:to)? (?:force|effect), enter~ force, kick~ off
end: expire~, lapse~, finish~, run~ out, come~ to an end, be over
sign: put~ (?:his|her|its|their) (?:name|signature)s? to, ink~
arrive: land~, touch~ down
resign: step~ down, stand~ down, give~ up (?:his|her|their) (?:post|office|job|seat), resignation
die: dead, death~, dying, pass~ away, lose~ (?:his|her|their) li(?:fe|ves)
marry: married, marries, marriage, wed~, wedding~, tie~ the knot
buy: purchase~, acquire~, acquisition~
release: freed, freeing, set free
arrest: detain~, take~ into custody
jail: imprison~, prison~
crash: collide~, collision~
postpone: delay~, put~ off, push~ back
"""
_SAID_AS = dict(line.split(": ", 1) for line in re.sub(r"\n +", " ", _PHRASES.strip()).split("\n"))
_TENS = "|".join(word for word, value in NUMERALS.items() if value >= 20)
_SMALL = "|".join(word for word, value in NUMERALS.items() if 1 <= value < 10)
_WORD = re.compile(r"[a-z]+")
# "One" is a pronoun more often than a number.
_NUMERAL = re.compile(
    rf"\b(?:({_TENS})(?:[- ]({_SMALL}))?|({'|'.join(w for w, v in NUMERALS.items() if v > 1)}))\b",
    re.IGNORECASE,
)
# "British" is of Britain and of the United Kingdom; the name that news uses most stands for both.
_COUNTRY_OF = {people: country for country, people in PEOPLE_OF.items() if people != country} | {
    "British": "Britain"
}
_PEOPLE = re.compile(rf"\b({'|'.join(sorted(_COUNTRY_OF, key=len, reverse=True))})s?\b")


def _group_of(word: str, phrases: str) -> str:
    every = [f"{word}~", *phrases.split(", ")]
    return f"(?P<{word}>{'|'.join(map(_with_endings, every))})"


def _with_endings(phrase: str) -> str:
    """Return a pattern of a phrase: `~` for -s, -ed and -ing, an e dropped, a consonant doubled."""
    phrase = re.sub(r"e~", "(?:e[sd]?|ing)", phrase)
    phrase = re.sub(r"(?<=([a-z]))~", r"(?:e?s|\1?(?:ed|ing))?", phrase)
    return phrase.replace("~", "(?:e?s|d|t?ing)?")


_PHRASE = re.compile(
    rf"\b(?:{'|'.join(_group_of(*said) for said in _SAID_AS.items())})\b", re.IGNORECASE
)


def in_plain_words(text: str) -> str:
    """Return a text with verbs in their base form, one word for each thing, numbers in figures."""
    plain = _PHRASE.sub(lambda match: match.lastgroup or "", with_base_forms(text))
    return _NUMERAL.sub(_in_figures, plain)


def with_countries(text: str) -> str:
    """Return a text with countries in the place of their people: "Armenian forces"."""
    return _PEOPLE.sub(lambda match: _COUNTRY_OF[match[1]], text)


def happenings_in(plain: str) -> set[str]:
    """Return what a text in plain words says is done, of the words that stand for several."""
    return _SAID_AS.keys() & set(_WORD.findall(plain.lower()))


def _in_figures(match: re.Match[str]) -> str:
    tens, ones, alone = (group.lower() if group else "" for group in match.groups())
    return str(NUMERALS[alone] if alone else NUMERALS[tens] + NUMERALS.get(ones, 0))
