"""Keep the written questions that come back: `python -m training.choose_questions`.

A question stays if a reader that never saw it marks the answer it was written for, and if its
passage is among those nearest to it of all that there are. The passages beside it that the reader
finds silent become its look-alikes. Beside each, a twin with something exchanged, and the questions
that were written to have no answer and that the reader finds silent too, teach silence.
"""

import argparse
import pickle
import random
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from transformers import AutoModel, AutoTokenizer

from rag.models.reading import Text
from training.examples import Example, trimmed
from training.judgements import NO_ANSWER, Judgement
from training.judging import Teacher
from training.twins import Twins
from training.write_questions import NEAR, SEED, read_lines

# The passage a question was written for is among so many nearest, or it asks too vaguely.
_FOUND = 12
_NEAREST = 24
_LOOK_ALIKES = 6
_LEAST_WORDS = 3
_LONGEST_ANSWER = 140  # characters
_SURE = 0.6  # probability that a passage is silent
_TWINS = 10_000  # questions that get one; each is compared with the names of all
_AT_ONCE = 512


def main() -> int:
    """Write the examples again, with the questions that stay as sets of their own."""
    parser = argparse.ArgumentParser(prog="python -m training.choose_questions")
    parser.add_argument(
        "--base", type=Path, required=True, help="the teacher's base; it embeds too"
    )
    parser.add_argument("--weights", type=Path, required=True, help="the teacher's checkpoint")
    parser.add_argument("--examples", type=Path, required=True)
    parser.add_argument("--passages", type=Path, required=True)
    parser.add_argument("--written", type=Path, required=True)
    parser.add_argument("--output", type=Path, required=True)
    options = parser.parse_args()
    passages = [Text(r["title"], r["body"]) for r in read_lines(options.passages)]
    records = read_lines(options.written)
    teacher = Teacher(options.base, options.weights)
    embedder = Embedder(options.base)
    chosen = list(_found_again(records, passages, teacher))
    answered = [one for one in chosen if one.answers]
    sets = pickle.loads(options.examples.read_bytes())  # noqa: S301  # of training
    sets["train"]["written"] = list(_with_look_alikes(answered, passages, teacher, embedder))
    sets["train"]["written-twins"] = [
        *(one for one in chosen if not one.answers),
        *_twins(sets["train"]["written"], embedder, teacher),
    ]
    counts = {name: len(some) for name, some in sets["train"].items()}
    sys.stderr.write(f"{len(records)} written, {len(chosen)} found again; {counts}\n")
    options.output.write_bytes(pickle.dumps(sets))
    return 0


def _found_again(
    records: Sequence[dict[str, Any]], passages: Sequence[Text], teacher: Teacher
) -> Iterator[Example]:
    """Yield the questions that the teacher answers, or finds without answer, as they were meant."""
    left_out: Counter[str] = Counter()
    examples: list[Example] = []
    seen: set[str] = set()
    for record in records:
        passage, question = passages[record["passage"]], record["question"]
        spans = () if record["style"] == NEAR else _spans(passage.body, record["answer"])
        if record["style"] != NEAR and not spans:
            left_out["answer is not in the passage"] += 1
        elif not _asks(question, record["answer"]) or question in seen:
            left_out["no question"] += 1
        else:
            seen.add(question)
            examples.append(Example("written", question, passage, spans, ()))
    said = teacher.judge([(e.question, e.passage) for e in examples])
    for example, judgement in zip(examples, said, strict=True):
        agrees = _marks(judgement, example) if example.answers else silent(judgement)
        left_out["told otherwise" if example.answers else "answered after all"] += not agrees
        if agrees:
            yield example
    sys.stderr.write(f"left out: {dict(left_out)}\n")


def _spans(body: str, answer: str) -> tuple[tuple[int, int], ...]:
    """Return all places of an answer in a passage, none if it is too long or not there."""
    if not answer or len(answer) > _LONGEST_ANSWER:
        return ()
    starts, start = [], body.find(answer)
    while start >= 0:
        starts.append(start)
        start = body.find(answer, start + 1)
    return tuple(trimmed(body, start, start + len(answer)) for start in starts)


def _asks(question: str, answer: str) -> bool:
    words = question.split()
    return (
        len(words) >= _LEAST_WORDS
        and question.count("?") <= 1
        and (answer.lower() not in question.lower())
    )


