"""Tests which texts are live blogs, and where their entries begin."""

import pytest

from rag.text.live_entries import find_live_entries, live_entry_at

NEWEST_FIRST = """Rain has fallen on the valley since the weekend.

16:05

About 60 people have now been moved to the school, the council says.

11:10

The bridge has been closed to all traffic, police say.

09:30

The river rose above the quay at dawn and is still rising."""


def heads(text: str, title: str = "") -> list[str]:
    return [text[slice(*entry.head)] for entry in find_live_entries(text, title)]


def times(text: str, title: str = "") -> list[str]:
    return [entry.time_of_day for entry in find_live_entries(text, title)]


def entries_of(form: str) -> str:
    told = ["The river is still rising, police say.", "The bridge was closed, the council said."]
    hours = ((16, 5, "4"), (11, 10, "11"), (9, 30, "9"))
    return "\n\n".join(
        form.format(h=hour, m=minute, h12=short, half="p" if hour > 12 else "a") + told[place % 2]
        for place, (hour, minute, short) in enumerate(hours)
    )


@pytest.mark.parametrize(
    "form",
    [
        "{h:02}:{m:02} - ",
        "{h:02}:{m:02} – ",
        "{h:02}:{m:02}: ",
        "{h:02}:{m:02} | ",
        "{h:02}:{m:02} ",
        "{h}.{m:02} GMT\n\n",
        "[{h:02}:{m:02}] ",
        "({h:02}:{m:02}) ",
        "{h12}.{m:02}{half}m\n",
        "{h12}:{m:02}{half}m:\n",
        "{h12}:{m:02} {half}.m. ",
        "{h12}:{m:02} {half}.m. ET: ",
        "Posted at {h:02}:{m:02}\n\n",
        "2 April 2024, {h:02}:{m:02}\n\n",
        "{h12}:{m:02} {half}.m. Tuesday: ",
        "{h12}:{m:02} {half}.m. ET Tuesday / Ada Holm\n\n",
    ],
)
def test_an_entry_may_be_headed_in_every_usual_way(form: str) -> None:
    assert times(entries_of(form)) == ["16:05", "11:10", "09:30"]


def test_entries_cover_the_text_from_the_first_one_on() -> None:
    entries = find_live_entries(NEWEST_FIRST)
    assert NEWEST_FIRST[: entries[0].start].startswith("Rain")
    assert [entry.end for entry in entries] == [*(e.start for e in entries[1:]), len(NEWEST_FIRST)]
    assert NEWEST_FIRST[entries[0].body :].lstrip().startswith("About 60")


def test_a_place_is_in_its_entry() -> None:
    entry = live_entry_at(NEWEST_FIRST, "", NEWEST_FIRST.index("bridge"))
    assert entry is not None
    assert entry.time_of_day == "11:10"
    assert live_entry_at(NEWEST_FIRST, "", 3) is None


def test_the_order_tells_that_midnight_passed() -> None:
    text = entries_of("{h:02}:{m:02} - ") + "\n\n23:40 - The first warning was given, it said."
    assert [entry.midnights for entry in find_live_entries(text)] == [1, 1, 1, 0]
    oldest_first = "\n".join(reversed(text.split("\n\n")))
    assert [entry.midnights for entry in find_live_entries(oldest_first)] == [0, 1, 1, 1]


def test_a_line_with_a_day_heads_the_entry_below_it() -> None:
    text = f"Tuesday 2 April\n\n{entries_of('{h:02}:{m:02} - ')}"
    assert heads(text) == ["Tuesday 2 April\n\n16:05", "11:10", "09:30"]
    assert find_live_entries(text)[0].start == 0


def test_a_time_without_its_half_of_the_day_is_near_the_one_before() -> None:
    text = (
        "3:53 p.m. The pump has failed, the council says.\n\n3:40: The road is closed, it said.\n\n"
        "11:30 a.m. The gate was shut at noon, the council said."
    )
    assert times(text) == ["15:53", "15:40", "11:30"]


def test_a_time_that_may_be_in_the_evening_is_told_as_written() -> None:
    text = "8:07: The show has begun on stage.\n\n7:40: The doors were opened, and it was cold."
    assert times(f"9:15: The last prize was given to Ada Holm.\n\n{text}") == [
        "9:15",
        "8:07",
        "7:40",
    ]


TOLD = "The river is still rising, the council says."


@pytest.mark.parametrize(
    ("text", "title"),
    [
        (f"16:05 - {TOLD}\n\n11:10 - {TOLD}", "Live: flood"),
        ("9:00 - Doors\n\n10:15 - Choir\n\n11:30 - Brass band\n\n13:00 - Lunch", "The fair"),
        (
            (
                "8 p.m., Channel One: A cook returns to the village that she left.\n\n"
                "9 p.m., Channel Two: A new judge is sent to the island.\n\n"
                "10 p.m., Channel One: The last of the films is shown again."
            ),
            "Tonight's television",
        ),
        (
            (
                "9 a.m. to 11 a.m. The market is held on the green in the village.\n\n"
                "10 a.m. to noon The choir was asked to sing in the square.\n\n"
                "1 p.m. to 3 p.m. The prize is given in the hall by the mayor."
            ),
            "Saturday in the village",
        ),
        (
            (
                "14:10 - The mayor will open the fair in the square.\n\n"
                "15:00 - The choir will sing on the steps of the hall.\n\n"
                "16:30 - The prizes will be given in the large tent."
            ),
            "The fair opens on Saturday",
        ),
        (
            (
                "14.13 Ada Holm of Norway came in first in the last heat.\n\n"
                "14.40 Ines Roux of France was second after a fall.\n\n"
                "15.01 Mia Lund of Denmark was third in the final."
            ),
            "Results",
        ),
        (
            (
                "How the fire spread on Friday night was told in court.\n\n"
                "21:10 - A guard saw smoke in the yard and rang the bell.\n\n"
                "21:25 - The first engine arrived and found the gate locked.\n\n"
                "22:40 - The roof fell in, and two men were hurt."
            ),
            "Court hears of fire",
        ),
        (
            f"10:38 - {TOLD}\n\n11:50 - {TOLD}\n\n13:05 - {TOLD}",
            "Timeline: the night of the flood",
        ),
    ],
)
def test_other_lists_of_times_are_no_live_blogs(text: str, title: str) -> None:
    assert find_live_entries(text, title) == ()


def test_days_that_go_against_the_times_are_those_of_a_programme() -> None:
    text = (
        "April 13, 8 p.m. – The choir has been asked to sing old songs.\n\n"
        "April 21, 4 p.m. – The band is back with what it played last year.\n\n"
        "June 7, 1 p.m. – The film was made in the town by its pupils."
    )
    assert find_live_entries(text) == ()
