import pytest

from ingest.formats.page_names import choose_title, guessed_names, person_names, without_site

SITES = ["The Harbour Post", "harbourpost.example", "harbourpost"]


@pytest.mark.parametrize(
    ("declared", "heading", "window", "title"),
    [
        # What is shown and the window agree against what is for other sites.
        (["Bridge shut!"], "The bridge is shut", "The bridge is shut - HP", "The bridge is shut"),
        # The shown heading is another story's.
        (["Bridge is shut"], "Most read this week", "Bridge is shut | HP", "Bridge is shut"),
        # A section behind a bar is no part of the headline.
        (["Bridge is shut | Opinion"], "Bridge is shut", "Bridge is shut | HP", "Bridge is shut"),
        (["Bridge shut", "A bridge is shut"], "", "A bridge is shut – HP", "A bridge is shut"),
        (["The bridge is shut"], "News", "Something else", "The bridge is shut"),
        # One that was cut off is no heading with something behind it.
        (["A bridge is shut until"], "A bridge is shut until May", "", "A bridge is shut until"),
    ],
)
def test_the_title_is_what_most_names_of_the_page_agree_on(
    declared: list[str], heading: str, window: str, title: str
) -> None:
    assert choose_title(declared, [heading], window) == title


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("The bridge is shut | HarbourPost", "The bridge is shut"),
        ("The bridge is shut - Harbour Post", "The bridge is shut"),
        ("The bridge is shut - for good", "The bridge is shut - for good"),
        ("Harbour Post", "Harbour Post"),
    ],
)
def test_the_name_of_the_site_is_no_part_of_a_title(given: str, kept: str) -> None:
    assert without_site(given, SITES) == kept


@pytest.mark.parametrize(
    ("authors", "kept"),
    [
        (["Ana Ruiz, Harbour Post"], ["Ana Ruiz"]),
        (["Ana Ruiz | Coast desk for Harbour Post"], ["Ana Ruiz"]),
        (["Ana Ruiz November", "Harbour Post"], ["Ana Ruiz"]),
        (["admin"], []),
        (["Theresa May", "J. Doe, Jr."], ["Theresa May", "J. Doe, Jr."]),
        (["The Associated Press"], ["The Associated Press"]),
    ],
)
def test_authors_are_persons_and_not_the_site(authors: list[str], kept: list[str]) -> None:
    assert person_names(authors, SITES) == kept


@pytest.mark.parametrize(
    ("guessed", "kept"),
    [
        (["Jane Doe", "Bob Poe", "BBC News", "Paris"], ["Jane Doe", "Bob Poe"]),
        (["Jane Doe is the transport correspondent", "Won A Prize"], []),
        (["Vera van der Holm", "Jack Ma", "Will Grant", "Rob de la Cruz"],) * 2,
        (["Paris Hill", "Jordan Orr"], ["Paris Hill", "Jordan Orr"]),
        (["Reuters"], ["Reuters"]),
        (
            ["Ana Ruiz", "Jane Doe Coast Press", "The Orr Post"],
            ["Ana Ruiz", "Jane Doe Coast Press"],
        ),
        (["Holm wire services"], ["Holm wire services"]),
    ],
)
def test_guessed_authors_are_names(guessed: list[str], kept: list[str]) -> None:
    assert guessed_names(guessed) == kept
