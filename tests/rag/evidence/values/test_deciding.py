"""Which of several values answers, and which only stand beside it."""

import re
from dataclasses import replace
from datetime import date

import pytest

from rag.evidence.reader import Evidence
from rag.evidence.values.corrections import Corrections
from rag.evidence.values.deciding import Decided, decide
from rag.evidence.values.grouping import count_sources
from rag.evidence.values.read_values import value_of
from rag.evidence.values.restating import Restated
from tests.rag.evidence.values.pieces import MARCH, QUESTION, asked, piece, report, told
from tests.rag.stories import found

JUNE = date(2024, 6, 1)
COST = "What did the boats lost in the storm cost?"


def decided(
    *pieces: Evidence, question: str = QUESTION, unread: tuple[Evidence, ...] = ()
) -> Decided:
    """Return what is decided of sentences, of which the first is the best."""
    passages = [found(p.found.article) for p in (*pieces, *unread)]
    return decide(
        asked(question),
        Restated(sentences=list(pieces), withdrawn=[]),
        unread,
        Corrections.of(passages),
        best=pieces[0],
        threshold=0.3,
    )


def shown(what: Decided) -> list[tuple[str, str]]:
    """Return the values with their status, newest first."""
    return [
        (group.newest.piece.found.article.text[slice(*group.newest.span)], group.status)
        for group in what.values
    ]


def test_a_later_count_of_one_story_replaces_an_earlier_one() -> None:
    early = told("The storm took 12 boats.", "12", name="early", confidence=0.6)
    late = told("The storm took 19 boats.", "19", name="late", published=JUNE)
    what = decided(early, late)
    assert shown(what) == [("19", "stands"), ("12", "superseded")]
    assert what.first is not None
    assert what.first.found.article.id == "late"
    assert not what.differ


def test_outlets_that_differ_within_days_are_both_given() -> None:
    one = told("The storm took 12 boats.", "12", name="one", source="a.example", confidence=0.6)
    other = told(
        "The storm took 19 boats.", "19", name="b", source="b.example", published=date(2024, 3, 2)
    )
    what = decided(one, other)
    assert shown(what) == [("19", "stands"), ("12", "stands")]
    assert what.differ
    assert what.first is not None
    assert what.first.found.article.id == "one"


def test_a_report_printed_late_is_of_the_day_of_its_dateline() -> None:
    early = told(
        "TARN, March 1 (Wire) — The storm took 12 boats.",
        "12",
        name="early",
        published=date(2024, 3, 2),
        source="a.example",
        confidence=0.6,
    )
    late = told("The boats lost rose to 19.", "19", name="late", published=date(2024, 3, 2))
    assert shown(decided(early, late)) == [("19", "stands"), ("12", "superseded")]


def test_each_amount_of_a_row_gives_way_to_the_last() -> None:
    texts = [
        "The storm took 12 boats.",
        "The boats lost in the storm rose to 19.",
        "The boats lost in the storm rose to 31.",
        "The boats lost in the storm fell to 30.",
    ]
    amounts, sources = ("12", "19", "31", "30"), ("a.example", *["b.example"] * 3)
    reports = [
        told(text, amount, name=f"r{day}", published=date(2024, 3, day), source=source)
        for day, (text, amount, source) in enumerate(zip(texts, amounts, sources, strict=True), 1)
    ]
    statuses = dict(shown(decided(reports[0], *reports[1:])))
    assert statuses.pop("30") == "stands"
    assert set(statuses.values()) == {"superseded"}


def test_an_amount_that_is_still_rising_gives_way_to_a_later_one() -> None:
    early = told("The storm took 12 boats so far.", "12", name="early", confidence=0.6)
    late = told(
        "The storm took 19 boats.", "19", name="b", source="b.example", published=date(2024, 3, 2)
    )
    assert shown(decided(early, late)) == [("19", "stands"), ("12", "superseded")]


def test_an_unsure_sentence_with_no_word_of_the_matter_tells_no_value() -> None:
    sure = told("The storm took 12 boats.", "12", name="sure", confidence=0.9)
    other = told("Storm chasers had 19 cars.", "19", name="other", confidence=0.1)
    assert shown(decided(sure, other)) == [("12", "stands")]


