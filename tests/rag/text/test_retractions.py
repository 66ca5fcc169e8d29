"""What a text takes back, in the phrases of outlets: columns of corrections, notes, kills."""

import pytest

from rag.text.retractions import (
    announced_in,
    find_retractions,
    is_column,
    is_correction,
    is_kill,
    report_dated,
    tells_correction,
    tells_withdrawal,
)


def parts(text: str, *, all_items: bool = True) -> tuple[list[str], list[str]]:
    """Return what the first item of a text calls wrong, and the sentences that are right."""
    found = find_retractions(text, all_items=all_items)[0]
    wrong, right = (
        [text[part.start : part.end] for part in parts] for parts in (found.wrong, found.right)
    )
    return wrong, right


@pytest.mark.parametrize(
    ("text", "wrong", "right"),
    [
        (
            "A report on 3 May said that 62 trees had been felled. The council felled 26.",
            ["said that 62 trees had been felled."],
            ["The council felled 26."],
        ),
        (
            "On 9 May this newspaper, like others, reported that 62 trees had gone. It was 26.",
            ["reported that 62 trees had gone."],
            ["It was 26."],
        ),
        (
            "We wrongly gave the fee as £4.1m. It was £1.4m.",
            ["gave the fee as £4.1m."],
            ["It was £1.4m."],
        ),
        (
            "The rent will rise to £1,290.50, not £1,920.50.",
            ["£1,920.50"],
            ["The rent will rise to £1,290.50, not £1,920.50."],
        ),
        (
            "An earlier version of this story said that nine boats had sunk; the number is six.",
            ["said that nine boats had sunk"],
            ["the number is six."],
        ),
        (
            "Our report on a fire (12 flats burn) said that it cost £3m. It cost £2m.",
            ["said that it cost £3m."],
            ["It cost £2m."],
        ),
        (
            "The toll is 12 and not, as we had it, 21.",
            ["21"],
            ["The toll is 12 and not, as we had it, 21."],
        ),
        (
            "This story was amended to correct the fee from £2.4m to £4.2m.",
            ["£2.4m"],
            ["This story was amended to correct the fee from £2.4m to £4.2m."],
        ),
        (
            "(This May 4 story is corrected to fix the fee to £4m from £2m in paragraph 2.)",
            ["£2m"],
            ["(This May 4 story is corrected to fix the fee to £4m from £2m in paragraph 2.)"],
        ),
        (
            "The barge carried not 300 tonnes but 30.",
            ["300 tonnes"],
            ["The barge carried not 300 tonnes but 30."],
        ),
        (
            "The lock closes on 4 May, not 4 June as we reported.",
            ["4 June as we reported"],
            ["The lock closes on 4 May, not 4 June as we reported."],
        ),
        (
            "The story above says that nine were hurt. Seven were.",
            ["says that nine were hurt."],
            ["Seven were."],
        ),
        (
            'In "Dam spills 40 tonnes" two digits changed places. It spilled 14 tonnes.',
            [],
            ["It spilled 14 tonnes."],
        ),
        (
            "In Friday's paper the skipper was named as Olav Dahl. He is Olaf Dahle.",
            ["named as Olav Dahl."],
            ["He is Olaf Dahle."],
        ),
    ],
)
def test_what_was_reported_is_told_from_what_is_right(
    text: str, wrong: list[str], right: list[str]
) -> None:
    assert parts(text) == (wrong, right)


def test_a_note_at_the_foot_is_found_in_any_article() -> None:
    text = (
        "The pier cost 3 million crowns. A report said that it would last.\n\n"
        "Editor's note: This story first gave the cost as 8 million crowns."
    )
    assert len(find_retractions(text)) == 1
    wrong, _ = parts(text, all_items=False)
    assert wrong == ["gave the cost as 8 million crowns."]


@pytest.mark.parametrize(
    ("note", "wrong"),
    [
        ("The toll was 12 and not, as this report has it, 21.", "21"),
        ("The report above says that 54 carts burned. In fact it was 45.", "says that 54 carts"),
        ("Note: the barge carried not 340 sheep but 290.", "340 sheep"),
    ],
)
def test_a_note_needs_no_label(note: str, wrong: str) -> None:
    (found,) = find_retractions(f"The fire burned for a day.\n\n{note}")
    (part,) = found.wrong
    text = f"The fire burned for a day.\n\n{note}"
    assert text[part.start : part.end].startswith(wrong)


