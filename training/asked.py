"""Add every written question, right or not, with what the teacher says: `python -m training.asked`.

A question that does not come back has no label, but the teacher's doubts about it are a lesson.
"""

import argparse
import pickle
import sys
from pathlib import Path

from rag.models.reading import Text
from training.choose_questions import Embedder
from training.examples import Example
from training.judging import Teacher, judged
from training.write_questions import read_lines

_BESIDE = 2  # of the nearest passages
_LEAST_WORDS = 3


def main() -> int:
    """Write the judged examples again, with the questions as a set of their own."""
    parser = argparse.ArgumentParser(prog="python -m training.asked")
    parser.add_argument(
        "--base", type=Path, required=True, help="the teacher's base; it embeds too"
    )
    parser.add_argument("--weights", type=Path, required=True, help="the teacher's checkpoint")
    parser.add_argument("--examples", type=Path, required=True, help="of training.judging")
    parser.add_argument("--passages", type=Path, required=True)
    parser.add_argument("--written", type=Path, required=True)
    parser.add_argument("--output", type=Path, required=True)
    options = parser.parse_args()
    passages = [Text(r["title"], r["body"]) for r in read_lines(options.passages)]
    records = {r["question"]: r["passage"] for r in read_lines(options.written)}
    records = {q: place for q, place in records.items() if len(q.split()) >= _LEAST_WORDS}
    nearest = Embedder(options.base).nearest(list(records), [p.joined for p in passages])
    examples = [
        Example(
            "asked",
            question,
            passages[place],
            (),
            tuple(passages[n] for n in order[: _BESIDE + 1] if n != place)[:_BESIDE],
            labelled=False,
        )
        for (question, place), order in zip(records.items(), nearest, strict=True)
    ]
    sets = pickle.loads(options.examples.read_bytes())  # noqa: S301  # of training
    sets["train"]["asked"] = judged(Teacher(options.base, options.weights), examples)
    options.output.write_bytes(pickle.dumps(sets))
    return 0


if __name__ == "__main__":
    sys.exit(main())