def test_an_article_shows_the_amount_that_a_correction_takes_back() -> None:
    text = (
        "The storm took many boats. The owner of the nets lost 40 nets and 62 boats in the storm."
    )
    wrong = piece(report(text), text.split(". ")[1], "40", confidence=0.05)
    column = report(
        "Our report said that 62 boats were lost in the storm. It took 26 boats, not 62.",
        name="notice",
        published=date(2024, 3, 4),
        section="corrections",
    )
    right = piece(column, "It took 26 boats, not 62.", "26", confidence=0.8)
    assert ("62", "corrected") in shown(decided(right, wrong))


def test_the_dead_are_not_counted_with_those_who_fell_ill() -> None:
    question = "How many people fell ill in Tarn?"
    ill = told("Some 40 people in Tarn fell ill.", "40", name="ill", confidence=0.6)
    dead = told("The fever in Tarn killed 4 people.", "4", name="dead", confidence=0.5)
    assert shown(decided(ill, dead, question=question)) == [("Some 40", "stands")]


def test_how_many_were_hurt_is_not_among_those_who_were_moved() -> None:
    question = "How many people have been moved in Tarn?"
    moved = told("Some 40 people have been moved in Tarn.", "40", name="moved", confidence=0.6)
    hurt = told("Some 12 people have been hurt in Tarn.", "12", name="hurt", confidence=0.5)
    assert shown(decided(moved, hurt, question=question)) == [("Some 40", "stands")]


def test_a_number_of_each_day_is_not_among_those_of_all() -> None:
    question = "How many passengers did the ferry in Tarn carry?"
    every = told("The ferry in Tarn carried 900 passengers.", "900", name="all", confidence=0.6)
    daily = told("It carried 40 passengers a day in Tarn.", "40", name="daily", confidence=0.5)
    assert shown(decided(every, daily, question=question)) == [("900", "stands")]


def test_a_comparison_shows_both_amounts_of_a_sentence() -> None:
    text = "The storm took 19 boats and 40 nets, against 12 boats in the storm of May."
    question = "Were more boats lost in the storm of June or in that of May?"
    what = decided(told(text, "19", confidence=0.6), question=question)
    assert shown(what) == [("19", "stands"), ("12", "stands")]
    one = decided(told(text, "19", confidence=0.6))
    assert shown(one) == [("19", "stands")]


def test_prices_of_several_days_do_not_replace_each_other() -> None:
    early = told("The boats lost in the storm cost £4m.", "£4m", name="early", confidence=0.6)
    late = told("The boats lost in the storm cost £9m.", "£9m", name="late", published=JUNE)
    assert decided(early, late, question=COST).differ
    now = decided(early, late, question="What do the boats lost in the storm cost now?")
    assert shown(now) == [("£9m", "stands"), ("£4m", "superseded")]


def test_an_unsure_sentence_does_not_come_first_because_it_is_new() -> None:
    sure = told("The storm took 12 boats.", "12", name="sure", confidence=0.9)
    unsure = told("Storm boats lost: 19.", "19", name="unsure", confidence=0.2, published=JUNE)
    what = decided(sure, unsure)
    assert what.first is not None
    assert what.first.found.article.id == "sure"
    assert not what.differ


def test_a_report_that_names_the_older_value_replaces_it_though_nothing_read_it() -> None:
    old = told("The boats lost in the storm cost £4m.", "£4m", name="old", confidence=0.8)
    text = "The cost of the boats lost in the storm was restated to £9m from £4m."
    new = piece(report(text, name="new", published=JUNE), text, "£9m", confidence=0.0)
    what = decided(old, question=COST, unread=(new,))
    assert shown(what) == [("£9m", "stands"), ("£4m", "superseded")]
    assert what.first is not None
    assert what.first.text == text


def test_the_highest_of_the_sure_values_is_given_if_it_is_asked_for() -> None:
    low = told("The boats lost in the storm cost £4m.", "£4m", name="low", confidence=0.6)
    high = told("The boats lost in the storm cost £9m.", "£9m", name="high")
    what = decided(low, high, question="What was the highest cost of boats lost in the storm?")
    assert what.first is not None
    assert what.first.found.article.id == "high"


def test_copies_and_one_outlets_versions_count_as_one_source() -> None:
    reports = [
        told("The storm took 12 boats.", "12", name="a", source="a.example", cluster="wire"),
        told("The storm took 12 boats.", "12", name="b", source="b.example", cluster="wire"),
        told("The storm took 12 boats.", "12", name="c", source="b.example"),
        told("The storm took 12 boats.", "12", name="d", source="d.example"),
    ]
    values = [value for p in reports if (value := value_of(p, asked())) is not None]
    assert count_sources(values) == 2