def test_a_correction_in_a_running_text_has_its_hour_before_it() -> None:
    text = "15:10 Nine are missing.\n\n16:20 CORRECTION: We gave the toll as nine. It is seven."
    wrong, right = parts(text, all_items=False)
    assert (wrong, right) == (["gave the toll as nine."], ["It is seven."])


def test_news_that_quotes_a_report_takes_nothing_back() -> None:
    text = "A report by auditors said that £2m was missing, not £1m. The mayor denied it."
    assert find_retractions(text) == []


@pytest.mark.parametrize(
    ("title", "section", "expected"),
    [
        ("Correction: harbour toll", "news", True),
        ("What we got wrong", "corrections and clarifications", True),
        ("Boats lost at Holm: correction", "news", True),
        ("Boats lost at Holm – Clarification", "news", True),
        ("Course correction for the probe", "science", False),
        ("Probe of Holm makes course correction", "science", False),
        ("Boats: correction of the course begins", "science", False),
        ("Corrections officer charged over phones", "news", False),
        ("Correction in grain prices deepens", "business", False),
        ("Clarification on new boat tax issued", "news", False),
        ("Corrections and clarifications", "news", True),
        ("CORRECTED-Harbour toll rises", "news", True),
        ("UPDATE 1-CORRECTED-Harbour toll rises", "news", True),
        ("RPT-CORRECTED-Harbour toll rises", "news", True),
        ("Corrected: Harbour toll rises", "news", True),
        ("Corrected on 3 March 2021: it was midnight.", "", True),
        ("Corrected proofs of a novel found", "news", False),
        ("Correcting the record on boats", "news", False),
        ("Riot leaves 12 hurt", "Crime & Corrections", False),
        ("Riot leaves 12 hurt", "Department of Corrections", False),
        ("What we got wrong", "News/Corrections & clarifications", True),
    ],
)
def test_a_correction_is_known_by_its_headline_or_section(
    title: str, section: str, expected: bool
) -> None:
    assert is_correction(title, section) is expected


@pytest.mark.parametrize(
    "note",
    [
        "This March 4 story has been corrected to fix the toll to nine from six.",
        "This version corrects the toll to nine, not six.",
    ],
)
def test_a_note_in_the_words_of_agencies_takes_back(note: str) -> None:
    assert parts(f"Nine boats sank.\n{note}", all_items=False)[0] == ["six"]


def test_a_name_that_is_corrected_takes_back_no_places() -> None:
    text = "This article was amended to correct the distance from Holm to Tarn."
    assert find_retractions(text) == []


def test_a_story_that_is_filed_again_is_no_column_of_corrections() -> None:
    assert is_column("Corrections and clarifications")
    assert is_column("What we got wrong", "corrections")
    assert not is_column("CORRECTED-Harbour toll rises")
    story = (
        "(Corrects toll to 14, not 40.)\nThe harbour spoke on Monday. It said 14 boats were lost."
    )
    assert [[story[p.start : p.end] for p in r.wrong] for r in find_retractions(story)] == [["40"]]


def test_a_kill_withdraws_a_whole_story() -> None:
    text = "Editors: please kill the story headlined “Mayor of Tarn resigns”. It is false."
    assert is_kill("MANDATORY KILL: Tarn-Mayor", text)
    assert not is_kill("Kill or cure for the harbour", "The harbour needs money.")


