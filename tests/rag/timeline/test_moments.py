from datetime import date

from rag.records import Article
from rag.timeline.dating import Dated
from rag.timeline.moments import Moment, merge_retellings, pick_strongest
from tests.rag.stories import dated, story


def merged(*articles: Article) -> list[Moment]:
    return merge_retellings(dated(*articles))


def names(moment: Moment) -> list[str]:
    return [one.piece.found.article.id for one in moment.told]


def days(moments: list[Moment]) -> list[str]:
    return [str(moment.best.first) for moment in moments]


def test_retellings_share_a_moment_the_strongest_first() -> None:
    [moment] = merged(
        story("The northern truce took effect at midnight on Tuesday."),
        story("The northern truce took effect at midnight on 10 November 2020.", name="post"),
    )
    assert sorted(names(moment)) == ["post", "wire"]
    assert moment.told[0].strength >= moment.told[1].strength
    assert moment.strength > moment.best.strength


def test_other_events_of_a_day_are_moments_of_their_own() -> None:
    told = merged(
        story("The northern truce took effect on Tuesday."),
        story("Crowds stormed parliament in fury on Tuesday over a deal.", name="post"),
    )
    assert days(told) == ["2020-11-10", "2020-11-10"]


def test_a_story_tells_a_moment_once_and_so_do_its_copies() -> None:
    text = "The northern truce took effect at midnight on Tuesday."
    [moment] = merged(
        story(f"{text} {text}", cluster="wire"), story(text, name="reprint", cluster="wire")
    )
    assert len(moment.told) == 1


def test_what_is_told_in_passing_supports_a_moment_of_its_day() -> None:
    [moment] = merged(
        story("The northern truce took effect on Tuesday.", published=date(2020, 11, 11)),
        story("The northern truce, which took effect on Tuesday, is kept.", name="post"),
    )
    assert [one.aside for one in moment.told] == [False, True]


def test_a_month_supports_the_day_in_it_of_which_it_tells_the_same() -> None:
    [moment] = merged(
        story("The northern truce took effect in the north in November 2020.", name="month"),
        story("The northern truce took effect in the north on 10 November 2020."),
    )
    assert names(moment) == ["wire", "month"]
    assert moment.best.first == moment.best.last == date(2020, 11, 10)


def test_a_month_of_which_other_things_are_told_is_a_moment_of_its_own() -> None:
    told = merged(
        story("Crowds stormed parliament over a deal in November 2020.", name="month"),
        story("The northern truce took effect in the north on 10 November 2020."),
    )
    assert sorted(days(told)) == ["2020-11-01", "2020-11-10"]


def test_a_day_of_the_week_that_is_weeks_off_supports_the_date() -> None:
    later = "The northern truce took effect at midnight on {} the ministry said."
    [moment] = merged(
        story(later.format("Tuesday"), name="gone-on-with", published=date(2020, 10, 29)),
        story(later.format("10 November 2020")),
    )
    assert names(moment) == ["wire", "gone-on-with"]
    assert days([moment]) == ["2020-11-10"]


def test_two_dates_that_are_weeks_apart_are_two_moments() -> None:
    text = "The northern truce took effect at midnight on {} the ministry said."
    told = merged(
        story(text.format("27 October 2020"), name="first"), story(text.format("10 November 2020"))
    )
    assert len(told) == 2


def test_an_unsure_day_stands_alone_only_after_the_story_has_begun() -> None:
    unsure = story("Crowds stormed parliament over a deal on Friday.", name="unsure")
    assert merged(unsure) == []
    told = merged(story("The northern truce took effect on 1 November 2020."), unsure)
    assert sorted(days(told)) == ["2020-11-01", "2020-11-06"]


def told_on(day: int, *, word: str) -> Dated:
    [one] = dated(story(f"The {word} of the north came on {day} October 2020.", name=word))
    return one


def test_at_most_so_many_are_picked_many_days_before_much_of_one() -> None:
    crowd = [Moment(told=(told_on(1, word=word),)) for word in ("truce", "deal", "pact")]
    others = [Moment(told=(told_on(day, word="end"),)) for day in (2, 3)]
    picked = pick_strongest([*crowd, *others], 3)
    assert {moment.best.first.day for moment in picked} == {1, 2, 3}
    assert pick_strongest(crowd, 0) == []