@pytest.mark.parametrize(
    ("source", "agency", "sources"),
    [
        ("Reuters", "AFP/Reuters", 1),
        ("AP", "Associated Press (AP)", 1),
        ("reuters.com", "By Reuters Staff", 1),
        ("Holm & Orr", "Holm & Orr", 1),
        ("Reuters", "AFP", 2),
        ("Reuters", "", 2),
    ],
)
def test_a_report_and_one_that_credits_its_outlet_count_as_one_source(
    source: str, agency: str, sources: int
) -> None:
    reports = [
        told("The storm took 12 boats.", "12", name="a", source=source),
        told("The storm took 12 boats.", "12", name="b", source="b.example", agency=agency),
    ]
    values = [value for p in reports if (value := value_of(p, asked())) is not None]
    assert count_sources(values) == sources


def test_days_of_the_first_and_the_last_report_are_kept() -> None:
    pieces = [
        told("The storm took 12 boats.", "12", name="a"),
        told("The storm took 12 boats.", "12", name="b", published=JUNE),
    ]
    (group,) = decided(*pieces).values
    assert (group.first, group.last) == (date(2024, 3, 1), JUNE)


def test_what_happened_elsewhere_and_long_after_is_no_value_of_this() -> None:
    storm = told("The storm at Port Alder took 12 boats.", "12", confidence=0.6)
    months_after = told(
        "The storm took 90 boats.", "90", name="far", source="b.example", published=JUNE
    )
    unsure = replace(
        months_after,
        confidence=0.1,
        signals=months_after.signals | {"names_missing": 1.0, "coverage": 0.6},
    )
    same_days = replace(
        unsure,
        found=replace(unsure.found, article=replace(unsure.found.article, published=MARCH)),
    )
    question = "How many boats were lost in the storm at Port Alder?"
    assert shown(decided(storm, unsure, question=question)) == [("12", "stands")]
    assert len(decided(storm, same_days, question=question).values) == 2


def test_dozens_answer_only_where_nobody_counted() -> None:
    vague = told("The storm took dozens of boats.", "dozens", name="vague", confidence=0.8)
    alone = decided(vague)
    assert shown(alone) == [("dozens", "stands")]
    later = told("The storm took dozens of boats.", "dozens", name="vague", published=JUNE)
    counted = told("The storm took 12 boats.", "12", name="counted", confidence=0.7)
    other = told("The storm took 48 boats.", "48", name="other", confidence=0.7)
    # "Dozens" may be both of them, and replaces neither.
    what = decided(later, counted, other)
    assert {value for value, _ in shown(what)} >= {"12", "48"}
    assert all(status == "stands" for _, status in shown(what))
    assert what.first is not None
    assert what.first.found.article.id != "vague"


def test_the_last_report_of_a_value_answers_if_another_was_given_between() -> None:
    first = told("The storm took 12 boats.", "12", name="first", confidence=0.6)
    between = told(
        "The storm took 11 boats and not 12.", "11", name="b", published=date(2024, 3, 4)
    )
    # It is less sure than an answer must be, and says the same again.
    last = told(
        "It was the storm that took 12 boats.", "12", name="last", published=JUNE, confidence=0.29
    )
    what = decided(first, between, last)
    assert shown(what) == [("12", "stands"), ("11", "superseded")]
    assert what.first is not None
    assert what.first.found.article.id == "last"


def test_what_is_sure_enough_to_answer_may_be_the_newest() -> None:
    sure = told("The storm took 12 boats.", "12", name="sure", confidence=0.9)
    late = told("The storm took 19 boats.", "19", name="late", published=JUNE, confidence=0.4)
    assert shown(decided(sure, late)) == [("19", "stands"), ("12", "superseded")]


def test_a_later_amount_that_is_not_sure_leaves_the_present_one_in_doubt() -> None:
    question = "How many boats are lost in the storm now?"
    sure = told("The storm took 12 boats.", "12", name="sure", confidence=0.9)
    late = told("The storm took 19 boats.", "19", name="late", published=JUNE, confidence=0.3)
    early = told("The storm took 9 boats.", "9", name="early", confidence=0.3)
    assert decided(sure, late, question=question).differ
    assert not decided(sure, early, question=question).differ


