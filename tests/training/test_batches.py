import random
from dataclasses import replace

import pytest

from rag.models.embedding import packaged_model
from rag.models.reading import Text
from training.batches import Encoder, collate, encode_group, encode_pair, pack
from training.examples import Drawn, Example
from training.judgements import NO_ANSWER, Judgement
from training.model import load_tokenizer

TOKENIZER = load_tokenizer(packaged_model(), longest=64)
PASSAGE = Text("Ferry returns", "The ferry sailed again on Monday with 214 passengers aboard.")


def example(answer: str, *negatives: str) -> Example:
    start = PASSAGE.body.index(answer)
    others = tuple(Text("", text) for text in negatives)
    return Example("ours", "How many?", PASSAGE, ((start, start + len(answer)),), others)


def test_the_targets_are_the_tokens_of_the_answer() -> None:
    start = PASSAGE.body.index("214 passengers")
    pair = encode_pair("How many?", PASSAGE, [(start, start + 14)], TOKENIZER)
    second, shift = PASSAGE.joined, PASSAGE.body_start
    offsets = TOKENIZER.encode("How many?", second).offsets
    first, last = offsets[pair.starts[0]][0] - shift, offsets[pair.ends[0]][1] - shift
    assert PASSAGE.body[first:last] == "214 passengers"


def test_only_the_passage_may_hold_the_answer() -> None:
    pair = encode_pair("How many?", PASSAGE, [], TOKENIZER)
    second, shift = PASSAGE.joined, PASSAGE.body_start
    encoding = TOKENIZER.encode("How many?", second)
    inside = encoding.offsets[pair.first : pair.last]
    assert inside[0][0] == shift
    assert inside[-1][1] == len(second)
    assert encoding.sequence_ids[pair.second - 1] is None


def test_a_passage_without_an_answer_points_at_the_first_token() -> None:
    pair = encode_pair("How many?", PASSAGE, [], TOKENIZER)
    assert (pair.starts, pair.ends, pair.answers) == ((0,), (0,), False)


def test_an_answer_beyond_the_longest_input_leaves_the_question_out() -> None:
    long = Text("", "word " * 200 + "the end")
    start = long.body.index("the end")
    far = Example("ours", "How many?", long, ((start, start + 7),), ())
    assert encode_group(far, [], TOKENIZER, 0) == []


def test_batches_hold_whole_questions_of_about_so_many_tokens() -> None:
    asked = [
        Drawn(example("Monday", "No.", "None at all."), (Text("", "No." * (1 + n % 5)),))
        for n in range(20)
    ]
    packed = pack(asked, tokens=120, rng=random.Random(1))
    assert sum(len(batch) for batch in packed) == 20
    encoder = Encoder(packaged_model(), 64)
    for drawn in packed:
        batch = encoder(drawn)
        assert batch is not None
        assert batch.input_ids.numel() <= 2 * 120
        assert all(int((batch.group == group).sum()) == 2 for group in batch.group)


def test_a_batch_whose_answers_all_lie_too_far_is_left_out() -> None:
    long = Text("", "word " * 200 + "the end")
    far = Example("ours", "How many?", long, ((1000, 1007),), ())
    assert Encoder(packaged_model(), 64)([Drawn(far, ())]) is None


def judged(*starts: tuple[int, float]) -> Judgement:
    return Judgement(
        relevance=2.0, answerable=1.5, starts=starts, ends=starts, supports=(3.0, -1.0)
    )


def test_what_a_teacher_said_is_told_by_these_tokens() -> None:
    start = PASSAGE.body.index("214")
    pair = encode_pair(
        "How many?",
        PASSAGE,
        [],
        TOKENIZER,
        judgement=judged((start + 1, 0.6), (NO_ANSWER, 0.2)),
    )
    assert pair.told is not None
    offsets = TOKENIZER.encode("How many?", PASSAGE.joined).offsets
    marked = int(pair.told.starts[1:].argmax()) + 1
    assert offsets[marked][0] - PASSAGE.body_start == start
    # What the places left out had is shared among those that are known.
    assert float(pair.told.starts[marked]) == pytest.approx(0.75, abs=1e-3)
    assert float(pair.told.starts[0]) == pytest.approx(0.25, abs=1e-3)
    assert pair.told.supports.tolist() == [3.0]  # of the sentence that there is


def test_each_passage_has_its_own_judgement() -> None:
    asked = replace(
        example("Monday", "No.", "None."), judgements=(judged((0, 1.0)), judged((NO_ANSWER, 1.0)))
    )
    first, second, third = encode_group(asked, asked.negatives, TOKENIZER, 0)
    assert first.told is not None
    assert second.told is not None
    assert second.told.starts[0] == 1
    assert first.told.starts[0] == 0
    assert third.told is None
    batch = collate([first, second, third])
    assert batch.lesson.told.tolist() == [True, True, False]


def test_padding_is_masked_and_belongs_to_no_answer() -> None:
    short = encode_pair("Who?", Text("", "No."), [], TOKENIZER)
    long = encode_pair("How many?", PASSAGE, [(0, 3)], TOKENIZER)
    batch = collate([short, long])
    assert batch.attention_mask.sum(1).tolist() == [len(short.ids), len(long.ids)]
    assert not batch.allowed[0, len(short.ids) :].any()
    assert batch.answers.tolist() == [False, True]


def test_sentences_are_numbered_and_those_with_the_answer_support_it() -> None:
    passage = Text("Ferry returns", "It sailed on Monday. It had 214 passengers. It was late.")
    start = passage.body.index("214")
    pair = encode_pair("How many?", passage, [(start, start + 3)], TOKENIZER)
    inside = pair.sentences[pair.first : pair.last]
    assert sorted(set(inside)) == [1, 2, 3]
    assert list(inside) == sorted(inside)
    assert not pair.sentences[: pair.first].any()
    assert pair.supports == (2,)


def test_a_sentence_that_answers_somewhere_has_no_marks_and_alone_supports() -> None:
    passage = Text("Sea", "The boat sailed at noon. It came back at night.")
    pair = encode_pair("When did it return?", passage, ((25, 47),), TOKENIZER, somewhere=True)
    assert (pair.starts, pair.ends) == ((), ())
    assert pair.answers
    assert pair.supports == (2,)


def test_a_passage_that_answers_somewhere_has_no_marks_and_any_sentence_may_support() -> None:
    passage = Text("", "It sailed on Monday. It was late.")
    pair = encode_pair("Did it sail?", passage, (), TOKENIZER, somewhere=True)
    assert (pair.starts, pair.ends, pair.supports, pair.answers) == ((), (), (1, 2), True)


def test_a_batch_has_the_sentences_of_its_longest_passage() -> None:
    one = encode_pair("Who?", Text("", "Yes. Nobody. None."), [(5, 11)], TOKENIZER)
    other = encode_pair("Who?", Text("", "No."), [], TOKENIZER)
    batch = collate([one, other])
    assert batch.supports.tolist() == [[False, True, False], [False, False, False]]
