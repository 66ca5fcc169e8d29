import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.text.sentences import MAX_SENTENCE_CHARACTERS, split_sentences

PIECES = [*"ab AB.!?…\n\t“”\"',;:—1 2", "U.S.", "Gen. ", "\n\n", ". ", "é", "。", "word " * 120]
NEWSY = st.lists(st.sampled_from(PIECES), max_size=60).map("".join)


def sentences(text: str) -> list[str]:
    return [text[span.start : span.end] for span in split_sentences(text)]


@given(NEWSY)
def test_every_character_but_white_space_is_in_one_sentence(text: str) -> None:
    spans = split_sentences(text)
    covered = [i for span in spans for i in range(span.start, span.end)]
    assert covered == sorted(set(covered))
    outside = set(range(len(text))) - set(covered)
    assert all(text[i].isspace() for i in outside)


@given(NEWSY)
def test_sentences_are_trimmed_and_not_too_long(text: str) -> None:
    for sentence in sentences(text):
        assert sentence == sentence.strip() != ""
        assert len(sentence) <= MAX_SENTENCE_CHARACTERS


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It rained. It poured.", ["It rained.", "It poured."]),
        ("Gen. Smith left. He was late.", ["Gen. Smith left.", "He was late."]),
        ("The U.S. Senate met. Nobody spoke.", ["The U.S. Senate met.", "Nobody spoke."]),
        ("He lives in the U.S. The house is old.", ["He lives in the U.S.", "The house is old."]),
        (
            "It began on Nov. 10 at 9 a.m. Moscow time.",
            ["It began on Nov. 10 at 9 a.m. Moscow time."],
        ),
        ("“Will it hold?” he asked. No.", ["“Will it hold?” he asked.", "No."]),
        ("“It will.” She smiled.", ["“It will.”", "She smiled."]),
        ("J. K. Rowling spoke. All listened.", ["J. K. Rowling spoke.", "All listened."]),
        ("Prices rose 3.4 percent. Wages fell.", ["Prices rose 3.4 percent.", "Wages fell."]),
        ("A headline\n\nThe story begins.", ["A headline", "The story begins."]),
        ("First line\nSecond line", ["First line", "Second line"]),
        ("", []),
        (" \n ", []),
    ],
)
def test_news_sentences_are_split_where_a_reader_would(text: str, expected: list[str]) -> None:
    assert sentences(text) == expected


def test_lines_wrapped_at_a_column_are_one_sentence() -> None:
    text = (
        "The leaders of the two countries explained how the\n"
        "agreement would be carried out in the coming week.\n"
        "Nobody objected."
    )
    assert len(sentences(text)) == 2


def test_a_sentence_without_end_is_cut_at_a_break() -> None:
    text = "word, " * 1000
    assert all(sentence.endswith(",") for sentence in sentences(text))


@pytest.mark.parametrize(
    "sentence",
    [
        "Senator J.D. Marsh asked about it.",
        "The house of George H.W. Stone was sold.",
        "A.P.J. Rahman opened the session in Chennai.",
        "P. Venkatesan and M.K. Nair moved the court.",
        "Brig. Gen. Ana Ruiz and Lt. Col. Tom Ray agreed.",
        "Lt.Col. Ray and Maj.-Gen. Singh saluted.",
        "Col. (Retd.) Mehta wrote to Smt. Rao and Shri. Das.",
        "Sens. Ruiz and Ray met Reps. Lee and Marsh.",
        "Addl. Commissioner Das met Dy. Collector Rao.",
        "The Rt. Hon. Ann Lee replied to Cllr. Brown.",
        "The prime minister left No. 10 Downing Street.",
        "They kept Nos. 12 and 13, and Vol. II as well.",
        "The fine was Rs. 2,500 at first.",
        "St. Anne's and Mt. Rose were closed.",
        "The shop at 405 N. 16th St. sells bread.",
        "A crash closed U.S. 13 and U.S. 50 today.",
        "It opens at 9 a.m. Tuesday and at 8 p.m. ET on other days.",
        "It begins at 7 p.m. India Standard Time.",
        "The case of Roe v. Wade was cited.",
        "Marsh Pvt. Ltd. Chairman A. K. Rao resigned.",
        "3. The committee approves the plan.",
        "I thought . . . the rain would stop.",
    ],
)
def test_an_abbreviation_ends_no_sentence(sentence: str) -> None:
    assert sentences(sentence) == [sentence]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("He said no.", "Nobody was surprised."),
        ("He said no.", "A man laughed."),
        ("He fell ill.", "Doctors were called."),
        ("They sat in the sun.", "Nobody spoke."),
        ("The doors closed at 5 p.m.", "Ruiz left by the side door."),
        ("The shop stands on Market St.", "It sells bread."),
        ("She is older than I.", "Nobody knew."),
        ("They did more reps.", "Training ended late."),
        ("He was last seen on Dec. 6.", "Police are looking for him."),
        ("She reads The Sun.", "Others read more."),
        ("The firm is Marsh Ltd.", "It was founded in Pune."),
        ("It was led by Nair & Co.", "The court refused."),
    ],
)
def test_a_word_that_looks_like_an_abbreviation_ends_a_sentence(first: str, second: str) -> None:
    assert sentences(f"{first} {second}") == [first, second]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The law was passed.Nobody objected to it.", 2),
        ("“We met at the Palace.”They left at noon.", 2),
        ("They book on Booking.Com and go.", 1),
        ("She lives in St.Louis with him.", 1),
    ],
)
def test_a_sentence_ends_where_white_space_was_lost(text: str, expected: int) -> None:
    assert len(sentences(text)) == expected


@pytest.mark.parametrize(
    "lines",
    [
        [
            "1. Norland 16 gold, 8 silver and 13 bronze medals",
            "2. Holm 12 gold, 10 silver and 5 bronze medals",
            "3. Tarn 9 gold, 4 silver and 2 bronze medals",
        ],
        [
            "Dead: Tom Roe, 44, of Marden, a driver of the bus line",
            "Injured: Bo Orr, 51, of Holm, who was on the upper deck",
            "Missing: Ana Ruiz, 30, of Tarn",
        ],
    ],
)
def test_lines_that_were_not_wrapped_are_sentences_of_their_own(lines: list[str]) -> None:
    assert sentences("\n".join(lines)) == lines


@pytest.mark.parametrize(
    "text",
    [
        "Army Spc. John Roe died in Holm.",
        "Ald. Mia Orr and Amb. Bo Holm spoke.",
        "He is known as Bo Orr, a.k.a. Shrimp (b. 1990).",
        "Hwy. 7 is shut; see Figs. 3 and 4.",
        "Am 3. Oktober kam er an.",
        "“Will he resign?” Mr Orr asked.",
        "“We won!” President Holm told reporters in Tarn.",
        "Yahoo! Inc. said so.",
    ],
)
def test_neither_a_rank_nor_a_speaker_nor_a_name_is_cut_off(text: str) -> None:
    assert sentences(f"{text} It rained.") == [text, "It rained."]


@pytest.mark.parametrize(
    "text",
    [
        "“Is it over?” Mr Orr said the talks had failed.",
        "“Who?” He said nothing.",
        "Stop! Orr fell.",
    ],
)
def test_what_is_not_a_speaker_begins_a_sentence(text: str) -> None:
    assert len(sentences(text)) == 2
