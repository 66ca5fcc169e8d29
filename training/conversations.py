"""Read conversations whose questions people wrote anew so that each stands alone.

CANARD (CC BY-SA 4.0), TREC CAsT 2022, TREC iKAT 2023 to 2025, and conversations with the invented
archives of `bench/drills`. TREC CAsT 2019 and 2020 and the conversations of `beats` are only
measured on, and are not read here. A set is split by what its conversations are about.
"""

import hashlib
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bench import drills
from bench.data import DATA, Record, read_lines
from bench.splits import Part, part_of
from rag.models.carrying import Terms, Turn, terms_in
from rag.question.carried_prefix import with_carried

FILES = (
    "conversations/canard_dev_test.jsonl.xz",
    "conversations/cast2022.jsonl.xz",
    "conversations/ikat.jsonl.xz",
)
# How often a conversation of a set is read in one pass: the small sets are nearer to how people
# ask an archive, and the drills are about news.
SHARES = {"canard": 1, "cast2022": 4, "ikat": 3, "drills": 2}

# How often something of a conversation is changed, so that the network sees what it will meet: no
# answers, questions with words added to them, and questions that need nothing.
_WITHOUT_ANSWERS = 0.4
_AS_PUT_WITH_WORDS = 0.4
_IN_FULL = 0.12
_FROM_ELSEWHERE = 0.12
_LATE_START = 0.2


@dataclass(frozen=True, slots=True)
class Asked:
    """A question of a conversation, the same so that it stands alone, and its answer."""

    question: str
    in_full: str
    answer: str

    @property
    def added(self) -> Terms:
        """The terms that people added."""
        return terms_in(self.in_full) - terms_in(self.question)


@dataclass(frozen=True, slots=True)
class Conversation:
    """The questions of one conversation, in order."""

    set_name: str
    asked: tuple[Asked, ...]


@dataclass(frozen=True, slots=True)
class Example:
    """A question after others, and the terms that it needs from them."""

    question: str
    turns: tuple[Turn, ...]
    wanted: Terms


def read_conversations(part: Part) -> list[Conversation]:
    """Return the conversations of a part of the data; the small sets have no part for testing."""
    records = (record for name in FILES for record in read_lines(DATA / name))
    read = [_conversation(record) for record in records if _part(record) == part]
    return read + [_conversation(record) for record in drills.conversations(part)]


def examples(conversations: Sequence[Conversation]) -> Iterator[Example]:
    """Yield every question that follows another, as it was put after the others in full."""
    for conversation in conversations:
        for place, asked in enumerate(conversation.asked[1:], start=1):
            before = conversation.asked[:place]
            turns = tuple(Turn(earlier.in_full, earlier.answer) for earlier in before)
            yield Example(asked.question, turns, asked.added)


def altered_examples(
    conversations: Sequence[Conversation], rng: random.Random
) -> Iterator[Example]:
    """Yield the questions for one pass, some of them changed, as a conversation may change them."""
    for conversation in conversations:
        for _ in range(SHARES[conversation.set_name]):
            for place, asked in enumerate(conversation.asked[1:], start=1):
                first = rng.randrange(place) if rng.random() < _LATE_START else 0
                turns = _altered_turns(conversation.asked[first:place], rng)
                question, wanted = asked.question, asked.added
                drawn = rng.random()
                if drawn < _IN_FULL:
                    question, wanted = asked.in_full, frozenset()
                elif drawn < _IN_FULL + _FROM_ELSEWHERE:
                    other = rng.choice(conversations)
                    question, wanted = rng.choice(other.asked).in_full, frozenset()
                yield Example(question, turns, wanted - terms_in(question))


def _altered_turns(asked: Sequence[Asked], rng: random.Random) -> tuple[Turn, ...]:
    answered = rng.random() >= _WITHOUT_ANSWERS
    turns = []
    for earlier in asked:
        text = earlier.in_full
        if rng.random() < _AS_PUT_WITH_WORDS:
            text = with_words(earlier)
        turns.append(Turn(text, earlier.answer if answered else ""))
    return tuple(turns)


def with_words(asked: Asked) -> str:
    """Return a question behind the words that people added to it, as the product reads it."""
    return with_carried(asked.question, added_phrases(asked.question, asked.in_full))


def added_phrases(question: str, in_full: str) -> list[str]:
    """Return the words that a question in full has besides, those side by side as one phrase."""
    own = terms_in(question)
    phrases: list[list[str]] = [[]]
    for word in in_full.rstrip("?!. ").split():
        terms = terms_in(word)
        if terms and not terms & own:
            phrases[-1].append(word.strip(",;:"))
        else:
            phrases.append([])
    return [" ".join(phrase) for phrase in phrases if phrase]


def _conversation(record: Record) -> Conversation:
    asked = (
        Asked(turn["question"], turn["standalone"] or turn["question"], turn.get("answer") or "")
        for turn in record["turns"]
    )
    return Conversation(_set_name(record), tuple(asked))


def _set_name(record: Record) -> str:
    name = str(record.get("set", "drills"))
    return "ikat" if name.startswith("ikat") else name


def _part(record: Record) -> Part:
    if record["set"] == "canard":
        return part_of(record["title"])
    # "cast2022-132-0" is one way through topic 132.
    topic = record.get("title") or record["id"].rsplit("-", 1)[0]
    return "tune" if part_of(topic) == "test" else "train"


def file_hashes() -> dict[str, str]:
    """Return the SHA-256 of each file that is read."""
    paths = {name: DATA / name for name in FILES} | {"drills": drills.CONVERSATIONS}
    return {name: hashlib.sha256(path.read_bytes()).hexdigest() for name, path in paths.items()}
