import io

import pytest

from ingest.formats import database_text, detect
from ingest.formats.databases import articles_in, is_export
from ingest.found import FoundRecord, Reason, Skip
from ingest.inputs import Input

FIRST = (
    "The ferry sailed to the island again on Tuesday, after weeks of repairs to its landing stage."
)
SECOND = "Crowds came: the first since the winter."
OLD_NEXIS = f"""
                               1 of 2 DOCUMENTS

                            The Saltby Gazette

                         March 2, 2021 Tuesday
                              Late Edition

Ferry sails again

BYLINE: By Ann Tide

SECTION: Coast; Pg. 3

LENGTH: 20 words

DATELINE: SALTBY

{FIRST}

{SECOND}

LOAD-DATE: March 3, 2021

LANGUAGE: ENGLISH

                               2 of 2 DOCUMENTS

                            The Saltby Gazette

                         March 4, 2021 Thursday

Rain falls

LENGTH: 9 words

It rained.

LOAD-DATE: March 5, 2021
"""
NEXIS_UNI = [
    "Ferry sails again",
    "The Saltby Gazette",
    "March 2, 2021 Tuesday",
    "Copyright 2021 Gazette Ltd All Rights Reserved",
    "Section: COAST; Pg. 3",
    "Length: 20 words",
    "Byline: Ann Tide",
    "Body",
    FIRST,
    SECOND,
    "Classification",
    "Language: ENGLISH",
    "Load-Date: March 3, 2021",
    "End of Document",
]
FACTIVA = [
    "Coast",
    "Ferry sails again",
    "By Ann Tide",
    "1,020 words",
    "2 March 2021",
    "10:00 GMT",
    "The Saltby Gazette",
    "SALTGZ",
    "English",
    "Copyright 2021, Gazette Ltd",
    FIRST,
    SECOND,
    "Document SALTGZ0020210302eh3200001",
]
LABELLED = [
    "HD Ferry sails again",
    "BY By Ann Tide",
    "WC 20 words",
    "PD 2 March 2021",
    "SN The Saltby Gazette",
    "CY Copyright 2021, Gazette Ltd",
    "LP",
    FIRST,
    "TD",
    SECOND,
    "NS gcat : News",
    "AN Document SALTGZ0020210302eh3200001",
]
PROQUEST = [
    "Document 1 of 2",
    "Ferry sails again",
    "Author: Ann Tide",
    "Title: Ferry sails again",
    "Publication title: The Saltby Gazette",
    "Publication date: Mar 2, 2021",
    "Document URL: https://proquest.example/7",
    f"Full text: {FIRST}",
    SECOND,
    "Subject: Ferries",
    "Last updated: 2021-03-05",
]


@pytest.mark.parametrize(
    "lines",
    [OLD_NEXIS.splitlines(), NEXIS_UNI, FACTIVA, LABELLED, PROQUEST],
    ids="old-nexis nexis-uni factiva labelled-factiva proquest".split(),
)
def test_the_document_of_each_database_gives_its_fields(lines: list[str]) -> None:
    assert is_export(lines)
    fields, *_ = articles_in(lines)
    assert fields["title"] == "Ferry sails again"
    assert fields["published"] == "2021-03-02"
    assert fields["source"] == "The Saltby Gazette"
    assert fields["authors"] == ["Ann Tide"]
    assert fields["text"] == f"{FIRST}\n\n{SECOND}"


def test_every_document_of_an_export_is_an_article() -> None:
    for lines in (NEXIS_UNI, FACTIVA, LABELLED, PROQUEST):
        assert len(list(articles_in(["Contents", *lines, *lines]))) == 2


def test_a_text_that_is_no_export_is_not_parted() -> None:
    assert not is_export(["Ferry sails", "March 2, 2021", FIRST, "Document it well."])


def items(content: str) -> list[FoundRecord | Skip]:
    source = Input(name="a.txt", opener=lambda: io.BytesIO(content.encode()))
    assert detect(source.head(), ".txt") is database_text
    return list(database_text.read(source))


def test_the_plain_text_of_an_export_gives_its_articles() -> None:
    wrapped = OLD_NEXIS.replace("Tuesday, after weeks", "Tuesday, after\nweeks")
    first, second = items(wrapped)
    assert isinstance(first, FoundRecord)
    assert first.fields["text"] == f"{FIRST}\n\n{SECOND}"
    assert isinstance(second, FoundRecord)
    assert second.fields["title"] == "Rain falls"
    assert second.fields["text"] == "It rained."


def test_an_export_of_headlines_only_says_so() -> None:
    (skip,) = items(
        "Ferry sails again\n\n20 words\n\n2 March 2021\n\nDocument SALT0020210302eh3200001"
    )
    assert isinstance(skip, Skip)
    assert skip.reason == Reason.NO_TEXT