def test_an_unsure_sentence_tells_an_amount_again_only_of_the_same_thing() -> None:
    sure = told("The storm took 12 boats.", "12", name="sure", confidence=0.9)
    again = told("Fishers lost 12 boats.", "12", name="again", published=JUNE, confidence=0.1)
    other = told("A crane fell on 12 men.", "12", name="other", published=JUNE, confidence=0.1)
    (group,) = decided(sure, again, other).values
    assert {value.piece.found.article.id for value in group.told} == {"sure", "again"}


def test_what_would_not_answer_alone_replaces_only_a_count_of_the_same_thing() -> None:
    sure = told("The storm took 12 boats.", "12", name="sure", confidence=0.45)
    bare = told("The storm: police say there were 24.", "24", name="bare", published=JUNE)
    bare = replace(bare, confidence=0.26)
    what = decided(sure, bare)
    assert shown(what) == [("24", "stands"), ("12", "stands")]
    assert what.first is not None
    assert what.first.found.article.id == "sure"
    assert not what.differ
    newest = decided(sure, bare, question="How many boats has the storm taken by now?")
    assert shown(newest) == [("24", "stands"), ("12", "superseded")]
    boats = told("It took 24 boats in the storm.", "24", name="bare", published=JUNE)
    assert shown(decided(sure, replace(boats, confidence=0.26))) == [
        ("24", "stands"),
        ("12", "superseded"),
    ]


def test_a_later_value_answers_with_its_own_confidence() -> None:
    sure = told("The storm took 12 boats.", "12", name="sure", confidence=0.9)
    late = told("The storm took 19 boats.", "19", name="late", published=JUNE, confidence=0.5)
    assert decided(sure, late).confidence == 0.5
    assert decided(late, sure).confidence is None
    text = "The number of boats lost in the storm was cut from 12 to 9."
    named = told(text, "9", name="named", published=JUNE, confidence=0.1)
    what = decided(sure, named)
    assert (shown(what)[0], what.confidence) == (("9", "stands"), None)


def test_what_is_superseded_is_so_by_the_value_that_was_sure_enough() -> None:
    early = told("The storm took 12 boats.", "12", name="early", confidence=0.6)
    late = told("The storm took 19 boats.", "19", name="late", published=JUNE)
    weak = told(
        "Boats in the storm: 7.", "7", name="weak", published=date(2024, 6, 9), confidence=0.2
    )
    (seven, nineteen, twelve) = decided(early, late, weak).values
    assert (seven.stands, nineteen.stands, twelve.follower) == (True, True, nineteen.newest)


def test_money_does_not_replace_a_bare_number() -> None:
    question = "How old was the sailor lost in the storm?"
    age = told("A sailor aged 52 was lost in the storm.", "52", name="age", confidence=0.7)
    text = "Fees for boats lost in the storm will rise from £52 to £60."
    fees = piece(report(text, name="fees", published=JUNE), text, "£60", confidence=0.0)
    what = decided(age, question=question, unread=(fees,))
    assert shown(what) == [("52", "stands")]


def test_a_toll_is_not_among_those_who_were_hurt_however_far_its_word_is() -> None:
    question = "How many were hurt in the crash at Tarn?"
    hurt = told("The crash at Tarn hurt 22 people.", "22", name="hurt", confidence=0.6)
    text = "The number of people killed in the crash of a coach at Tarn on Monday rose to 16."
    dead = told(text, "16", name="dead", published=JUNE)
    assert shown(decided(hurt, dead, question=question)) == [("22", "stands")]
    again = told("The dead in the crash at Tarn are 14.", "14", name="first", confidence=0.6)
    deaths = decided(again, dead, question="How many people died in the crash at Tarn?")
    assert shown(deaths) == [("16", "stands"), ("14", "superseded")]


def test_a_later_amount_of_another_matter_does_not_replace_the_first() -> None:
    question = "How many boats did Holm lose?"
    storm = told("Holm lost 12 boats.", "12", name="storm", confidence=0.6)
    text = "Boats: 30. The regatta for juniors, a brass band, dancing and fireworks drew a crowd."
    other = piece(report(text, name="regatta", published=JUNE), "Boats: 30.", "30", confidence=0.5)
    what = decided(storm, other, question=question)
    assert shown(what) == [("30", "stands"), ("12", "stands")]
    assert what.first is not None
    assert what.first.found.article.id == "storm"


