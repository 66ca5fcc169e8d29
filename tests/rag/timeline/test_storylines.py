from datetime import timedelta

from rag.records import Article
from rag.timeline.storylines import StorySentence, bound_terms, find_story
from tests.rag.stories import THURSDAY, TOPIC, asked, evidence, story

TRUCE = "The northern truce took effect in the north. Both sides keep the northern truce."
OIL = "Shares in oil fell. Traders blamed the weather for the price of oil."


def found_in(*articles: Article, topic: str = TOPIC) -> list[StorySentence]:
    pieces = evidence(*articles, topic=topic)
    return find_story(asked(topic), pieces, {}, passages=100)


def names(story_sentences: list[StorySentence]) -> set[str]:
    return {sentence.piece.found.article.id for sentence in story_sentences}


def test_the_sentences_of_a_story_are_found_and_others_are_not() -> None:
    told = found_in(story(TRUCE), story(OIL, name="oil", title="Oil falls"))
    assert [sentence.piece.text for sentence in told] == [
        "The northern truce took effect in the north.",
        "Both sides keep the northern truce.",
    ]
    assert all(sentence.relevance > 0 for sentence in told)


def test_nothing_is_found_where_nothing_names_the_topic() -> None:
    assert found_in(story(OIL, title="Oil falls")) == []
    assert found_in() == []


def test_one_of_two_words_does_not_name_a_topic() -> None:
    article = story("The southern truce took effect. Both keep the truce.", title="Truce")
    assert found_in(article, topic="northern truce") == []


def test_what_names_the_topic_by_the_way_is_not_of_its_story() -> None:
    by_the_way = f"{OIL * 9} Nor was the northern truce a reason. {OIL * 9}"
    told = found_in(story(TRUCE), story(by_the_way, name="oil", title="Oil falls"))
    assert names(told) == {"wire"}


def test_a_story_goes_on_where_it_is_not_named_only_at_about_its_time() -> None:
    text = "All seven villages of the valley still keep the {} that was signed by them in spring."
    told = story(text.format("northern truce"))
    unnamed = text.format("truce")
    near = story(unnamed, name="near", title="Truce", published=THURSDAY + timedelta(days=9))
    late = story(unnamed, name="late", title="Truce", published=THURSDAY + timedelta(days=90))
    undated = story(unnamed, name="undated", title="Truce", published=None)
    assert names(found_in(told, near, late, undated)) == {"wire", "near"}


def test_the_coverage_of_a_sentence_is_its_share_of_the_topic() -> None:
    told = found_in(story(f"{TRUCE} The truce is kept in it."))
    assert [round(sentence.coverage, 1) for sentence in told] == [1.0, 1.0, 0.5]


def test_a_word_that_is_always_in_a_phrase_is_bound_to_it() -> None:
    text = "Courts ended fair action in the north. " * 6 + "Other action is not ended."
    bound = bound_terms("north fair action", [story(text)])
    assert len(bound) == 2
    assert all(phrase.search("a Fair action") for phrase in bound.values())
    assert not any(phrase.search("fairly, they took action") for phrase in bound.values())


def test_a_phrase_that_is_rare_binds_nothing() -> None:
    assert bound_terms("fair action", [story("Courts ended fair action.")]) == {}
    assert bound_terms("action", [story("Courts ended fair action. " * 9)]) == {}


def test_an_article_that_lacks_the_phrase_lacks_its_words() -> None:
    of_story = "Courts ended fair action in the north. Fair action is over there. " * 4
    other = f"{OIL * 3} A fair was held in the north. Courts saw no action there."
    articles = (
        story(of_story, title="Fair action"),
        story(other, name="fair", title="Oil falls", published=THURSDAY + timedelta(days=300)),
    )
    assert names(found_in(*articles, topic="fair action north")) == {"wire"}
    alone = found_in(articles[1], topic="fair action north")
    assert names(alone) == {"fair"}
