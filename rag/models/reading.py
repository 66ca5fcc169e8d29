"""Reads passages for a question: says if each is relevant, if it answers, and with which words.

The packaged reader is a cross-encoder of eight layers (see `training/`). It is shipped as
int8 ONNX and runs without torch. `DATELINE_READER` replaces it with another model or with none. To
use another kind of model, implement `ReadingModel`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any, NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from rag.models.onnx_models import open_exported
from rag.models.sharing import SharedModels
from rag.settings import Settings
from rag.text.sentences import Span

PACKAGED_READER = "dateline-reader"
NO_READER = "none"
META_FILE = "reader.json"

# Longer answers are not marked. In NewsQA, 1 % of the answers are longer.
_LONGEST_ANSWER = 30  # tokens

# The support of a sentence that was not read is lower than that of nearly all that were.
NO_SUPPORT = -10.0

Scores = NDArray[np.float32]


class Text(NamedTuple):
    """A passage in the form that a model reads: the headline above it, and its words."""

    title: str
    body: str

    @property
    def joined(self) -> str:
        """The text beside the question: the headline, if there is one, above the words."""
        return f"{self.title}\n{self.body}" if self.title else self.body

    @property
    def body_start(self) -> int:
        """The place in the joined text where the words begin."""
        return len(self.title) + 1 if self.title else 0


class Marked(NamedTuple):
    """The place of an answer in a passage and its score, which is above `silence` if it answers."""

    span: Span
    score: float


@dataclass(frozen=True, slots=True, eq=False)
class Reading:
    """The result of reading one passage.

    `relevance` and `answerable` are logits. `offsets` `(tokens, 2)` holds the characters of the
    passage that each token covers. `starts` and `ends` `(tokens,)` are the log probabilities that
    the answer starts or ends there, and `silence` is the sum of the two for no answer. A model
    that marks no answers has no tokens.
    """

    relevance: float
    answerable: float
    silence: float
    offsets: NDArray[np.int64]
    starts: Scores
    ends: Scores
    support: Scores

    def support_of(self, first: int, last: int) -> float:
        """Return the logit that the sentence of characters `[first, last)` answers the question.

        Where the model read none of its words, or does not judge sentences, it is `NO_SUPPORT`.
        """
        inside = (self.offsets[:, 0] >= first) & (self.offsets[:, 1] <= last)
        return float(self.support[inside].mean()) if inside.any() else NO_SUPPORT

    def best_span(
        self, first: int = 0, last: int | None = None, *, other_than: Sequence[Span] = ()
    ) -> Marked | None:
        """Return the best answer within characters `[first, last)` of the passage, if any.

        It is none of the spans `other_than`.
        """
        inside = self.offsets[:, 0] >= first
        if last is not None:
            inside &= self.offsets[:, 1] <= last
        places = np.flatnonzero(inside)
        if not len(places):
            return None
        low, high = int(places[0]), int(places[-1]) + 1
        scores = self.starts[low:high, None] + self.ends[None, low:high]
        allowed = np.triu(np.ones_like(scores, dtype=bool))
        allowed &= np.tril(np.ones_like(allowed), _LONGEST_ANSWER - 1)
        for span in other_than:
            is_span = self.offsets[low:high] == span
            allowed &= ~np.outer(is_span[:, 0], is_span[:, 1])
        if not allowed.any():
            return None
        scores = np.where(allowed, scores, -np.inf)
        start, end = np.unravel_index(int(np.argmax(scores)), scores.shape)
        span = Span(int(self.offsets[low + start, 0]), int(self.offsets[low + end, 1]))
        return Marked(span, float(scores[start, end]))


class ReadingModel(Protocol):
    """A model that reads passages for a question."""

    @property
    def name(self) -> str:
        """The name of the model, as it is configured."""

    def read(self, question: str, texts: Sequence[Text]) -> list[Reading]:
        """Return one reading a text, in their order."""


_SHARED: SharedModels[ReadingModel] = SharedModels()


def load_reading_model(settings: Settings) -> ReadingModel | None:
    """Return the configured model; None if the setting is `none`.

    All archives of a process that are configured alike share one model.

    Raises:
        ModelError: the model is missing, was altered, or is of a kind that cannot read.
    """
    name = settings.reader
    if name == NO_READER:
        return None
    if name != PACKAGED_READER:
        from rag.models.reading_torch import TorchReadingModel

        return _SHARED.get(name, lambda: TorchReadingModel(name))
    folder, threads = Path(str(files("rag.models").joinpath(PACKAGED_READER))), settings.threads
    return _SHARED.get((folder, threads), lambda: OnnxReadingModel(folder, threads=threads))


class OnnxReadingModel:
    """The packaged reader, or another export of `training/`, from a folder."""

    def __init__(self, folder: Path, *, threads: int = 0) -> None:
        exported = open_exported(
            folder,
            record_file=META_FILE,
            longest_key="longest_tokens",
            named="reader",
            remedy="install dateline again, or set DATELINE_READER=none",
            threads=threads,
        )
        self._session, self._inputs = exported.session, exported.inputs
        self._tokenizer = exported.tokenizer
        self._tokenizer.enable_truncation(exported.longest, strategy="only_second")
        self.name = str(exported.record["name"])

    def read(self, question: str, texts: Sequence[Text]) -> list[Reading]:
        """Return one reading a text, in their order."""
        return [self._read(question, text) for text in texts]

    def _read(self, question: str, text: Text) -> Reading:
        """Return the reading of one text.

        It is read alone: an int8 layer rounds by the largest of its inputs, so that beside another
        text it would be read a little otherwise, and the shorter of the two would be padded.
        """
        encoding = self._tokenizer.encode(question, text.joined)
        tokens = {
            "input_ids": encoding.ids,
            "attention_mask": encoding.attention_mask,
            "token_type_ids": encoding.type_ids,
        }
        # Not every network is told which tokens are the question's.
        given = {name: np.array([tokens[name]], dtype=np.int64) for name in self._inputs}
        (judgement,), (edges,) = self._session.run(None, given)
        return _reading(encoding, text.body_start, judgement, edges)


def _reading(encoding: Any, shift: int, judgement: Scores, edges: Scores) -> Reading:
    """Return a reading from one row of the model; the passage starts at `shift` of its text."""
    return make_reading(
        relevance=float(judgement[0]),
        answerable=float(judgement[1]),
        offsets=np.array(encoding.offsets, dtype=np.int64) - shift,
        second=np.array([sequence == 1 for sequence in encoding.sequence_ids]),
        edges=edges,
    )


def make_reading(
    *,
    relevance: float,
    answerable: float,
    offsets: NDArray[np.int64],
    second: NDArray[np.bool_],
    edges: Scores,
) -> Reading:
    """Return a reading from the scores of its tokens; the first token means no answer.

    `edges` `(tokens, 3)` holds the scores of start, end and support, or `(tokens, 2)` without the
    last, from a model that does not judge sentences.
    `offsets` `(tokens, 2)` count from the start of the passage. `second` `(tokens,)` says which
    tokens do not belong to the question.
    """
    inside = np.flatnonzero(second & (offsets[:, 0] >= 0) & (offsets[:, 1] > offsets[:, 0]))
    allowed = np.concatenate([[0], inside])
    starts, ends = (edges[:, n] - _log_sum(edges[allowed, n]) for n in (0, 1))
    return Reading(
        relevance=relevance,
        answerable=answerable,
        silence=float(starts[0] + ends[0]),
        offsets=offsets[inside],
        starts=starts[inside],
        ends=ends[inside],
        support=edges[inside, 2] if edges.shape[1] > 2 else np.full(len(inside), NO_SUPPORT),
    )


def _log_sum(scores: Scores) -> float:
    highest = float(scores.max())
    return highest + float(np.log(np.exp(scores - highest).sum()))
