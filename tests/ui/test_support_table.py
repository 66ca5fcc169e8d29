"""The table of who reported what."""

from datetime import date

from rag.records import Value
from ui.support_table import say_days, say_status, support_lines

MARCH, JUNE = date(2024, 3, 4), date(2024, 6, 1)
NEW = Value(
    text="19 boats",
    first=MARCH,
    last=JUNE,
    sources=2,
    outlets=("a.example", "b.example"),
    citations=(1, 2),
)
OLD = Value(
    text="12 boats of the fishing fleet and the harbour pilots",
    status="corrected",
    replaced_by="19 boats",
    first=MARCH,
    last=MARCH,
    outlets=("a newspaper with a name that is far too long for its column",),
    citations=(3,),
)


def test_the_table_has_every_value_with_its_days_and_outlets() -> None:
    lines = support_lines([NEW, OLD], quoted=["a.example"], width=80)
    text = "\n".join(lines)
    assert "19 boats" in text
    assert "2: a.example, b.example" in text
    assert "[1] [2]" in text


def test_the_table_fits_eighty_columns() -> None:
    lines = "\n".join(support_lines([NEW, OLD], quoted=["a.example"], width=80)).split("\n")
    assert max(map(len, lines)) <= 80


def test_one_value_of_one_source_is_a_line() -> None:
    value = Value(text="19", outlets=("a.example",))
    alone = support_lines([value], quoted=["a.example"], width=80)
    assert alone == ["Only one source was found for this: a.example."]
    assert support_lines([value], quoted=["a.example", "b.example"], width=80) == []
    assert support_lines([], quoted=[], width=80) == []


def test_a_value_says_what_took_its_place() -> None:
    assert say_status(OLD) == "corrected since to 19 boats"
    assert say_status(Value(text="12", status="superseded", replaced_by="19")) == (
        "replaced since by 19"
    )
    assert say_status(NEW) == ""


def test_without_a_day_there_is_no_date() -> None:
    assert say_days(Value(text="19")) == "no date"
    assert say_days(NEW) == "4 March to 1 June 2024"