@pytest.mark.parametrize(
    ("title", "is_label"),
    [
        ("WITHDRAWN: Fire at Holm", True),
        ("Withdrawn – Fire at Holm", True),
        ("Retracted - Fire at Holm", True),
        ("WITHDRAWN-Fire at Holm", True),
        ("Kill", True),
        ("MANDATORY KILL: Holm-Fire", True),
        ("Kill notice", True),
        ("KILLED: Fire at Holm", True),
        ("[Retracted] Fire at Holm", True),
        ("Story withdrawn", True),
        ("Killed Holm firefighters mourned by thousands", False),
        ("Killed: four men of Holm", False),
        ("Killed on the road to Holm", False),
        ("Kill Bell director comes to Holm", False),
        ("Kill or cure: what ails the clinics of Holm", False),
        ("Kill-switch law for phones passes", False),
        ("KILL-SWITCH LAW PASSES", False),
        ("Withdrawn vaccine returns to clinics", False),
        ("Withdrawn from Holm, the troops go home", False),
        ("Retracted study cited 400 times", False),
    ],
)
def test_a_headline_is_that_of_a_withdrawn_article_by_its_label_alone(
    title: str, is_label: bool
) -> None:
    assert (announced_in(title) == "withdrawn") is is_label


@pytest.mark.parametrize(
    ("note", "tells"),
    [
        ("Withdrawn on 3 May 2021: the toll was wrong.", True),
        ("Withdrawn: the toll was wrong.", True),
        ("Retracted by the editors.", True),
        ("Withdrawn.", True),
        ("Killed on 3 May.", True),
        ("Killed soldiers are named below.", False),
        ("Withdrawn troops were counted twice.", False),
        ("Kill times are those of the zoo.", False),
    ],
)
def test_a_note_tells_that_its_article_was_taken_back(note: str, tells: bool) -> None:
    assert tells_withdrawal(note) is tells


@pytest.mark.parametrize(
    ("sentence", "item"),
    [
        ("A report on 30 August gave the fine as £6,500.", "report"),
        ("Our article published on 30 August misstated the fine.", "article"),
        ("The fine was set on 30 August, the report said.", ""),
        ("A report on 30 August was burned.", ""),
        ("In a report on 30 August, Orr said that he would go.", ""),
    ],
)
def test_the_day_of_an_earlier_report_is_known(sentence: str, item: str) -> None:
    start = sentence.index("30 August")
    assert report_dated(sentence, start, start + len("30 August")) == item


@pytest.mark.parametrize(
    ("paragraph", "tells"),
    [
        ("This article was amended on 4 March. An earlier version gave the toll as £4.", True),
        ("Correction: the toll is £5.", True),
        ("Editor's note: we misstated the toll at Holm.", True),
        ("Editor's note: Jane Orr is a reporter at Holm.", False),
        ("Corrections officers met at Marden.", False),
    ],
)
def test_a_paragraph_beside_a_story_tells_of_a_correction_or_not(
    paragraph: str, tells: bool
) -> None:
    assert tells_correction(paragraph) is tells


@pytest.mark.parametrize(
    ("title", "announced"),
    [
        ("RETRACTED: Holm bridge to close", "withdrawn"),
        ("Retraction: Holm bridge to close", "withdrawn"),
        ("RETRACTED ARTICLE: Holm bridge to close", "withdrawn"),
        ("RETRACTED Holm bridge to close", "withdrawn"),
        ("Story withdrawn", "withdrawn"),
        ("KILL: Holm bridge to close", "withdrawn"),
        ("MANDATORY KILL - Holm bridge", "withdrawn"),
        ("Holm bridge to close [retracted]", "withdrawn"),
        ("Holm bridge to close – withdrawn", "withdrawn"),
        ("CORRECTED: Holm bridge to close", "corrected"),
        ("[Corrected] Holm bridge to close", "corrected"),
        ("Holm bridge to close (corrected)", "corrected"),
        ("Holm bridge to close | Correction", "corrected"),
        ("Holm bridge to close", ""),
        ("Withdrawal: the last troops leave Orr", ""),
        ("WITHDRAWN TROOPS RETURN TO ORR", ""),
        ("Withdrawn troops return to Orr", ""),
        ("Retracted claims haunt the mayor of Orr", ""),
        ("Kill switch for scooters agreed in Orr", ""),
        ("Mayor of Orr stands corrected", ""),
        ("Course of the Marden corrected after flood", ""),
    ],
)
def test_a_headline_announces_what_became_of_its_own_article(title: str, announced: str) -> None:
    assert announced_in(title) == announced
