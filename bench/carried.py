"""Which words a follow-up gets from the questions before it, beside people's own rewritings.

TREC CAsT 2019 and 2020: 75 conversations in which people wrote each question so that it stands
alone. The words that they added are what should be carried. Each question is put after the earlier
ones in their full wording, so that one mistake does not count again in the next turn. The way in
which words are carried was chosen on these conversations, so they are not held out.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from bench import data
from bench.tables import Table
from rag.question.follow_ups import carried_words
from rag.text.terms import question_terms

_CONVERSATIONS = "cast-2019-2020.jsonl"
Terms = frozenset[int]
# A question and the earlier ones in full -> the terms that are carried into it.
Carry = Callable[[str, Sequence[str]], Terms]


@dataclass(frozen=True, slots=True, kw_only=True)
class Carried:
    """What was carried into a turn, and what people added to it."""

    given: Terms
    wanted: Terms


def measure() -> list[Table]:
    """Return precision and recall of the carried terms, beside two simple ways."""
    path = data.DATA / "conversations" / _CONVERSATIONS
    conversations = data.read_lines(path)
    ways: dict[str, Carry] = {
        "Dateline": _ours,
        "all words of the question before": lambda _, before: _terms(before[-1]),
        "words that the first and the last share": lambda _, before: (
            _terms(before[0]) & _terms(before[-1])
        ),
    }
    table = Table(
        title=f"Carried words, TREC CAsT 2019-2020: {len(conversations)} conversations",
        columns=["way", "precision", "recall", "F1", "of turns", "left alone", "of them"],
    )
    for name, carry in ways.items():
        turns = [turn for one in conversations for turn in _carried(one, carry)]
        alone = [turn for turn in turns if not turn.wanted]
        precision, recall, f1 = _scores(turns)
        table.add(
            name,
            *(f"{score:.3f}" for score in (precision, recall, f1)),
            str(len(turns)),
            f"{sum(not turn.given for turn in alone) / len(alone):.3f}",
            str(len(alone)),
        )
    return [table]


def _ours(question: str, before: Sequence[str]) -> Terms:
    return _terms(" ".join(carried_words(question, [(text, "") for text in before])))


def _carried(conversation: data.Record, carry: Carry) -> Iterator[Carried]:
    """Yield the turns after the first."""
    full = [turn["standalone"] for turn in conversation["turns"]]
    for place, turn in enumerate(conversation["turns"][1:], start=1):
        own = _terms(turn["question"])
        given = carry(turn["question"], full[:place])
        yield Carried(given=given - own, wanted=_terms(turn["standalone"]) - own)


def _scores(turns: Sequence[Carried]) -> tuple[float, float, float]:
    """Return precision, recall and F1 over all terms of all turns."""
    right = sum(len(turn.given & turn.wanted) for turn in turns)
    given = sum(len(turn.given) for turn in turns)
    wanted = sum(len(turn.wanted) for turn in turns)
    return right / max(1, given), right / max(1, wanted), 2 * right / max(1, given + wanted)


def _terms(text: str) -> Terms:
    return frozenset(question_terms(text).indices)
