"""Which article a correction concerns, and which of its values it takes back."""

from dataclasses import replace
from datetime import date

import pytest

from rag.evidence.values.corrections import Corrections
from rag.evidence.values.read_values import value_of
from rag.evidence.values.restating import restate
from rag.records import Article
from tests.rag.evidence.values.pieces import asked, piece, report, told
from tests.rag.stories import found

LOST = "The storm took 62 boats from the harbour of Tarn."
NOTICE = (
    "Our report of 1 March said that the storm took 62 boats from Tarn harbour. It took 26 boats.\n"
    "\nThe recipe for plum cake called for nine eggs. It should have been three."
)


def notice(
    text: str = NOTICE,
    *,
    source: str = "wire.example",
    published: date = date(2024, 3, 4),
    section: str = "corrections",
    title: str = "We put it right",
) -> Article:
    return report(
        text, name="notice", source=source, published=published, section=section, title=title
    )


def of(*articles: Article) -> Corrections:
    return Corrections.of([found(article) for article in articles])


def test_a_value_that_a_column_takes_back_is_withdrawn() -> None:
    wrong = told(LOST, "62")
    value = value_of(wrong, asked())
    assert value is not None
    assert of(wrong.found.article, notice()).withdrawing(value) is not None


def test_every_citation_of_the_article_says_so() -> None:
    wrong = told(LOST, "62")
    (noted,) = of(wrong.found.article, notice()).noted([wrong])
    assert noted.found.hit.note.startswith("Corrected on 4 March 2024: Our report of 1 March")
    assert "plum cake" not in noted.found.hit.note


@pytest.mark.parametrize(
    "other",
    [
        notice(source="post.example"),
        notice(published=date(2024, 2, 4)),
        notice(published=date(2024, 9, 4)),
        notice("A report said that 62 trees had been felled in a park in Ende. It was 26 trees."),
    ],
    ids=["another outlet", "before the article", "half a year later", "another topic"],
)
def test_a_correction_of_something_else_changes_nothing(other: Article) -> None:
    wrong = told(LOST, "62")
    value = value_of(wrong, asked())
    assert value is not None
    corrections = of(wrong.found.article, other)
    assert corrections.withdrawing(value) is None
    assert corrections.noted([wrong]) == [wrong]


def test_an_agency_takes_back_what_a_paper_took_from_it_and_from_another() -> None:
    wrong = told(LOST, "62", source="post.example", agency="AFP and Reuters")
    value = value_of(wrong, asked())
    assert value is not None
    assert of(wrong.found.article, notice(source="Reuters")).withdrawing(value) is not None
    assert of(wrong.found.article, notice(source="AP")).withdrawing(value) is None


def test_what_a_note_at_the_foot_takes_back_is_not_the_value() -> None:
    text = "The storm took 26 boats.\n\nEditor's note: An earlier version of this story said 62."
    article = report(text)
    right = value_of(piece(article, "The storm took 26 boats.", "26"), asked())
    note = "Editor's note: An earlier version of this story said 62."
    wrong = value_of(piece(article, note, "62"), asked())
    assert right is not None
    assert wrong is not None
    assert of(article).withdrawing(right) is None
    assert of(article).withdrawing(wrong) is not None


def test_a_kill_with_an_id_of_its_own_withdraws_all_of_its_story() -> None:
    wrong = told(LOST, "62", title="Storm takes 62 boats from Tarn harbour")
    kill = notice(
        "Editors: please kill the story headlined “Storm takes 62 boats from Tarn harbour”.",
        title="MANDATORY KILL: Tarn storm",
        section="",
    )
    value = value_of(wrong, asked())
    assert value is not None
    corrections = of(wrong.found.article, kill)
    taken = corrections.withdrawing(value)
    assert taken is not None
    assert taken.kills
    assert corrections.noted([wrong])[0].found.hit.note.startswith("Withdrawn on 4 March 2024")


def test_what_the_correction_says_takes_the_place_of_what_it_takes_back() -> None:
    column = notice()
    quoted = column.text[: column.text.index(" It took")]
    pieces = [piece(column, quoted, "62", confidence=0.8), told(LOST, "62", confidence=0.6)]
    articles = [column, pieces[1].found.article]
    passages = [found(article) for article in articles]
    restated = restate(asked(), pieces, Corrections.of(passages), passages)
    assert restated.withdrawn == pieces
    assert [(p.text, p.confidence) for p in restated.sentences] == [("It took 26 boats.", 0.8)]
    answer = restated.sentences[0].answer
    assert answer is not None
    assert column.text[answer.start : answer.end] == "26"


