import random

import pytest

from training.clozes import Run, _asked, _question, _runs, _words

SENTENCE = (
    "The harbour of Port Ellery was closed on Friday after 14 containers fell from the Sea Lark."
)
PASSAGE = (
    "Trade is slow. Fourteen ships wait outside Port Ellery, where the harbour was closed when "
    "containers fell from the freighter Sea Lark. The mayor of Port Ellery said nothing."
)


def found(sentence: str, passage: str) -> dict[str, list[str]]:
    words = _words(sentence)
    return {
        sentence[words[run.first].start : words[run.last - 1].end]: [
            passage[start:end] for start, end in run.places
        ]
        for run in _runs(words, sentence, passage)
    }


def test_names_that_both_stories_have_are_answers() -> None:
    answers = found(SENTENCE, PASSAGE)
    assert answers["Port Ellery"] == ["Port Ellery"]
    assert answers["Sea Lark"] == ["Sea Lark"]


def test_a_place_with_nothing_else_of_the_sentence_beside_it_is_no_answer() -> None:
    words = _words(SENTENCE)
    (run,) = (r for r in _runs(words, SENTENCE, PASSAGE) if words[r.first].key == "port")
    assert len(run.places) == 1
    assert run.beside == {"harbour", "closed", "containers", "fell", "sea", "lark"}


def test_an_answer_is_the_whole_name_and_the_whole_sum() -> None:
    sentence = "A fine of 12 fell to Reeve because of a broken window."
    passage = "For that broken window Judge Alma Reeve paid a big fine: $12 million."
    assert found(sentence, passage) == {
        "12": ["$12 million"],
        "Reeve": ["Judge Alma Reeve"],
        "broken window": ["broken window"],
    }


def test_a_copied_sentence_is_not_used() -> None:
    assert found(SENTENCE, f"It rained. {SENTENCE}") == {}


def test_words_that_the_rest_of_the_sentence_has_too_are_no_answer() -> None:
    sentence = "Elspeth Moor fell as young voters left Elspeth Moor alone."
    answers = found(sentence, "That is why young voters left candidate Elspeth Moor.")
    assert list(answers) == ["young voters left"]


@pytest.mark.parametrize(
    ("sentence", "answer", "word"),
    [
        ("The ferry sailed on Monday.", "Monday", {"when"}),
        ("The fund gave $300 to the choir.", "300", {"how much"}),
        ("They counted 300 sheep.", "300", {"how many"}),
        ("He was told by Judge Reeve to go.", "Reeve", {"who"}),
        ("It was cold, Alma Reeve said.", "Alma Reeve", {"who"}),
        ("They met in Ellery last.", "Ellery", {"where", "what", "which"}),
        ("They broke the shop window then.", "shop window", {"what", "which", "how", "why"}),
    ],
)
def test_the_question_word_fits_what_was_taken_out(
    sentence: str, answer: str, word: set[str]
) -> None:
    words = _words(sentence)
    taken = _words(answer)
    first = next(n for n, w in enumerate(words) if w.key == taken[0].key)
    run = Run(first, first + len(taken), places=(), beside=frozenset(), weight=1)
    rng = random.Random(4)
    assert {_asked(words, sentence, run, rng) for _ in range(30)} <= word


def test_a_question_keeps_the_words_that_lead_to_the_passage_and_never_the_answer() -> None:
    words = _words(SENTENCE)
    (run,) = (r for r in _runs(words, SENTENCE, PASSAGE) if words[r.first].key == "port")
    rng = random.Random(1)
    for _ in range(20):
        question = _question(words, SENTENCE, run, rng)
        assert question.endswith("?")
        asked = {word.key for word in _words(question)}
        assert run.beside <= asked
        assert not {"port", "ellery"} & asked
