"""Says what a word of a sentence is to its verb, by the words that stand around it.

"Approved changes to the plan" says of no plan that it was approved, "the man who attacked the
minister was arrested" says of no minister that he was, and "the bridge was closed in 1998" does not
say that it is. `rag.text.stating` uses this.
"""

import re
from collections.abc import Sequence
from itertools import pairwise

from rag.text.names import TIME_WORDS
from rag.text.speech import speech_verbs
from rag.text.units import TIME_UNITS
from rag.text.verbs import is_past_form, is_s_form
from rag.text.words import Word, plain, words_of

_PREPOSITIONS = frozenset(
    "of in at on to for from by with about against over under near into after before through"
    " between among behind via toward towards across during since until as like".split()
)
# What may open a noun phrase, or a clause that says more of the noun before.
_OPENERS = frozenset(
    "the a an its their his her our this that these those which who whom whose where when".split()
)
# "The budget and the plan" are two objects of one verb.
_ONE_OF_SEVERAL = re.compile(r",|\b(?:and|or|as\s+well\s+as)\b", re.IGNORECASE)
_IN_PERIOD = TIME_WORDS | frozenset("last next night morning afternoon evening".split())
_RELATIVE = re.compile(
    r"(?:(?P<before>[\w’'-]+),?\s+)?\b(?P<pronoun>who|whom|which|that|whose)\b", re.IGNORECASE
)
# "A report on the old harbour plan": what comes before the preposition is the noun.
_GOES_WITH = re.compile(
    rf"[\w’']\s+(?:{'|'.join(sorted(_PREPOSITIONS))})\s+(?:the|an?|its|his|her|their)\s+"
    r"(?P<attributes>(?:[a-z][\w’'-]*\s+){1,2})$"
)
_OTHERS = re.compile(r"\s(?:but|while)\s+(?:the\s+(?:one|other|rest)|others?|another)\b")
_ASIDE = re.compile(
    r",\s+(?:who|which|whose|where|when)\b[^,;]*"
    r"|\b(?:after|since|because|although|though|while|when|following|despite)\s"
    # "After it was approved" tells of what the main clause tells of.
    r"(?!\s*(?:it|he|she|they)\b)[^,;]*",
    re.IGNORECASE,
)
_BETWEEN = (
    r"(?:(?:not|never|no\s+longer|now|since|also|already|again|both|finally|been|being|\w+ly)\s+)*"
)
_OF_NOW = re.compile(
    rf"(?:\b(?:is|are|am|has|have|do|does)(?:n[’']t)?|[’'](?:s|re|ve|m))\s+{_BETWEEN}$",
    re.IGNORECASE,
)
_OF_THEN = re.compile(rf"\b(?:did|was|were|had|got)(?:n[’']t)?\s+{_BETWEEN}$", re.IGNORECASE)


def is_itself_behind(between: str, word: Word) -> bool:
    """Say whether a word behind a verb is its object, and not only a part of what is.

    `between` stands between the verb and the word. "A report opposing" before "the law" makes the
    report the object; "on Tuesday the new" does not.
    """
    parts = [words_of(part) for part in _ONE_OF_SEVERAL.split(between)]
    others_end = all(_is_of_one_noun(part) for part in parts)
    return others_end and not (word.is_capitalised and _ends_in_participle(parts[-1]))


def _is_of_one_noun(words: Sequence[Word]) -> bool:
    """Say whether words are of one noun phrase, perhaps with a time before it."""
    has_content = False
    for place, word in enumerate(words):
        text = word.text.lower()
        if text in _PREPOSITIONS | _OPENERS:
            is_before_time = place + 1 < len(words) and is_of_time(words[place + 1])
            if has_content and not is_before_time:
                return False
        elif not is_of_time(word) and not text.endswith("ly"):
            has_content = has_content or word.stem is not None
    return True


def _ends_in_participle(words: Sequence[Word]) -> bool:
    """Say whether a noun and a participle stand before a name: "a letter criticising Orr"."""
    return len(words) > 1 and words[-1].text.endswith("ing") and words[-2].stem is not None


def is_of_time(word: Word) -> bool:
    """Say whether a word is of a time or a number: "Tuesday", "9", "week"."""
    text = plain(word.text.lower())
    return text[:1].isdigit() or text in _IN_PERIOD or text in TIME_UNITS


def is_itself_before(before: str) -> bool:
    """Say whether a word may be the subject of a verb behind it, by the text before the word.

    It is none if it stands in a relative clause, or goes with the noun before it.
    """
    goes_with = _GOES_WITH.search(before)
    if goes_with and not any(
        is_of_time(word) or is_past_form(word.text) for word in words_of(goes_with["attributes"])
    ):
        return False
    return not _is_in_relative_clause(before)


def _is_in_relative_clause(before: str) -> bool:
    """Say whether a text ends in a relative clause that has its verb already."""
    found = max(_RELATIVE.finditer(before), key=lambda one: one.start(), default=None)
    if found is None or re.search("[,;:]", before[found.end() :]):
        return False
    is_said = (found["before"] or "").lower() in speech_verbs()
    if is_said and found["pronoun"].lower() == "that":
        return False
    words = [word for word in words_of(before[found.end() :]) if not word.is_capitalised]
    verbs = [word.text for word in words if is_past_form(word.text)]
    verbs += [word.text for word in words[:1] if is_s_form(word.text)]
    return any(verb.lower() not in speech_verbs() for verb in verbs)


def tells_of_others(sentence: str, words: Sequence[Word], chosen: Sequence[Word]) -> bool:
    """Say whether a sentence tells also of others of the kind of a chosen noun.

    "The rail strike has ended, but the bus strike goes on" does not say which of them is meant.
    """
    own = {word.start for word in chosen}
    if _OTHERS.search(sentence, max(word.end for word in chosen)):
        return True
    for before, word in pairwise(words):
        if word.start not in own or before.start in own or not _is_attribute(before, word):
            continue
        if any(other.stem == word.stem and other.start not in own for other in words):
            return True
    return False


def _is_attribute(before: Word, word: Word) -> bool:
    is_next = before.end + 1 == word.start and before.stem is not None
    return is_next and not is_of_time(before) and not before.text.endswith("ly")


def asides(sentence: str) -> list[tuple[int, int]]:
    """Return where the parts of a sentence are that tell something beside its main clause."""
    return [found.span() for found in _ASIDE.finditer(sentence)]


def is_of_now(before: str, verb: str) -> bool:
    """Say whether a verb tells what is so now: in the present or the present perfect.

    `before` is the sentence before the verb.
    """
    if _OF_NOW.search(before):
        return True
    return not is_past_form(verb) and _OF_THEN.search(before) is None
