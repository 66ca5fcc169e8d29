"""Finds that a turn of a conversation asks nothing of the archive, or only for more of the same.

"Thanks, that was very helpful!" and "What can I ask?" ask nothing. "What else?" asks for more about
the question before.
"""

import re

# A turn of courtesy has one of these words, and of others only those that go with them.
_COURTEOUS = frozenset(
    "thanks thank thx cheers hello hi hey bye goodbye ok okay great perfect nice wow sorry "
    "morning afternoon evening understood cool good fine interesting right wrong sure yes yeah yep "
    "no nope helpful useful".split()
)
# Without thanks, "and Nice" and "the evening" name what shall be asked about.
_THANKS = frozenset("thanks thank thx cheers".split())
_ARTICLES = frozenset("the a".split())
_BESIDE = frozenset(
    "you very much so many a lot again there all not well please oh ah i see got it is was that "
    "that's it's everyone for now the help your and".split()
)
# The same of a turn that asks for more. "Who else?" and "What more did she say?" ask for something.
_MORE = frozenset("else more further other elaborate continue".split())
_BESIDE_MORE = frozenset(
    "what anything something any is are there that's tell show me us can could you please go do we "
    "i know give some a bit little details detail information about on it this that and ok yes "
    "thanks to say".split()
)
_DETAILS = re.compile(
    r"(?:(?:and|ok|yes) )?(?:any|some|the) (?:details?|information)"
    r"(?: (?:on|about) (?:it|this|that))?"
)
_GO_ON = re.compile(r"(?:(?:ok|please) )?(?:go|carry) on(?: please)?")
# What is asked of the program itself.
_OF_PROGRAM = re.compile(
    r"(?:(?:what|which questions) (?:can|could|should|may) (?:i|we) ask(?: you| here| about)*"
    r"|what (?:can|could|do) you (?:do|answer|know)|(?:who|what) are you"
    r"|how (?:do|can|should) (?:i|we) use (?:this|it|you)|(?:(?:can|could) you )?help(?: me)?)"
    r"(?: please)?"
)
# It says that the answer was read, and "really?" that it is surprising.
_ACKNOWLEDGES = re.compile(
    r"(?:(?:ok|okay|oh|ah|yes|no) )*(?:i see|(?:i )?got it|(?:that's|that is|that was) (?:all|it))"
)
_WONDERS = re.compile(r"(?:(?:ok|okay|oh|ah|wow|no) )?(?:really|yes|no|ok|okay)")
_IS = frozenset("is was".split())
_WORD = re.compile(r"[^\W_]+(?:[’'][^\W_]+)?")


def asks_nothing(turn: str) -> bool:
    """Say whether a turn has words of courtesy only, or asks what the program can do.

    What has a question mark is no courtesy, but for "Really?".
    """
    words = _words(turn)
    said = " ".join(words)
    if _OF_PROGRAM.fullmatch(said) or _WONDERS.fullmatch(said):
        return True
    if "?" in turn or not words or words[0] in _IS:
        return False
    names_something = words[0] == "and" or not _ARTICLES.isdisjoint(words)
    if names_something and _THANKS.isdisjoint(words):
        return False
    return _ACKNOWLEDGES.fullmatch(said) is not None or _has_only(words, _COURTEOUS, beside=_BESIDE)


def asks_for_more(turn: str) -> bool:
    """Say whether a turn asks for more about the question before, and for nothing of its own."""
    words = _words(turn)
    said = " ".join(words)
    if _GO_ON.fullmatch(said) or _DETAILS.fullmatch(said):
        return True
    return _has_only(words, _MORE, beside=_BESIDE_MORE)


def _has_only(words: list[str], some: frozenset[str], *, beside: frozenset[str]) -> bool:
    """Say whether some of the words are there, and no others but those that go with them."""
    return not some.isdisjoint(words) and some | beside >= set(words)


def _words(turn: str) -> list[str]:
    return [word[0].lower().replace("’", "'") for word in _WORD.finditer(turn)]
