"""Tests which words of earlier turns a follow-up gets, with a model that is written by hand."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.models.carrying import Turn, Weighed
from rag.question.carried_prefix import with_carried, without_carried
from rag.question.follow_ups import (
    Exchange,
    FollowUp,
    as_told,
    carried_words,
    names_among,
    read_exchange,
    understand_follow_up,
)
from rag.records import Answer
from rag.text.plain_text import readable
from tests.fakes import LastQuestionModel

FERRY = "When did the ferry strike in Port Alder begin?"
WRITTEN = "Who called the strike of Port Alder's ferry crews?"
MODEL = LastQuestionModel()


class AnyQuestionModel(LastQuestionModel):
    """Says of every question that it needs words."""

    def weigh(self, question: str, turns: Sequence[Turn]) -> Weighed:
        """Return the words, and that they are needed."""
        return replace(super().weigh(question, turns), needs=1.0)


class SurelyCompleteModel(LastQuestionModel):
    """Says of every question that it is complete."""

    def weigh(self, question: str, turns: Sequence[Turn]) -> Weighed:
        """Return the words, and that none is needed."""
        return replace(super().weigh(question, turns), needs=-1.0)


def carried(question: str, *before: str, model: LastQuestionModel = MODEL) -> tuple[str, ...]:
    return carried_words(question, [Exchange(question=text) for text in before], model=model)


def test_words_that_are_needed_are_carried_and_those_side_by_side_are_one_phrase() -> None:
    assert carried("Who called it?", FERRY) == ("ferry strike", "Port Alder", "begin")
    model = LastQuestionModel(begin=-1.0)
    assert carried("Who called it?", FERRY, model=model) == ("ferry strike", "Port Alder")


def test_of_joins_a_name() -> None:
    words = carried("When was it founded?", "Who leads the Bank of the North?")
    assert words == ("leads", "Bank of the North")


def test_a_word_is_carried_if_any_of_its_places_says_so_and_only_once() -> None:
    history = ["When did the ferry sail?", "Did the ferry sink?"]
    assert carried("Why?", *history) == ("ferry sink",)


def test_words_of_answers_are_carried_too() -> None:
    history = [Exchange(question="Who called it?", answer="Marta Quill called it on Monday.")]
    model = LastQuestionModel(Marta=2.0, Quill=2.0, called=-1.0)
    assert carried_words("Where does she live?", history, model=model) == ("Marta Quill",)


def test_the_dateline_of_an_answer_is_not_carried() -> None:
    answer = "PORT ALDER, May 4 (Tide Wire) — Marta Quill called the strike."
    history = [Exchange(question="Who called it?", answer=answer)]
    model = LastQuestionModel(Marta=2.0, Quill=2.0, Tide=2.0, Wire=2.0, May=2.0, called=-1.0)
    words = carried_words("Where does she live?", history, model=model)
    assert "Marta Quill" in words
    assert not {"Tide", "Wire", "May"} & set(" ".join(words).split())


def test_nothing_is_carried_into_a_question_that_needs_nothing() -> None:
    assert carried("Who won the Harbour Cup in 2019?", FERRY) == ()


def test_what_opens_a_turn_is_no_name_and_a_preposition_is_not_carried() -> None:
    assert carried("Who says so?", "Orr: Since when?") == ("Orr",)
    model = LastQuestionModel(Inflation=1.0, Orr=1.0)
    words = carried("Why?", "Orr: Inflation?", model=model)
    assert words == ("Orr", "inflation")
    assert names_among(words) == ["Orr"]


@pytest.mark.parametrize(
    ("before", "answer", "logits", "words"),
    [
        (
            "Who?",
            "The Marden Trade Board met.",
            {"Trade": 1.0},
            ("Marden Trade Board",),
        ),
        ("Who left?", "K. V. Orr left.", {"K": 1.0, "Orr": 1.0}, ("K. V. Orr",)),
        (
            "Who met in Marden?",
            "The Marden Trade Board met.",
            {"Trade": 1.0},
            ("trade",),
        ),
        ("Who?", "The Marden Trade Board met.", {"Marden": 1.0}, ("Marden",)),
    ],
    ids=["the rest", "initials", "the rest is known", "no usual word"],
)
def test_part_of_a_name_is_shown_with_the_rest_or_as_a_usual_word(
    before: str, answer: str, logits: dict[str, float], words: tuple[str, ...]
) -> None:
    model = LastQuestionModel(**{"left": -2.0, "met": -2.0} | logits)
    found = carried_words("Why?", [Exchange(question=before, answer=answer)], model=model)
    assert found[-1:] == words


@pytest.mark.parametrize(
    ("question", "before", "words"),
    [
        ("Who leads it?", "Holm, mills: And pumps, by Orr?", ("mills", "pumps", "Orr")),
        ("Who leads it?", "Holm, mills: What about Orr?", ("mills", "Orr")),
        ("Who leads it?", "Holm, mills: And at Marden?", ("Holm", "mills", "Marden")),
        ("And at Ulsby?", "Holm, mills: And at Marden?", ("Holm", "mills")),
        ("And in 2019?", "Holm, mills: And at Marden?", ("Holm", "mills", "Marden")),
    ],
)
def test_the_newest_name_goes_before_older_ones(
    question: str, before: str, words: tuple[str, ...]
) -> None:
    model = AnyQuestionModel(Holm=1.0, mills=1.0, pumps=0.5, Orr=-3.0, Marden=-3.0)
    assert carried(question, before, model=model) == words


@pytest.mark.parametrize(
    ("question", "before", "words"),
    [
        (
            "Who is his lawyer?",
            ("When did Ellery resign?", "When did Brandt resign?"),
            {"resign", "Brandt"},
        ),
        (
            "Who is his lawyer?",
            ("Ellery: Why did he resign?", "Why did Brandt resign?"),
            {"resign", "Brandt"},
        ),
        ("Who leads it?", ("Ellery: Why?", "Brandt: Why?"), {"Brandt"}),
        ("How loudly?", ("Who sang in Dunmore?", "Who sang at Aske?"), {"sang", "Aske"}),
        (
            "Since when?",
            ("Dunmore: Who left there?", "Norway: Who left there?"),
            {"Norway", "left"},
        ),
        ("How loudly?", ("Who sang on the ferry?", "Who sang on the pier?"), {"sang", "pier"}),
        ("How loudly?", ("Who sang in 2011?", "Who sang in 2015?"), {"sang", "2015"}),
        (
            "When?",
            ("Who sang in Dunmore?", "Who sang in Aske?", "Aske: Who lost?"),
            {"sang", "Aske", "lost"},
        ),
        (
            "Did they meet?",
            ("When did Ellery resign?", "When did Brandt resign?"),
            {"Ellery", "resign", "Brandt"},
        ),
        (
            "And why the first one?",
            ("When did Ellery resign?", "When did Brandt resign?"),
            {"Ellery", "resign", "Brandt"},
        ),
        (
            "Why?",
            ("Who sang in Dunmore?", "Who sang in Aske?", "Who left Dunmore?"),
            {"sang", "Aske", "left", "Dunmore"},
        ),
        (
            "When was he elected?",
            ("Who is the mayor of Dunmore?", "Who is Brandt?"),
            {"mayor", "Dunmore", "Brandt"},
        ),
    ],
    ids=[
        "a name",
        "a pronoun",
        "a carried name",
        "a place",
        "a carried place",
        "a noun",
        "a year",
        "two turns ago",
        "both",
        "the one before",
        "named again",
        "no contrast",
    ],
)
def test_what_gave_way_to_other_words_is_not_carried(
    question: str, before: tuple[str, ...], words: set[str]
) -> None:
    logits = dict.fromkeys(
        "Ellery Brandt Dunmore Aske mayor resign sang left ferry 2011".split(), 1.0
    )
    found = carried(question, *before, model=AnyQuestionModel(**logits))
    assert set(" ".join(found).split()) == words


def test_without_a_model_nothing_is_carried() -> None:
    assert carried_words("Who called it?", [(FERRY, "")], model=None) == ()


def test_a_year_is_not_carried_into_a_question_that_names_one() -> None:
    words = " ".join(carried("And who won it in 2010?", "Who won the cup in 2021?"))
    assert "cup" in words
    assert "2021" not in words
    assert "2021" in carried("And who lost?", "Who won the cup in 2021?")


def test_a_month_and_a_day_go_with_their_year() -> None:
    words = carried("And who won it in 2010?", "Who won the cup on 9 May 2021?")
    assert not {"9", "May", "2021"} & {part for phrase in words for part in phrase.split()}
    assert "May" in " ".join(carried("And who won it in 2010?", "Who won the cup on 9 May?"))


def test_no_more_is_carried_than_a_topic_needs() -> None:
    names = " ".join(f"Name{number}" for number in range(300))
    assert len(" ".join(carried("Why?", f"Who met {names}?")).split()) <= 20


@pytest.mark.parametrize("question", ["", "   ", "x " * 400])
def test_what_is_no_question_gets_nothing(question: str) -> None:
    assert carried(question, FERRY) == ()


def test_without_turns_nothing_is_carried() -> None:
    assert carried("Who called it?") == ()
    assert carried("Who called it?", "", "  ") == ()


@given(st.text(max_size=60), st.lists(st.text(max_size=60), max_size=4))
def test_only_words_of_earlier_turns_are_carried(question: str, before: list[str]) -> None:
    words = carried(question, *before)
    texts = [readable(text).lower() for text in before]
    assert all(any(word.lower() in text for text in texts) for word in words)
    assert with_carried(question, ()) == question


def test_words_that_were_carried_are_told_from_the_question_behind_them() -> None:
    carried = ("ferry strike", "Port Alder")
    assert without_carried(with_carried("Who called it?", carried)) == (carried, "Who called it?")
    for question in ("Who called it?", "What is it: a strike?", "Port Alder: ?"):
        assert without_carried(question) == ((), question)


def test_names_and_figures_are_told_from_other_words() -> None:
    assert names_among(["ferry strike", "Port Alder", "2021"]) == ["Port", "Alder", "2021"]


def test_an_answer_is_an_earlier_turn_with_what_was_carried_into_it() -> None:
    answer = Answer(
        question="Who called it?",
        understood=with_carried("Who called it?", ["ferry strike"]),
        carried=("ferry strike",),
        status="not_in_archive",
        text="The archive does not say.",
    )
    assert read_exchange(answer) == Exchange(question=answer.understood)
    assert as_told(answer) == (answer.understood, "The archive does not say.")
    assert read_exchange((FERRY, "On Monday.")) == Exchange(question=FERRY, answer="On Monday.")


# -- with a language model ----------------------------------------------------------------------


@dataclass
class ScriptedModel:
    """Writes what it is told to, and keeps what it is given."""

    written: str
    given: list[tuple[str, list[tuple[str, str]]]] = field(default_factory=list)

    def rewrite(self, question: str, history: Sequence[tuple[str, str]]) -> str:
        self.given.append((question, list(history)))
        return self.written


def understood(question: str, history: list[tuple[str, str]], written: ScriptedModel) -> FollowUp:
    return understand_follow_up(question, history, model=MODEL, rewriter=written)


def test_what_a_model_writes_is_taken_and_what_it_added_is_named() -> None:
    model = ScriptedModel(WRITTEN)
    found = understood("Who called it?", [(FERRY, "")], model)
    assert found == FollowUp(carried=("the strike of Port Alder's ferry crews",), rewritten=WRITTEN)
    assert model.given == [("Who called it?", [(FERRY, "The archive does not say.")])]


@pytest.mark.parametrize("written", ["", "  \n", "How do I bake bread?", "?!", "What is the?"])
def test_what_is_of_no_use_gives_way_to_the_words(written: str) -> None:
    history = [(FERRY, "")]
    found = understood("Who called it?", history, ScriptedModel(written))
    words = carried_words("Who called it?", history, model=MODEL)
    assert found == FollowUp(carried=words, follows=FERRY)
    assert found.carried


def test_a_question_that_needs_words_follows_the_one_before() -> None:
    history = [("Who won the Harbour Cup?", ""), (FERRY, "On Monday.")]
    found = understand_follow_up("Who called it?", history, model=MODEL)
    assert found.follows == FERRY
    assert understand_follow_up("Who won the Harbour Cup?", history[1:], model=MODEL).follows == ""


def test_a_question_does_not_follow_one_that_is_a_text() -> None:
    found = understand_follow_up("Who called it?", [(f"{FERRY} " * 9, "")], model=MODEL)
    assert found.follows == ""
    assert found.carried


def test_a_question_that_stands_alone_is_not_given_to_a_model() -> None:
    model = ScriptedModel("Who won the Harbour Cup in Port Alder?")
    assert understood("Who won the Harbour Cup?", [(FERRY, "")], model) == FollowUp()
    assert model.given == []


def test_the_first_question_is_not_given_to_a_model() -> None:
    model = ScriptedModel(WRITTEN)
    assert understood("Who called it?", [], model) == FollowUp()
    assert model.given == []


def test_a_model_may_leave_a_question_as_it_is() -> None:
    model = ScriptedModel("Who called it a strike?")
    assert understood("Who called it a strike?", [(FERRY, "")], model) == FollowUp()


def test_only_the_last_turns_are_told_and_a_long_quote_is_cut() -> None:
    model = ScriptedModel(WRITTEN)
    history = [(f"What happened on day {day} in Port Alder?", "x" * 2000) for day in range(1, 20)]
    understood("Who called it?", history, model)
    ((_, told),) = model.given
    assert [question for question, _ in told] == [question for question, _ in history[-6:]]
    assert {len(answer) for _, answer in told} == {500}


def test_a_long_question_before_is_asked_again_but_not_read_with_the_next() -> None:
    long = f"When did the {'very ' * 50}old ferry sink in 2019?"
    after = understand_follow_up("And in 2020?", [(long, "")], model=MODEL)
    assert after.rewritten == long.replace("2019", "2020")
    assert understand_follow_up("What else?", [(long, "")], model=MODEL).rewritten == long
    assert understand_follow_up("Who did it?", [(long, "")], model=AnyQuestionModel()).follows == ""
    short = understand_follow_up("Who did it?", [(FERRY, "")], model=AnyQuestionModel())
    assert short.follows == FERRY


def test_a_correction_is_never_complete() -> None:
    history = ["Tell me about the ferry strike"]
    complete = SurelyCompleteModel()
    assert carried("And who called it off?", *history, model=complete) == ()
    assert carried("I meant the bus crews", *history, model=complete)
