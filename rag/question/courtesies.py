"""Finds that a turn of a conversation asks nothing of the archive, or only for more of the same.

"Thanks, that was very helpful!" and "What can I ask?" ask nothing. "What else?" asks for more about
the question before.
"""

import re

# A turn of courtesy has one of these words, and of others only those that go with them.
_COURTEOUS = frozenset(
    "thanks thank cheers hello hi hey bye goodbye ok okay great perfect nice wow sorry "
    "morning afternoon evening understood".split()
)
_BESIDE = frozenset(
    "you very much so many a lot again there good all right well please yes no oh ah i see got it "
    "is was that that's it's helpful useful interesting everyone for now the help your and".split()
)
# The same of a turn that asks for more. "Who else?" and "What more did she say?" ask for something.
_MORE = frozenset("else more further other elaborate continue".split())
_BESIDE_MORE = frozenset(
    "what anything something any is are there that's tell me us can could you please go do we i "
    "know give some a bit little details detail information about on it this that and ok thanks to "
    "say".split()
)
_GO_ON = re.compile(r"(?:(?:ok|please) )?(?:go|carry) on(?: please)?")
# What is asked of the program itself.
_OF_PROGRAM = re.compile(
    r"(?:(?:what|which questions) (?:can|could|should|may) (?:i|we) ask(?: you| here| about)*"
    r"|what (?:can|could|do) you (?:do|answer|know)|(?:who|what) are you"
    r"|how (?:do|can|should) (?:i|we) use (?:this|it|you)|(?:(?:can|could) you )?help(?: me)?)"
    r"(?: please)?"
)
_WORD = re.compile(r"[^\W_]+(?:[’'][^\W_]+)?")


def asks_nothing(turn: str) -> bool:
    """Say whether a turn has words of courtesy only, or asks what the program can do.

    What has a question mark is no courtesy.
    """
    words = _words(turn)
    if _OF_PROGRAM.fullmatch(" ".join(words)):
        return True
    return "?" not in turn and _has_only(words, _COURTEOUS, beside=_BESIDE)


def asks_for_more(turn: str) -> bool:
    """Say whether a turn asks for more about the question before, and for nothing of its own."""
    words = _words(turn)
    if _GO_ON.fullmatch(" ".join(words)):
        return True
    return _has_only(words, _MORE, beside=_BESIDE_MORE)


def _has_only(words: list[str], some: frozenset[str], *, beside: frozenset[str]) -> bool:
    """Say whether some of the words are there, and no others but those that go with them."""
    return not some.isdisjoint(words) and some | beside >= set(words)


def _words(turn: str) -> list[str]:
    return [word[0].lower().replace("’", "'") for word in _WORD.finditer(turn)]
