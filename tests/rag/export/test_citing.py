"""Tests the references by reading them with the parsers that others use."""

import json
from dataclasses import replace
from datetime import date
from typing import Any

import bibtexparser
import pytest
import rispy
from bibtexparser.middlewares import LatexDecodingMiddleware
from citeproc import Citation as Cite
from citeproc import CitationItem, CitationStylesBibliography, CitationStylesStyle, formatter
from citeproc.source.json import CiteProcJSON

from rag.errors import QuestionError
from rag.export.citing.bibtex import write_bibtex
from rag.export.citing.csl import write_csl
from rag.export.citing.entries import gather_entries, in_one_line
from rag.export.citing.footnotes import write_footnotes
from rag.export.citing.ris import write_ris
from rag.records import Citation, Value
from tests.rag.export.hostile import ATTACK, HOSTILE, PLAIN, answer_with

ENTRIES = gather_entries([PLAIN, HOSTILE], accessed=date(2026, 11, 27))
IN_ONE_LINE = "“The ferry sank at 4.10 a.m. All 31 people were saved.”"


def test_quotes_of_one_article_are_one_reference() -> None:
    again = replace(PLAIN, number=3, quote="All were saved.")
    (entry,) = gather_entries([PLAIN, again, replace(again, number=4)])
    assert entry.key == "norlegazette-2021-03-04-e9087d"
    assert entry.numbers == (1, 3, 4)
    assert entry.quotes == ("The ferry sank at 4.10 a.m. All 31 people were saved.", again.quote)


@pytest.mark.parametrize(
    "other",
    [
        replace(PLAIN, article_id="ferry-2"),
        replace(PLAIN, published=date(2021, 3, 5)),
        replace(PLAIN, source="Orr Gazette"),
    ],
)
def test_articles_of_different_answers_have_different_keys_and_the_same_one_its_own(
    other: Citation,
) -> None:
    (mine,), (theirs,) = gather_entries([PLAIN]), gather_entries([other])
    assert mine.key != theirs.key
    (again,) = gather_entries([replace(PLAIN, number=9)])
    assert again.key == mine.key


def test_footnotes_have_the_numbers_of_the_quotes() -> None:
    other = replace(PLAIN, number=2, article_id="ferry-2")
    notes = write_footnotes(gather_entries([PLAIN, other, replace(PLAIN, number=3)]))
    assert [line.split(" Ida")[0] for line in notes.splitlines()] == ["[1] [3]", "[2]"]


OUTDATED = replace(
    PLAIN,
    number=2,
    article_id="ferry-2",
    note="Correction: an earlier version of this article said 30",
    genre="opinion",
)
REMARKS = [
    "This is opinion.",
    "Does not hold any more: 31 people (corrected since to 29).",
    "Note: Correction: an earlier version of this article said 30.",
]


def test_what_does_not_hold_what_is_opinion_and_what_editors_note_is_in_every_format() -> None:
    answer = replace(
        answer_with(PLAIN, OUTDATED),
        values=(
            Value(text="29 people", citations=(1,)),
            Value(text="31 people", status="corrected", replaced_by="29", citations=(2,)),
        ),
    )
    note = " ".join([IN_ONE_LINE, *REMARKS])
    notes = answer.export("footnotes").splitlines()
    assert notes[0].endswith(f": {IN_ONE_LINE}")
    assert notes[1].endswith(f": {note}")
    assert [item["note"] for item in json.loads(answer.export("csl-json"))] == [IN_ONE_LINE, note]
    assert [e["note"] for e in read_bibtex(answer.export("bibtex")).values()] == [IN_ONE_LINE, note]
    assert [record["notes"] for record in read_ris(answer.export("ris"))] == [
        [IN_ONE_LINE],
        [IN_ONE_LINE, *REMARKS],
    ]


def test_an_article_without_a_headline_is_named_by_its_id_and_without_a_page_not_accessed() -> None:
    bare = replace(PLAIN, article_id="box 7/31", title="", source="", url="", authors=())
    entries = gather_entries([bare], accessed=date(2026, 11, 27))
    assert write_footnotes(entries) == f"[1] article box 7/31, 4 March 2021: {IN_ONE_LINE}\n"
    (item,) = json.loads(write_csl(entries))
    (entry,) = read_bibtex(write_bibtex(entries)).values()
    (record,) = read_ris(write_ris(entries))
    assert item["title"] == entry["title"] == record["title"] == "box 7/31"
    assert not {"accessed", "urldate", "access_date"} & {*item, *entry, *record}


def test_the_day_of_access_may_be_text_as_every_other_day() -> None:
    answer = answer_with(PLAIN)
    by_date = answer.export("bibtex", accessed=date(2026, 11, 27))
    assert answer.export("bibtex", accessed="2026-11-27") == by_date
    with pytest.raises(QuestionError, match="accessed is 'today'; write a day as YYYY-MM-DD"):
        answer.export("bibtex", accessed="today")