def _marks(judgement: Judgement, example: Example) -> bool:
    """Say whether the likeliest start and end lie in the answer, and the passage answers."""
    if judgement.answerable < 0 or not (judgement.starts and judgement.ends):
        return False
    start, end = judgement.starts[0][0], judgement.ends[0][0]
    return start != NO_ANSWER and any(
        start < last and end >= first and (first <= start or end < last)
        for first, last in example.answers
    )


def silent(judgement: Judgement) -> bool:
    """Say whether a teacher finds no answer, and is rather sure."""
    none = dict(judgement.starts).get(NO_ANSWER, 0.0)
    return judgement.answerable < 0 and none > _SURE


def _with_look_alikes(
    examples: Sequence[Example],
    passages: Sequence[Text],
    teacher: Teacher,
    embedder: "Embedder",
) -> Iterator[Example]:
    """Yield the questions whose passage is found, with passages beside it that do not answer."""
    places = {passage: n for n, passage in enumerate(passages)}
    nearest = embedder.nearest([e.question for e in examples], [p.joined for p in passages])
    kept, asked = [], []
    for example, order in zip(examples, nearest, strict=True):
        if places[example.passage] in order[:_FOUND]:
            others = [passages[n] for n in order if passages[n] != example.passage]
            said = {example.passage.body[a:b].lower() for a, b in example.answers}
            others = [p for p in others if not any(s in p.joined.lower() for s in said)]
            kept.append((example, others[:_LOOK_ALIKES]))
            asked += [(example.question, p) for p in others[:_LOOK_ALIKES]]
    judgements = iter(teacher.judge(asked))
    for example, others in kept:
        quiet = tuple(p for p in others if silent(next(judgements)))
        yield Example("written", example.question, example.passage, example.answers, quiet)


def _twins(
    examples: Sequence[Example], embedder: "Embedder", teacher: Teacher
) -> Iterator[Example]:
    rng = random.Random(SEED)  # noqa: S311  # drawing examples
    examples = rng.sample(list(examples), min(_TWINS, len(examples)))
    twins = Twins([e.question for e in examples], embedder.embed)
    made = [twin for example in examples if (twin := twins.of(example, rng))]
    said = teacher.judge([(twin.question, twin.passage) for twin in made])
    # One that the teacher still answers surely is a paraphrase rather than a twin.
    return (t for t, judgement in zip(made, said, strict=True) if judgement.answerable < 2.0)


class Embedder:
    """The teacher's base as it came: mean vectors of sentences, of norm 1."""

    def __init__(self, base: Path) -> None:
        self._device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
        self._tokenizer = AutoTokenizer.from_pretrained(base)
        self._model = AutoModel.from_pretrained(base).to(self._device).eval()

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return vectors `(n, d)`."""
        order = sorted(range(len(texts)), key=lambda n: len(texts[n]))
        rows = np.zeros((len(texts), self._model.config.hidden_size), dtype=np.float32)
        half = torch.autocast(
            self._device.type, dtype=torch.bfloat16, enabled=self._device.type == "cuda"
        )
        for first in range(0, len(order), _AT_ONCE):
            some = order[first : first + _AT_ONCE]
            tokens = self._tokenizer(
                [texts[n] for n in some],
                padding=True,
                truncation=True,
                max_length=256,
                return_tensors="pt",
            ).to(self._device)
            with torch.no_grad(), half:
                hidden = self._model(**tokens)[0].float()
            mask = tokens["attention_mask"].unsqueeze(-1)
            means = (hidden * mask).sum(1) / mask.sum(1)
            rows[some] = torch.nn.functional.normalize(means).cpu().numpy()
        return rows

    def nearest(self, questions: Sequence[str], texts: Sequence[str]) -> list[list[int]]:
        """Return the places of the texts nearest to each question, nearest first."""
        among = torch.from_numpy(self.embed(texts)).to(self._device)
        asked = torch.from_numpy(self.embed(questions)).to(self._device)
        found: list[list[int]] = []
        for some in asked.split(_AT_ONCE):
            best = (some @ among.T).topk(min(_NEAREST, len(texts)), dim=1).indices
            found += best.cpu().tolist()
        return found


if __name__ == "__main__":
    sys.exit(main())
