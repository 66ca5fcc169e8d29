"""Uses any cross-encoder or question-answering model of Hugging Face as a reader, on torch.

This module is imported only if `DATELINE_READER` names such a model. A cross-encoder gives only
relevance. A question-answering model marks answers, and their scores above silence count as
relevance.
"""

from collections.abc import Sequence
from dataclasses import replace
from threading import Lock
from typing import Any

import numpy as np

from rag.errors import ModelError
from rag.models.downloads import quiet_tries
from rag.models.reading import Reading, Text, make_reading

_LONGEST = 512  # tokens
_AT_ONCE = 8


class TorchReadingModel:
    """A model by name or folder, on the device that torch finds."""

    def __init__(self, name: str) -> None:
        try:
            with quiet_tries():
                self._marks = _marks_answers(name)
                self._load(name)
        except (OSError, ValueError, ImportError, RuntimeError, KeyError) as error:
            raise ModelError(
                f"the reader {name!r} cannot be loaded: {error}; set DATELINE_READER to a Hugging "
                "Face cross-encoder or question-answering model, by name or folder, or to 'none'"
            ) from error
        self._lock = Lock()  # a tokenizer of transformers serves one thread at a time
        self.name = name

    def _load(self, name: str) -> None:
        import torch
        from transformers import (
            AutoModelForQuestionAnswering,
            AutoModelForSequenceClassification,
            AutoTokenizer,
        )

        kind = AutoModelForQuestionAnswering if self._marks else AutoModelForSequenceClassification
        self._torch: Any = torch
        self._device = "cuda" if torch.cuda.is_available() else "cpu"
        self._tokenizer: Any = AutoTokenizer.from_pretrained(name, use_fast=True)
        self._model: Any = kind.from_pretrained(name).to(self._device).eval()
        if not self._marks and self._model.config.num_labels != 1:
            raise ValueError(
                f"it has {self._model.config.num_labels} labels; a cross-encoder for ranking has 1"
            )

    def read(self, question: str, texts: Sequence[Text]) -> list[Reading]:
        """Return one reading a text, in their order."""
        readings: list[Reading] = []
        for first in range(0, len(texts), _AT_ONCE):
            with self._lock:
                readings += self._read_batch(question, texts[first : first + _AT_ONCE])
        return readings

    def _read_batch(self, question: str, texts: Sequence[Text]) -> list[Reading]:
        encoded = self._tokenizer(
            [question] * len(texts),
            [text.joined for text in texts],
            truncation="only_second",
            max_length=min(_LONGEST, self._tokenizer.model_max_length),
            padding=True,
            return_tensors="pt",
            return_offsets_mapping=True,
        )
        offsets = encoded.pop("offset_mapping").numpy()
        with self._torch.no_grad():
            output = self._model(**encoded.to(self._device))
        if not self._marks:
            return [_relevance_alone(float(score)) for score in output.logits[:, 0]]
        starts, ends = (
            scores.float().cpu().numpy() for scores in (output.start_logits, output.end_logits)
        )
        readings = []
        for row, text in enumerate(texts):
            reading = make_reading(
                relevance=0.0,
                answerable=0.0,
                offsets=offsets[row].astype(np.int64) - text.body_start,
                second=np.array([sequence == 1 for sequence in encoded.sequence_ids(row)]),
                edges=np.stack([starts[row], ends[row]], axis=1),
            )
            best = reading.best_span()
            margin = best.score - reading.silence if best else 0.0
            readings.append(replace(reading, relevance=margin, answerable=margin))
        return readings


def _marks_answers(name: str) -> bool:
    """Say whether a model marks answers; otherwise it judges relevance.

    Raises:
        ValueError: the model does neither.
    """
    from transformers import AutoConfig

    kinds = list(AutoConfig.from_pretrained(name).architectures or [])
    if any(kind.endswith("ForQuestionAnswering") for kind in kinds):
        return True
    if any(kind.endswith("ForSequenceClassification") for kind in kinds):
        return False
    raise ValueError(f"it is a {', '.join(kinds) or 'model of no stated kind'}")


def _relevance_alone(score: float) -> Reading:
    nothing = np.zeros(0, dtype=np.float32)
    return Reading(
        relevance=score,
        answerable=score,
        silence=0.0,
        offsets=np.zeros((0, 2), dtype=np.int64),
        starts=nothing,
        ends=nothing,
        support=nothing,
    )