def test_a_correction_that_answers_stays_as_sure_as_it_was_read() -> None:
    text = "Our report of 1 March misstated what the storm took. It took 26 boats, not 62."
    column = notice(text)
    right = piece(column, "It took 26 boats, not 62.", "62", confidence=0.9, score=9.0)
    wrong = told(LOST, "62", confidence=0.1)
    passages = [found(column), found(wrong.found.article)]
    restated = restate(asked(), [right, wrong], Corrections.of(passages), passages)
    assert [piece.confidence for piece in restated.sentences] == [0.9]


def test_a_column_that_names_only_what_is_right_withdraws_the_other_amount_of_the_thing() -> None:
    title = "Storm takes 62 boats from Tarn harbour"
    named = notice(f'In "{title}" two digits changed places. The storm took 26 boats.')
    withdrawn = value_of(told(LOST, "62", title=title), asked())
    same = value_of(told(LOST.replace("62", "26"), "26", title=title), asked())
    people = value_of(told("The storm took 62 lives.", "62", title=title), asked())
    assert withdrawn is not None
    assert same is not None
    assert people is not None
    corrections = of(withdrawn.piece.found.article, named)
    assert corrections.withdrawing(withdrawn) is not None
    assert of(same.piece.found.article, named).withdrawing(same) is None
    assert of(people.piece.found.article, named).withdrawing(people) is None


def test_a_note_takes_back_what_the_text_above_it_says() -> None:
    note = "Editor's note: The number of boats was 26 and not, as this report has it, 62."
    article = report(f"{LOST}\n\n{note}")
    wrong = value_of(piece(article, LOST, "62"), asked())
    right = value_of(piece(article, note, "26"), asked())
    assert wrong is not None
    assert right is not None
    assert of(article).withdrawing(wrong) is not None
    assert of(article).withdrawing(right) is None


KILL = notice(
    "Editors, please kill the story headlined “Guards seize the boats of Tarn”. None was seized.",
    title="KILL: Boats of Tarn",
    section="news",
)
SEIZED = "Guards seized 40 boats on Sunday in the harbour of Tarn."


def seized(name: str, source: str, title: str, published: date = date(2024, 3, 3)) -> Article:
    return report(
        SEIZED, name=name, source=source, title=title, published=published, cluster="seized"
    )


KILLED = seized("killed", "wire.example", "Guards seize the boats of Tarn")


@pytest.mark.parametrize(
    ("other", "is_killed"),
    [
        (seized("copy", "post.example", "Forty vessels held"), True),
        (seized("copy", "post.example", "Forty vessels held", date(2024, 3, 5)), True),
        (seized("copy", "post.example", "Forty vessels held", date(2024, 3, 9)), False),
        (seized("again", "wire.example", "Forty vessels stay in port"), False),
        (replace(seized("own", "post.example", "Forty vessels held"), cluster="own"), False),
    ],
    ids=["copy", "printed late", "long after", "sent again", "another story"],
)
def test_a_kill_withdraws_the_copies_that_others_printed(other: Article, is_killed: bool) -> None:
    value = value_of(piece(other, SEIZED, "40"), asked())
    assert value is not None
    known = [found(other), found(KILLED), found(KILL)]
    corrections = Corrections.of(known)
    assert (corrections.withdrawing(value) is not None) == is_killed
    assert corrections.killed == {"killed"} | ({other.id} if is_killed else set())
    reprinted = replace(found(other), reprints=(KILLED,))
    assert (Corrections.of([reprinted, found(KILL)]).withdrawing(value) is not None) == is_killed


def test_no_sentence_of_a_copy_of_what_was_killed_answers() -> None:
    copy = seized("copy", "post.example", "Forty vessels held")
    sentence = piece(copy, SEIZED, "harbour")
    passages = [replace(found(copy), reprints=(KILLED,)), found(KILL)]
    what = restate(asked("Where were they?"), [sentence], Corrections.of(passages), passages)
    assert (what.sentences, what.withdrawn) == ([], [sentence])


@pytest.mark.parametrize(
    ("place", "is_wrong"),
    [("a nursery in Tarn", True), ("a playgroup in Tarn", False), ("a mill in Tarn", False)],
)
def test_what_a_denial_leaves_out_is_that_of_the_right_part(place: str, is_wrong: bool) -> None:
    text = f"The fever that closed the schools of the valley began at {place}."
    value = value_of(told(text, place, title="Fever in the valley closes schools"), asked(_WHERE))
    assert value is not None
    column = notice(
        "In “Fever in the valley closes schools” we erred. It began at a playgroup in Tarn, not at "
        "a nursery."
    )
    taken = of(value.piece.found.article, column).withdrawing(value)
    assert (taken is not None) == is_wrong


_WHERE = "Where did the fever begin?"
