import random

from rag.models.embedding import packaged_model
from rag.models.reading import Text
from training.batches import collate, encode_group, encode_pair, pack
from training.examples import Example
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


def test_batches_hold_whole_groups_under_the_budget() -> None:
    groups = [
        encode_group(example("Monday", "No.", "None at all."), [Text("", "No.")], TOKENIZER, n)
        for n in range(20)
    ]
    batches = pack(list(groups), tokens=200, rng=random.Random(1))
    assert sum(len(batch) for batch in batches) == 40
    for batch in batches:
        assert len(batch) * max(len(pair.ids) for pair in batch) <= 200
        assert all(sum(p.group == pair.group for p in batch) == 2 for pair in batch)


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


def test_a_passage_that_answers_somewhere_has_no_marks_and_any_sentence_may_support() -> None:
    passage = Text("", "It sailed on Monday. It was late.")
    pair = encode_pair("Did it sail?", passage, (), TOKENIZER, somewhere=True)
    assert (pair.starts, pair.ends, pair.supports, pair.answers) == ((), (), (1, 2), True)


def test_a_batch_has_the_sentences_of_its_longest_passage() -> None:
    one = encode_pair("Who?", Text("", "Yes. Nobody. None."), [(5, 11)], TOKENIZER)
    other = encode_pair("Who?", Text("", "No."), [], TOKENIZER)
    batch = collate([one, other])
    assert batch.supports.tolist() == [[False, True, False], [False, False, False]]