def test_csl_is_read_by_a_citation_processor() -> None:
    items = json.loads(write_csl(ENTRIES))
    style = CitationStylesStyle("harvard-cite-them-right", validate=False)
    bibliography = CitationStylesBibliography(style, CiteProcJSON(items), formatter.plain)
    for item in items:
        bibliography.register(Cite([CitationItem(item["id"])]))
    plain, hostile = (str(entry) for entry in bibliography.bibliography())
    for part in ("Ida Brandt", "2021", "Ferry sinks off Norle", "Norle Gazette"):
        assert part in plain
    assert "Forged" in hostile  # as words of the title, and not as a reference of its own


def test_csl_has_the_day_the_address_and_the_quote() -> None:
    plain, hostile = json.loads(write_csl(ENTRIES))
    assert plain["issued"] == {"date-parts": [[2021, 3, 4]]}
    assert plain["accessed"] == {"date-parts": [[2026, 11, 27]]}
    assert (plain["URL"], plain["note"]) == (PLAIN.url, IN_ONE_LINE)
    assert plain["author"] == [{"literal": name} for name in PLAIN.authors]
    assert "issued" not in hostile
    assert hostile["title"] == in_one_line(HOSTILE.title)


def read_bibtex(text: str) -> dict[str, dict[str, str]]:
    library = bibtexparser.parse_string(text, append_middleware=[LatexDecodingMiddleware()])
    assert not library.failed_blocks
    assert len(library.blocks) == len(library.entries)
    entries = {e.key: {f.key: str(f.value) for f in e.fields} for e in library.entries}
    # LaTeX does not read what is in an address.
    for entry in bibtexparser.parse_string(text).entries:
        if "url" in entry:
            entries[entry.key]["url"] = str(entry["url"])
    return entries


def test_bibtex_is_read_back_letter_for_letter() -> None:
    entries = read_bibtex(write_bibtex(ENTRIES))
    assert list(entries) == [entry.key for entry in ENTRIES]
    plain, hostile = entries.values()
    assert plain["title"] == PLAIN.title
    assert plain["author"] == "Ida Brandt and Gazette staff and agencies"
    assert (plain["date"], plain["month"], plain["url"]) == ("2021-03-04", "mar", PLAIN.url)
    assert "month" not in hostile
    assert plain["note"] == IN_ONE_LINE
    for name, text in (("title", HOSTILE.title), ("note", ENTRIES[1].note)):
        # The parser knows no names of braces, and takes a circumflex for an accent.
        wanted = in_one_line(text).translate({ord("{"): None, ord("}"): None})
        assert hostile[name].replace("ˆ", "^").replace(" ", "") == wanted.replace(" ", "")


@pytest.mark.parametrize("text", ["1990--95", "``so''", "no?`", "a --- b"])
def test_tex_makes_no_other_character_of_two(text: str) -> None:
    (read,) = read_bibtex(write_bibtex(gather_entries([replace(PLAIN, title=text)]))).values()
    assert read["title"] == text


def test_no_field_of_bibtex_has_a_brace_or_a_macro_of_the_text() -> None:
    text = write_bibtex(ENTRIES)
    assert "@article{evil" not in text
    assert r"\input{" not in text
    for line in text.splitlines()[1:]:
        if line != "}" and not line.startswith("@article{"):
            assert line.count("{") == line.count("}")


def read_ris(text: str) -> list[dict[str, Any]]:
    return rispy.loads(text)


def test_ris_is_read_back_and_no_value_is_a_tag() -> None:
    plain, hostile = read_ris(write_ris(ENTRIES))
    assert plain["type_of_reference"] == "NEWS"
    assert plain["title"] == PLAIN.title
    assert plain["authors"] == list(PLAIN.authors)
    assert (plain["secondary_title"], plain["date"]) == (PLAIN.source, "2021/03/04")
    assert plain["urls"] == [PLAIN.url]
    assert plain["notes"] == [IN_ONE_LINE]
    assert plain["access_date"] == "2026/11/27"
    assert hostile["title"] == in_one_line(HOSTILE.title)
    assert hostile["authors"] == [in_one_line(HOSTILE.authors[0])]


def test_footnotes_are_one_line_each() -> None:
    plain, hostile = write_footnotes(ENTRIES).splitlines()
    assert plain == (
        "[1] Ida Brandt, Gazette staff and agencies, “Ferry sinks off Norle”, Norle Gazette, "
        f"4 March 2021, {PLAIN.url} (accessed 27 November 2026): {IN_ONE_LINE}"
    )
    assert hostile.startswith("[2] Author ")
    assert "\x1b" not in hostile


@pytest.mark.parametrize("url", ["javascript:alert(1)", "", "file:///etc/passwd"])
def test_what_is_no_web_page_is_no_address(url: str) -> None:
    (entry,) = gather_entries([replace(PLAIN, url=url)])
    assert entry.url == ""
    assert "UR  -" not in write_ris([entry])


def test_an_address_cannot_end_its_field() -> None:
    assert not set(ENTRIES[1].url) & set(" <>\"'{}\\()")
    assert ATTACK not in ENTRIES[1].url
