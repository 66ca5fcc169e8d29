"""Finds that a turn of a conversation asks nothing: "Thanks, that was very helpful!"."""

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
_WORD = re.compile(r"[^\W_]+(?:[’'][^\W_]+)?")


def asks_nothing(turn: str) -> bool:
    """Say whether a turn has words of courtesy only; with a question mark it asks."""
    if "?" in turn:
        return False
    words = {word[0].lower().replace("’", "'") for word in _WORD.finditer(turn)}
    return bool(words & _COURTEOUS) and words <= _COURTEOUS | _BESIDE