@pytest.mark.parametrize(
    ("question", "text", "marked", "older"),
    [
        (
            "What was the turnout in the first round?",
            "Turnout fell to 63% from 70% in the first round.",
            "70%",
            "70%",
        ),
        (
            "What was the speed limit before?",
            "The speed limit was lowered to 40 from 60.",
            "40",
            "60",
        ),
    ],
)
def test_the_older_amount_that_is_asked_for_is_not_replaced(
    question: str, text: str, marked: str, older: str
) -> None:
    what = decided(told(text, marked, confidence=0.8), question=question)
    assert shown(what) == [(older, "stands")]
    assert what.first is not None
    assert what.first.marked == older


def test_a_report_of_the_older_amount_answers_if_that_is_asked_for() -> None:
    text = "The cost of the boats lost in the storm was restated to £9m from £4m."
    early = told("The boats lost in the storm cost £4m.", "£4m", name="old", confidence=0.8)
    late = told(text, "£9m", name="new", published=JUNE)
    question = "What did the boats lost in the storm cost before"
    assert shown(decided(early, late, question=f"{question}?")) == [("£4m", "stands")]
    now = decided(early, late, question=COST)
    assert shown(now) == [("£9m", "stands"), ("£4m", "superseded")]


def test_the_first_report_answers_what_was_so_at_first() -> None:
    late = told("The storm took 19 boats.", "19", name="late", published=JUNE, confidence=0.6)
    early = told("The storm took 12 boats.", "12", name="early", source="b.example")
    what = decided(late, early, question="How many boats were initially lost in the storm?")
    assert what.first is not None
    assert (what.first.found.article.id, what.differ) == ("early", False)


def test_a_part_does_not_replace_its_whole() -> None:
    question = "How many boats of Tarn were freed after the storm?"
    text = "So far 29 of the 43 boats were freed after the storm in Tarn."
    part = told(text, "29", name="part", published=JUNE, confidence=0.6)
    whole = told("The storm in Tarn beached 43 boats.", "43", name="whole")
    assert shown(decided(part, whole, question=question)) == [("29", "stands")]
    both = decided(whole, part, question="How many boats did the storm in Tarn beach?")
    assert shown(both) == [("43", "stands")]


def test_the_numbers_of_a_vote_do_not_replace_a_count() -> None:
    question = "How many members does the board of Tarn have?"
    board = told("The board of Tarn has nine members.", "nine", name="board", confidence=0.7)
    vote = told("The board of Tarn voted 7-2 for it.", "7", name="vote", published=JUNE)
    assert shown(decided(board, vote, question=question)) == [("nine", "stands")]
    aged = told("The board of Tarn is of 7-12 members.", "12", name="vote", published=JUNE)
    assert len(decided(board, aged, question=question).values) == 2


def test_a_promise_does_not_replace_what_is_so() -> None:
    tax = told("The tax on boats lost in a storm is 16%.", "16%", name="tax", confidence=0.6)
    text = "Orr has promised to cut the tax on boats lost in a storm to 12% from 16%."
    promise = piece(report(text, name="new", published=JUNE), text, "12%", confidence=0.0)
    question = "What is the tax on boats lost in a storm?"
    assert shown(decided(tax, question=question, unread=(promise,))) == [("16%", "stands")]


@pytest.mark.parametrize(
    ("question", "sure", "other"),
    [
        (
            "What does a single ticket cost?",
            ("A single ticket costs £2.", "£2"),
            ("The line will cost £9m.", "£9m"),
        ),
        (
            "How long does the crossing take?",
            ("The crossing takes 50 minutes.", "50 minutes"),
            ("It will take over six weeks.", "over six weeks"),
        ),
        (
            "How many sailors were aboard the boat?",
            ("Aboard the boat were 12 sailors.", "12"),
            ("The cook of the boat, Anna Holm (52), is safe.", "52"),
        ),
    ],
)
def test_what_only_shares_a_verb_or_is_an_age_is_no_value(
    question: str, sure: tuple[str, str], other: tuple[str, str]
) -> None:
    early = told(*other, name="other", published=date(2024, 2, 1), confidence=0.15)
    early = replace(early, signals=early.signals | {"coverage": 0.5, "names_missing": 0.0})
    first = told(*sure, name="sure", confidence=0.8)
    assert shown(decided(first, early, question=question)) == [(sure[1], "stands")]


