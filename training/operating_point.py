"""Choose from which logits on a question needs words, and a word is carried.

Both are chosen on conversations that were not trained on (`tune`). A complete question is to be
left alone: of the same questions in their full wording, each put after the turns before it and
after those of another conversation, the share `_LEFT_ALONE` stays as it is. With that, the least
logit of a word is the one with the best F1 of carried terms, as a mean over the sets, because
CANARD has most of the questions and people asked other things in it than in the others.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from rag.models.carrying import CarryingModel, Weighed, terms_in
from training.conversations import Conversation, Example, examples

_LEFT_ALONE = 0.97
_LOGITS = np.arange(-3.0, 2.01, 0.1)


class OperatingPoint(NamedTuple):
    """The least logits, and what they give on what they were chosen on."""

    need: float
    word: float
    f1: float


def choose(model: CarryingModel, conversations: Sequence[Conversation]) -> OperatingPoint:
    """Return the operating point for a model."""
    complete = [model.weigh(e.question, e.turns).needs for e in _complete(conversations)]
    need = float(np.quantile(complete, _LEFT_ALONE))
    sets = []
    for name in sorted({one.set_name for one in conversations}):
        asked = list(examples([one for one in conversations if one.set_name == name]))
        sets.append((asked, [model.weigh(e.question, e.turns) for e in asked]))
    scores = [
        float(np.mean([f1_of(asked, found, need=need, word=word) for asked, found in sets]))
        for word in _LOGITS
    ]
    best = int(np.argmax(scores))
    return OperatingPoint(need, float(_LOGITS[best]), scores[best])


def _complete(conversations: Sequence[Conversation]) -> list[Example]:
    """Return questions in full after their own turns, and after those of another conversation."""
    asked = list(examples(conversations))
    full = [turn.in_full for one in conversations for turn in one.asked[1:]]
    half = len(full) // 2
    own = [Example(text, e.turns, frozenset()) for e, text in zip(asked, full, strict=True)]
    other = zip(asked, [*full[half:], *full[:half]], strict=True)
    return own[::2] + [Example(text, e.turns, frozenset()) for e, text in other][1::2]


def f1_of(
    asked: Sequence[Example], weighed: Sequence[Weighed], *, need: float, word: float
) -> float:
    """Return the F1 of carried terms, over all terms of all questions."""
    right = given = wanted = 0
    for example, found in zip(asked, weighed, strict=True):
        carried: set[int] = set()
        if found.needs >= need:
            for one, logit in zip(found.words, found.logits, strict=True):
                carried |= one.terms if logit >= word else frozenset()
        carried -= terms_in(example.question)
        right += len(carried & example.wanted)
        given += len(carried)
        wanted += len(example.wanted)
    return 2 * right / max(1, given + wanted)
