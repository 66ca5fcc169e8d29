"""What a larger network, the teacher, says of a question and a passage: the reader learns it too.

The teacher reads other tokens than the reader, so what it says is kept by characters and sentences.
"""

from dataclasses import dataclass

NO_ANSWER = -1  # the place of no answer among the characters


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a teacher says of one passage.

    `starts` and `ends` are the likeliest first characters of the tokens in which the answer starts
    and ends, each with its probability; `NO_ANSWER` stands for no answer. `supports` are the logits
    of the passage's sentences.
    """

    relevance: float
    answerable: float
    starts: tuple[tuple[int, float], ...]
    ends: tuple[tuple[int, float], ...]
    supports: tuple[float, ...]