def test_what_corrects_another_matter_is_no_value() -> None:
    question = "How old is the school of Tarn?"
    text = (
        "An earlier version of this story said that Orr had taught for 11 years. It was 21 years."
    )
    school = told("Tarn will shut the 88-year-old school.", "88", name="school", confidence=0.8)
    article = report(f"Orr has left.\n\nCorrection: {text}", name="notice", published=JUNE)
    bare = piece(article, "It was 21 years.", "21 years", confidence=0.42)
    assert shown(decided(school, bare, question=question)) == [("88-year-old", "stands")]
    own = report(f"Orr has left.\n\nCorrection: {text}".replace("taught", "had the school"))
    matter = piece(replace(own, published=JUNE), "It was 21 years.", "21 years", confidence=0.42)
    assert len(decided(school, matter, question=question).values) == 2


@pytest.mark.parametrize(
    ("question", "first", "later"),
    [
        (
            "How many people were taken to hospital?",
            ("The storm left seven people in hospital.", "seven"),
            ("Five people are still in hospital.", "Five"),
        ),
        (
            "How many people did the ferry carry?",
            ("The ferry carried 900 people on its first day.", "900"),
            ("The ferry carried 40,000 people in its first year.", "40,000"),
        ),
        (
            "How many people needed treatment?",
            ("Seven people needed treatment.", "Seven"),
            ("The number of fever cases among people has reached 64.", "64"),
        ),
    ],
)
def test_an_amount_of_another_part_of_the_story_replaces_nothing(
    question: str, first: tuple[str, str], later: tuple[str, str]
) -> None:
    early = told(*first, name="early", confidence=0.6)
    late = told(*later, name="late", published=date(2024, 3, 6))
    assert shown(decided(early, late, question=question)) == [(first[1], "stands")]


def test_those_who_are_still_missing_are_brought_up_to_date() -> None:
    early = told("The storm left 20 people missing at sea.", "20", name="early", confidence=0.6)
    text = "The storm left 12 people still missing at sea."
    late = told(text, "12", name="late", published=JUNE)
    what = decided(early, late, question="How many people were missing after the storm?")
    assert shown(what) == [("12", "stands"), ("20", "superseded")]


def test_a_reprint_does_not_renew_what_its_agency_has_updated() -> None:
    first = told("The storm took 12 boats.", "12", name="a", cluster="story", confidence=0.6)
    late = date(2024, 3, 2)
    again = told(
        "The storm took 12 boats.",
        "12",
        name="b",
        source="b.example",
        published=late,
        cluster="story",
    )
    update = told("The storm took 19 boats.", "19", name="c", published=late)
    assert shown(decided(first, again, update)) == [("19", "stands"), ("12", "superseded")]
    own = replace(
        again, found=replace(again.found, article=replace(again.found.article, cluster="own"))
    )
    assert {status for _, status in shown(decided(first, own, update))} == {"stands"}


@pytest.mark.parametrize("vote", ["9-3", "nine to three", "by nine votes to three", "by 9 to 3"])
def test_a_vote_does_not_stand_beside_a_count(vote: str) -> None:
    count = told("The storm plan drew 1,480 objections.", "1,480", name="count", confidence=0.7)
    text = f"The board voted {vote} against the storm plan."
    number = "nine" if "nine" in vote else "9"
    score = told(text, number, name="vote", published=JUNE, confidence=0.4)
    what = decided(count, score, question="How many people objected to the storm plan?")
    assert shown(what) == [("1,480", "stands")]


@pytest.mark.parametrize(
    ("question", "sentence", "expected"),
    [
        ("What was the biggest fine?", "It is its third fine; the largest was £7m.", "£7m"),
        ("What was the biggest fine?", "Its biggest fine so far, of £7m, was in May.", "£7m"),
        ("What was the smallest fine?", "It is its third fine; the smallest was £1m.", "£1m"),
        ("What was the fine?", "It is its third fine; the largest was £7m.", "£3m"),
        ("What was the biggest fine?", "It is its third fine; the largest mill is £7m.", "£3m"),
        ("What was the biggest fine?", "It is its third fine; the longest was 7 weeks.", "£3m"),
    ],
)
def test_an_amount_that_is_called_the_largest_is_the_largest(
    question: str, sentence: str, expected: str
) -> None:
    article = report(f"Holm Mills got a fine of £3m. {sentence}")
    of_now = piece(article, "Holm Mills got a fine of £3m.", "£3m", confidence=0.68)
    amount = re.search(r"£?7m|£1m|7", sentence)
    assert amount is not None
    of_most = piece(article, sentence, amount[0], confidence=0.5)
    what = decided(of_now, of_most, question=question)
    assert what.first is not None
    assert what.first.marked == expected
