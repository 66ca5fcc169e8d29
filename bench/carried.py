"""Which words a follow-up gets from earlier turns, beside people's own rewritings.

In these conversations people wrote each question so that it stands alone. The words that they added
are what should be carried. Each question is put after the earlier ones in their full wording, so
that one mistake does not count again in the next turn. Nothing was trained or tuned on what is
measured here: TREC CAsT 2019 and 2020, which have no answers, and the articles of CANARD that were
held out, which have them.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bench import data
from bench.splits import part_of
from bench.tables import Table
from rag.models.carrying import Terms, Turn, load_carrying_model, terms_in
from rag.question.follow_ups import carried_words
from rag.settings import load_settings

_FOLDER = data.DATA / "conversations"
# A question and the earlier turns, in full -> the terms that are carried into it.
Carry = Callable[[str, Sequence[Turn]], Terms]


@dataclass(frozen=True, slots=True, kw_only=True)
class Carried:
    """What was carried into a turn, and what people added to it."""

    given: Terms
    wanted: Terms


def measure() -> list[Table]:
    """Return precision and recall of the carried terms, beside two simple ways."""
    model = load_carrying_model(load_settings())

    def ours(question: str, before: Sequence[Turn]) -> Terms:
        return terms_in(" ".join(carried_words(question, before, model=model)))

    ways: dict[str, Carry] = {
        "Dateline": ours,
        "all words of the question before": lambda _, before: terms_in(before[-1].question),
        "words that the first and the last share": lambda _, before: (
            terms_in(before[0].question) & terms_in(before[-1].question)
        ),
    }
    cast = data.read_lines(_FOLDER / "cast-2019-2020.jsonl")
    canard = data.read_lines(_FOLDER / "canard_dev_test.jsonl.xz")
    held_out = [record for record in canard if part_of(record["title"]) == "test"]
    return [
        _table("TREC CAsT 2019-2020", cast, ways),
        _table("CANARD, articles not trained on", held_out, ways),
    ]


def _table(name: str, conversations: Sequence[data.Record], ways: dict[str, Carry]) -> Table:
    table = Table(
        title=f"Carried words, {name}: {len(conversations)} conversations",
        columns=["way", "precision", "recall", "F1", "of turns", "left alone", "of them"],
    )
    for way, carry in ways.items():
        turns = [turn for one in conversations for turn in _carried(one, carry)]
        alone = [turn for turn in turns if not turn.wanted]
        table.add(
            way,
            *(f"{score:.3f}" for score in _scores(turns)),
            str(len(turns)),
            f"{sum(not turn.given for turn in alone) / len(alone):.3f}",
            str(len(alone)),
        )
    return table


def _carried(conversation: data.Record, carry: Carry) -> list[Carried]:
    """Return the turns after the first."""
    turns = conversation["turns"]
    before = [Turn(turn["standalone"], turn.get("answer") or "") for turn in turns]
    carried = []
    for place, turn in enumerate(turns[1:], start=1):
        own = terms_in(turn["question"])
        given = carry(turn["question"], before[:place])
        carried.append(Carried(given=given - own, wanted=terms_in(turn["standalone"]) - own))
    return carried


def _scores(turns: Sequence[Carried]) -> tuple[float, float, float]:
    """Return precision, recall and F1 over all terms of all turns."""
    right = sum(len(turn.given & turn.wanted) for turn in turns)
    given = sum(len(turn.given) for turn in turns)
    wanted = sum(len(turn.wanted) for turn in turns)
    return right / max(1, given), right / max(1, wanted), 2 * right / max(1, given + wanted)
