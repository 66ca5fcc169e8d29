"""Conversations on the sample archive: are follow-ups understood, and are they then answered.

`conversations.jsonl` was written by hand. A turn after the first is right if it holds, with the
words that were carried into it, one of the words of each list of `accept`, and if none of `reject`
was added to it; nothing may be carried into a question that stands alone, whose `gold` is itself.
The answers before a turn are the archive's own, wrong ones and refusals too. `article_ids` are the
articles of which one must be cited first. Every third conversation was once held back; none is
unseen any more.

The scripted model gives the hand-written rewriting, and nothing for every seventh turn: it measures
that what a language model writes is used and that its failures are survived, and no language model.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from bench import data
from bench.tables import Table
from rag.archive import Archive
from rag.models.carrying import CarryingModel, load_carrying_model
from rag.question.carried_prefix import with_carried
from rag.question.follow_ups import carried_words, understand_follow_up
from rag.records import Answer
from rag.settings import load_settings

# The day on which the sample's questions are asked, after all that it reports.
_NOW = "2023-01-01"
_HELD_BACK_EVERY = 3
_FAILS_EVERY = 7
# How far back in the file of questions the one is that a question is asked after.
_STEPS = (1, 7, 31)


@dataclass(frozen=True, slots=True, kw_only=True)
class Understood:
    """A turn after the first as it was understood, and whether the right article came first."""

    conversation: str
    turn: data.Record
    asked: str
    is_held_back: bool
    is_cited: bool

    @property
    def stands_alone(self) -> bool:
        """Whether nothing may be carried into the question."""
        return bool(self.turn["gold"] == self.turn["question"])

    @property
    def is_right(self) -> bool:
        """Whether it was understood as it was meant."""
        return is_right(self.asked, self.turn)


class ScriptedModel:
    """Gives the hand-written rewritings of one conversation, and fails at every seventh call."""

    def __init__(self) -> None:
        self.gold: dict[str, str] = {}
        self.calls = 0

    def rewrite(self, question: str, history: Sequence[tuple[str, str]]) -> str:
        """Return the rewriting of a question, empty at every seventh call."""
        assert history
        self.calls += 1
        return "" if self.calls % _FAILS_EVERY == 0 else self.gold[question]


class Remembering:
    """An archive that answers the same question once: it gives the same answer every time."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self._answers: dict[tuple[str, ...], Answer] = {}
        self.model: CarryingModel = load_carrying_model(load_settings())

    def ask(self, question: str, history: Sequence[Answer] = ()) -> Answer:
        """Return the archive's answer, asked on the day of the sample's questions."""
        key = (question, *(answer.question for answer in history))
        if key not in self._answers:
            self._answers[key] = self._archive.ask(question, history=history, now=_NOW)
        return self._answers[key]


def measure() -> list[Table]:
    """Return how many turns are understood, with and without a model, and what they then cite."""
    with Archive.open(data.sample_archive()) as archive:
        return tables(archive)


def tables(sample: Archive) -> list[Table]:
    """Return the measures of the conversations, held with the sample archive."""
    conversations = data.read_lines(data.ROOT / "bench" / "conversations.jsonl")
    archive, model = Remembering(sample), ScriptedModel()
    rules = hold(archive, conversations)
    scripted = hold(archive, conversations, model=model)
    raw = [_cites(archive.ask(u.turn["question"]), u.turn) for u in rules]
    gold = [_cites(archive.ask(u.turn["gold"]), u.turn) for u in rules]
    return [
        _understanding(rules, scripted, calls=model.calls),
        _citations(rules, {"as it was put": raw, "as written by hand": gold}),
        _sample_questions_left_alone(archive),
    ]


def hold(
    archive: Remembering,
    conversations: Sequence[data.Record],
    *,
    model: ScriptedModel | None = None,
) -> list[Understood]:
    """Return the turns after the first of each conversation, held with the archive."""
    found = []
    for place, conversation in enumerate(conversations):
        first, *later = conversation["turns"]
        if model:
            model.gold = {turn["question"]: turn["gold"] for turn in later}
        history = [archive.ask(first["question"])]
        for turn in later:
            understood = understand_follow_up(
                turn["question"], history, model=archive.model, rewriter=model
            )
            carried = () if understood.rewritten else understood.carried
            if understood.rewritten:
                answer = archive.ask(understood.rewritten)
            else:
                answer = archive.ask(turn["question"], history)
            history.append(answer)
            found.append(
                Understood(
                    conversation=conversation["id"],
                    turn=turn,
                    asked=understood.rewritten or with_carried(turn["question"], carried),
                    is_held_back=place % _HELD_BACK_EVERY == _HELD_BACK_EVERY - 1,
                    is_cited=_cites(answer, turn),
                )
            )
    return found


