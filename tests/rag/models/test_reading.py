import gzip
import json
import shutil
from dataclasses import replace
from itertools import product
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from rag.errors import ModelError
from rag.models import reading
from rag.models.onnx_models import (
    COMPRESSED_FILE,
    TOKENIZER_FILE,
    decompressed,
    model_digest,
    weights_file,
)
from rag.models.reading import OnnxReadingModel, Reading, Scores, Text, load_reading_model
from rag.settings import load_settings
from rag.text.sentences import split_sentences

PACKAGED = Path(reading.__file__).parent / reading.PACKAGED_READER
FERRY = Text(
    "Ferry service returns",
    "The island ferry sailed again on Monday. Captain Ines Falk said 214 passengers were aboard. "
    "The repairs had cost nine million crowns.",
)
BREAD = Text("Bakery prize", "A rye loaf from the harbour bakery won the county prize.")


def marked(offsets: NDArray[np.int64], starts: Scores, ends: Scores) -> Reading:
    """Return a reading that only says where an answer starts and ends."""
    return Reading(
        relevance=0,
        answerable=0,
        silence=0,
        offsets=offsets,
        starts=starts,
        ends=ends,
        support=np.zeros(len(offsets), dtype=np.float32),
    )


@pytest.fixture(scope="module")
def model() -> OnnxReadingModel:
    return OnnxReadingModel(PACKAGED)


def test_the_passage_that_answers_is_more_relevant(model: OnnxReadingModel) -> None:
    ferry, bread = model.read("How many passengers were aboard the ferry?", [FERRY, BREAD])
    assert ferry.relevance > bread.relevance
    assert ferry.answerable > bread.answerable


def test_the_marked_words_answer_and_stand_in_the_passage(model: OnnxReadingModel) -> None:
    (ferry,) = model.read("Who was the captain of the ferry?", [FERRY])
    best = ferry.best_span()
    assert best is not None
    assert "Falk" in FERRY.body[best.span.start : best.span.end]
    assert best.score > ferry.silence


def test_an_answer_is_looked_for_within_a_sentence(model: OnnxReadingModel) -> None:
    (ferry,) = model.read("How many passengers were aboard?", [FERRY])
    last = FERRY.body.index("The repairs")
    marked = ferry.best_span(last, len(FERRY.body))
    assert marked is not None
    assert marked.span.start >= last
    assert ferry.best_span(3, 4) is None


def test_no_answer_stands_in_the_headline(model: OnnxReadingModel) -> None:
    (read,) = model.read("What returns?", [FERRY])
    assert read.offsets.min() >= 0
    assert read.offsets.max() <= len(FERRY.body)


def test_passages_longer_than_the_model_reads_are_cut(model: OnnxReadingModel) -> None:
    (read,) = model.read("What was said?", [Text("", "Nobody said a word about it. " * 400)])
    assert len(read.starts) < 400


def test_passages_keep_their_order(model: OnnxReadingModel) -> None:
    readings = model.read("How many passengers were aboard the ferry?", [BREAD, BREAD, FERRY])
    assert len(readings) == 3
    assert max(range(3), key=lambda n: readings[n].relevance) == 2


def test_what_is_read_beside_a_passage_does_not_change_its_reading(model: OnnxReadingModel) -> None:
    question = "How many passengers were aboard the ferry?"
    (alone,) = model.read(question, [FERRY])
    _, beside = model.read(question, [BREAD, FERRY])
    assert (alone.relevance, alone.answerable) == (beside.relevance, beside.answerable)
    assert (alone.starts == beside.starts).all()
    assert (alone.support == beside.support).all()


