from rag.text.terms import (
    TermShares,
    joined_terms,
    known_weights,
    passage_terms,
    question_terms,
)


def test_a_question_shares_its_terms_with_other_forms_of_the_words() -> None:
    assert set(question_terms("ceasefires").indices) == set(question_terms("ceasefire").indices)


def test_stop_words_are_no_terms() -> None:
    assert question_terms("when did the").indices == []


def test_accents_do_not_hide_a_name() -> None:
    assert question_terms("Erdoğan").indices == question_terms("Erdogan").indices


def test_a_passage_weighs_a_repeated_word_more() -> None:
    terms = dict(zip(*passage_terms("truce truce border"), strict=True))
    (truce,), (border,) = question_terms("truce").indices, question_terms("border").indices
    assert terms[truce] > terms[border]


def test_a_term_of_no_passage_weighs_more_than_any_that_is_known() -> None:
    assert known_weights([1, 2], {1: 3.0}, passages=100)[2] > 3.0


def test_the_shares_of_terms_add_up_to_one() -> None:
    terms = TermShares.of({1: 3.0, 2: 1.0})
    assert terms.coverage({1}) == 0.75
    assert terms.coverage({1, 2, 3}) == 1.0
    assert TermShares.of({}).coverage({1}) == 0.0


def test_the_terms_of_two_texts_are_joined_each_once() -> None:
    joined = joined_terms(question_terms("harbour storm"), question_terms("storm correction"))
    assert sorted(joined.indices) == sorted(question_terms("harbour storm correction").indices)
    assert joined.weights == [1.0] * 3