def is_right(asked: str, turn: data.Record) -> bool:
    """Say whether a question was understood as its turn was meant."""
    if turn["gold"] == turn["question"]:
        return bool(asked == turn["question"])
    text, put = asked.lower(), turn["question"].lower()
    holds = all(any(word.lower() in text for word in words) for words in turn["accept"])
    added = (word.lower() for word in turn["reject"] if word.lower() not in put)
    return holds and not any(word in text for word in added)


def _cites(answer: Answer, turn: data.Record) -> bool:
    cited = answer.citations[0].article_id if answer.citations else ""
    return cited in turn.get("article_ids", [])


_PARTS: dict[str, Callable[[Understood], bool]] = {
    "all": lambda _: True,
    "tuned on": lambda understood: not understood.is_held_back,
    "held back": lambda understood: understood.is_held_back,
}


def _understanding(
    rules: Sequence[Understood], scripted: Sequence[Understood], *, calls: int
) -> Table:
    table = Table(
        title=f"Conversations, sample archive: {len(rules)} turns after the first",
        columns=["part", "follow-ups right", "of", "left alone", "of them", "scripted model"],
    )
    for part, is_of in _PARTS.items():
        follow_ups = [u for u in rules if is_of(u) and not u.stands_alone]
        alone = [u for u in rules if is_of(u) and u.stands_alone]
        with_model = [u.is_right for u in scripted if is_of(u) and not u.stands_alone]
        table.add(
            part,
            _share(u.is_right for u in follow_ups),
            str(len(follow_ups)),
            _share(u.is_right for u in alone),
            str(len(alone)),
            _share(with_model),
        )
    wrong = [f"{u.conversation} “{u.asked}”" for u in rules if not u.is_right]
    table.notes.append(
        f"The scripted model was called {calls} times and failed at {calls // _FAILS_EVERY}; its "
        "column measures plumbing, no language model."
    )
    table.notes.append(f"Not right without a model: {'; '.join(wrong) or 'none'}.")
    return table


def _citations(rules: Sequence[Understood], others: dict[str, list[bool]]) -> Table:
    """Return how often the right article is cited first, by how the follow-up was asked."""
    table = Table(
        title="Conversations, sample archive: right article cited first, follow-ups",
        columns=["part", *others, "as understood", "of"],
    )
    for part, is_of in _PARTS.items():
        places = [
            place
            for place, u in enumerate(rules)
            if is_of(u) and not u.stands_alone and "article_ids" in u.turn
        ]
        table.add(
            part,
            *(_share(cited[place] for place in places) for cited in others.values()),
            _share(rules[place].is_cited for place in places),
            str(len(places)),
        )
    return table


def _sample_questions_left_alone(archive: Remembering) -> Table:
    """Return how many of the sample's questions stay as they are after another, unrelated one."""
    table = Table(
        title="Questions of the sample, each asked after another",
        columns=["questions before", "left alone", "of"],
    )
    questions = [question["question"] for question in data.sample_questions()]
    changed = []
    for step in _STEPS:
        pairs = [(questions[place - step], question) for place, question in enumerate(questions)]
        carried = [
            carried_words(asked, [archive.ask(before)], model=archive.model)
            for before, asked in pairs
        ]
        table.add(str(step), _share(not words for words in carried), str(len(pairs)))
        changed += [
            f"{asked} ({', '.join(words)})"
            for (_, asked), words in zip(pairs, carried, strict=True)
            if words
        ]
    table.notes.append(f"Carried into: {'; '.join(changed) or 'none'}.")
    return table


def _share(flags: Iterable[bool]) -> str:
    listed = list(flags)
    return f"{sum(listed) / max(1, len(listed)):.3f}"
