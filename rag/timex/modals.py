"""Tells whether a modal verb looks ahead or reports what was so: "could not be reached"."""

from typing import Literal

from rag.text.verbs import is_past_form
from rag.timex.tokens import Tokens

MODALS = frozenset("would could may might should must can cannot".split())
# "Could hear" and "would not say" report what was so.
_SENSES = frozenset("hear heard see seen feel felt smell smelt".split())
_REFUSED = frozenset("say comment confirm discuss elaborate disclose give reveal".split())
_DENIALS = frozenset("not n".split())
# These stand between "have" and its participle: "may have since left".
BESIDE_HAVE = _DENIALS | frozenset(
    "t ’ ' also already since now then never ever just all both".split()
)
_PASSED_OVER = _DENIALS | frozenset("be ’ ' t".split())


def tense_of_modal(tokens: Tokens, place: int) -> Literal["past", "future"] | None:
    """Return the tense of a modal verb; None before "have" if its participle tells the tense."""
    if _is_of_the_past(tokens, place):
        return "past"
    is_perfect = tokens.word(place + 1) == "have" and has_participle(tokens, place + 1)
    return None if is_perfect else "future"


def has_participle(tokens: Tokens, place: int) -> bool:
    """Say whether a participle follows "have": "have already left", but not "have surgery"."""
    following = tokens.words[place + 1 : place + 5]
    rest = (word for word in following if word not in BESIDE_HAVE and not word.endswith("ly"))
    return is_past_form(next(rest, ""))


def _is_of_the_past(tokens: Tokens, place: int) -> bool:
    following = tokens.words[place + 1 : place + 4]
    is_denied = not _DENIALS.isdisjoint(following[:1])
    rest = (word for word in following if word not in _PASSED_OVER and not word.endswith("ly"))
    verb = next(rest, "")
    if tokens.words[place] == "could":
        return is_denied or verb in _SENSES
    return tokens.words[place] == "would" and is_denied and verb in _REFUSED
