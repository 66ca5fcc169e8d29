from training.ranking import Ranking

TEXTS = ["The ferry sailed on Monday.", "A loaf won a prize.", "Ferry, ferry, ferry: the ferry."]


def test_texts_that_share_a_rare_word_come_first() -> None:
    assert Ranking(TEXTS).best("Which loaf?", 3) == [1]


def test_more_of_the_word_ranks_higher() -> None:
    assert Ranking(TEXTS).best("the ferry", 3)[0] == 2


def test_a_question_of_unknown_words_finds_nothing() -> None:
    assert Ranking(TEXTS).best("parliament", 3) == []


def test_no_more_than_asked_for_are_given() -> None:
    assert len(Ranking(TEXTS).best("ferry", 1)) == 1
