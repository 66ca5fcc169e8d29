"""The polite words around a question, which are taken off before it is read."""

import pytest

from rag.models.embedding import load_embedder
from rag.question.asked import read_part
from rag.question.frames import without_frame
from rag.settings import load_settings


@pytest.mark.parametrize(
    ("question", "asked"),
    [
        ("Can you tell me when the lock opened?", "When was it that the lock opened?"),
        ("Could anyone please explain why she left", "Why was it that she left?"),
        ("Do you know who won?", "Who won?"),
        ("I want to know both who won and when", "Who won and when?"),
        ("Would you mind telling me who won?", "Who won?"),
        ("Please could you let me know how many sank", "How many sank?"),
        ("I'd be grateful if you could tell me who won. Thanks!", "Who won?"),
        ("Who won, do you know?", "Who won?"),
        ("Hi, please tell me how many boats sank.", "How many boats sank?"),
        ("I'd like to know in which year it shut, thanks", "In which year it shut?"),
        ("I was wondering where Hale lives", "Where is it that Hale lives?"),
        ("What did she say, please?", "What did she say?"),
        (
            "I'm looking for the exact day that the weir gave way, can you help me?",
            "What was the exact day that the weir gave way?",
        ),
        ("We need the name of the pilot", "What is the name of the pilot?"),
        ("Can you tell me when the weir opens?", "When is it that the weir opens?"),
        ("Can you give me the date of the vote?", "What is the date of the vote?"),
        ("Can you tell me who the mayor is?", "Who is the mayor?"),
        ("Do you know what the fine was?", "What was the fine?"),
        ("Could you tell me if the deal was signed?", "Was the deal signed?"),
        ("Do you know whether the unions signed it?", "Did the unions sign it?"),
        ("Is it true that the injured man left Tarn?", "Did the injured man leave Tarn?"),
        ("Is it true that Hale has left the party?", "Has Hale left the party?"),
    ],
)
def test_what_is_asked_is_left(question: str, asked: str) -> None:
    assert without_frame(question) == asked


@pytest.mark.parametrize(
    "question",
    [
        "Who won?",
        "What did he need to know?",
        "Can you get your money back?",
        "Could you tell me if it is?",
        "Is it true that the man who was hurt is well?",
        "Would the mayor know who did it?",
        "Do you know the mayor?",
        "Tell me about the flood",
        "When the mayor was away, who led?",
        "ferry strike dates",
    ],
)
def test_other_questions_stay_as_they_are(question: str) -> None:
    assert without_frame(question) == question


def test_a_question_is_read_as_if_it_had_been_put_plainly() -> None:
    embedder = load_embedder(load_settings())
    plain = read_part("Who built the weir at Tarn?", embedder)
    framed = read_part("Can you tell me who built the weir at Tarn, please?", embedder)
    assert (framed.text, framed.kind, framed.terms) == (plain.text, plain.kind, plain.terms)