def test_the_best_span_is_the_best_of_all_that_are_in_order() -> None:
    rng = np.random.default_rng(3)
    starts, ends = rng.normal(size=(2, 6)).astype(np.float32)
    offsets = np.array([[5 * n, 5 * n + 4] for n in range(6)])
    read = marked(offsets, starts, ends)
    best = read.best_span()
    pairs = [(a, b) for a, b in product(range(6), repeat=2) if a <= b]
    first, last = max(pairs, key=lambda pair: starts[pair[0]] + ends[pair[1]])
    assert best is not None
    assert best.span == (5 * first, 5 * last + 4)


def test_another_span_is_the_next_best() -> None:
    scores = np.array([3, 1, 2], dtype=np.float32)
    read = marked(np.array([[0, 2], [3, 7], [8, 12]]), scores, scores)
    best = read.best_span()
    assert best is not None
    assert best.span == (0, 2)
    other = read.best_span(other_than=[best.span])
    assert other is not None
    assert other.span == (0, 12)
    assert read.best_span(0, 2, other_than=[best.span]) is None


def test_the_support_of_a_sentence_is_the_mean_over_its_tokens() -> None:
    nothing = np.zeros(3, dtype=np.float32)
    read = replace(
        marked(np.array([[0, 4], [5, 9], [12, 15]]), nothing, nothing),
        support=np.array([1, 2, 6], dtype=np.float32),
    )
    assert read.support_of(0, 10) == 1.5
    assert read.support_of(10, 15) == 6
    assert read.support_of(20, 30) == reading.NO_SUPPORT


def test_a_model_that_does_not_judge_sentences_supports_none() -> None:
    read = reading.make_reading(
        relevance=0,
        answerable=0,
        offsets=np.array([[0, 0], [0, 3]]),
        second=np.array([False, True]),
        edges=np.zeros((2, 2), dtype=np.float32),
    )
    assert read.support_of(0, 17) == reading.NO_SUPPORT


def test_the_sentence_that_answers_is_supported_most(model: OnnxReadingModel) -> None:
    (read,) = model.read("What did the repairs cost?", [FERRY])
    sentences = split_sentences(FERRY.body)
    supported = [read.support_of(sentence.start, sentence.end) for sentence in sentences]
    assert supported.index(max(supported)) == 2


def test_an_altered_model_is_refused(tmp_path: Path) -> None:
    folder = tmp_path / "reader"
    shutil.copytree(PACKAGED, folder)
    with (folder / TOKENIZER_FILE).open("a") as tokenizer:
        tokenizer.write(" ")
    with pytest.raises(ModelError, match="DATELINE_READER=none"):
        OnnxReadingModel(folder)


def test_a_compressed_model_reads_alike(tmp_path: Path, model: OnnxReadingModel) -> None:
    folder = tmp_path / "reader"
    shutil.copytree(PACKAGED, folder)
    weights = weights_file(folder)
    packed = gzip.compress(decompressed(weights.read_bytes()), 1)
    weights.unlink()
    (folder / COMPRESSED_FILE).write_bytes(packed)
    record = json.loads((folder / reading.META_FILE).read_text())
    record["sha256"] = model_digest(packed, (folder / TOKENIZER_FILE).read_bytes())
    (folder / reading.META_FILE).write_text(json.dumps(record))
    (one,), (other,) = (m.read("Who won?", [FERRY]) for m in (model, OnnxReadingModel(folder)))
    assert one.relevance == other.relevance


def test_a_missing_model_is_named(tmp_path: Path) -> None:
    (tmp_path / reading.META_FILE).write_text(json.dumps({"sha256": ""}))
    with pytest.raises(ModelError, match="cannot be read"):
        OnnxReadingModel(tmp_path)


def test_the_setting_none_reads_nothing() -> None:
    assert load_reading_model(load_settings(reader="none")) is None


def test_the_packaged_reader_is_the_default() -> None:
    loaded = load_reading_model(load_settings())
    assert loaded is not None
    assert loaded.name == reading.PACKAGED_READER


def test_the_packaged_reader_is_small() -> None:
    assert sum(path.stat().st_size for path in PACKAGED.iterdir()) < 45_000_000
