import json
from collections.abc import Callable
from pathlib import Path

import pytest

from ingest.formats.html import matches, read_page
from ingest.found import FoundRecord, Reason, Skip
from ingest.sources import read_file

ADDRESS = "https://www.courier.example/2020/11/truce"
LINKED_DATA = {
    "@context": "https://schema.org",
    "@type": "NewsArticle",
    "headline": "Truce holds in the mountains",
    "datePublished": "2020-11-10T23:30:00-05:00",
    "dateModified": "2020-11-12T08:00:00-05:00",
    "author": [
        {"@type": "Person", "name": "World desk"},
        {"@type": "Person", "name": "Night desk"},
    ],
    "publisher": {"@type": "Organization", "name": "The Courier"},
}
HEAD = f"""
<title>Truce holds in the mountains | The Courier</title>
<link rel="canonical" href="{ADDRESS}">
<meta property="og:type" content="article">
<meta property="og:title" content="Truce holds in the mountains">
<meta property="og:site_name" content="The Courier">
<meta property="og:url" content="{ADDRESS}">
<script type="application/ld+json">{json.dumps(LINKED_DATA)}</script>
"""
PARAGRAPHS = (
    "The ceasefire took effect at midnight, and by morning no shot had been heard for six hours.",
    "Peacekeepers opened the mountain road at noon. Lorries with bread and water followed them.",
    "“We will return,” said the mayor, Vera Ohanian, “when the road is safe for the children.”",
)
BODY = f"""
<nav><ul><li><a href="/">Front page</a></li><li><a href="/sport">Sport results</a></li></ul></nav>
<main><article>
<p>{PARAGRAPHS[0]}</p>
<script>document.write("counting visitors")</script>
<p>{PARAGRAPHS[1].replace("mountain road", '<a href="/road">mountain <em>road</em></a>')}</p>
<p>{PARAGRAPHS[2].replace("“", "&ldquo;")}</p>
</article></main>
<aside><ul><li><a href="/soup">Ten recipes for soup</a></li></ul></aside>
<footer><p>Copyright 2020 The Courier. All rights reserved.</p></footer>
"""


def page(head: str = HEAD, body: str = BODY, *, attributes: str = ' lang="en-GB"') -> str:
    return f"<!DOCTYPE html>\n<html{attributes}><head>{head}</head><body>{body}</body></html>"


def read(folder: Path, content: str | bytes) -> FoundRecord | Skip:
    path = folder / "page.html"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    (item,) = read_file(path)
    return item


def fields(folder: Path, content: str | bytes) -> dict[str, object]:
    found = read(folder, content)
    assert isinstance(found, FoundRecord), found
    return dict(found.fields)


def test_a_news_page_gives_what_it_says_about_itself(tmp_path: Path) -> None:
    found = fields(tmp_path, page())
    assert found.pop("text")
    assert found == {
        "title": "Truce holds in the mountains",
        "url": ADDRESS,
        "published": "2020-11-10T23:30:00-05:00",  # in its own zone, not the next day in UTC
        "updated": "2020-11-12T08:00:00-05:00",
        "authors": ["World desk", "Night desk"],
        "source": "courier.example",
        "language": "en-GB",
    }


def test_the_text_is_the_paragraphs_and_nothing_around_them(tmp_path: Path) -> None:
    assert fields(tmp_path, page())["text"] == "\n\n".join(PARAGRAPHS)


def test_a_page_is_one_record_that_its_next_reading_replaces(tmp_path: Path) -> None:
    found = read(tmp_path, page())
    assert isinstance(found, FoundRecord)
    assert (found.line, str(found.path)) == (None, str(tmp_path / "page.html"))


def test_a_date_that_only_the_running_text_mentions_is_not_taken(tmp_path: Path) -> None:
    body = BODY.replace("at midnight", "on 10 November 2020")
    found = fields(tmp_path, page(head="<title>Truce</title>", body=body))
    assert "on 10 November 2020" in str(found["text"])
    assert "published" not in found


def test_what_a_page_does_not_say_is_left_out(tmp_path: Path) -> None:
    body = BODY.replace("2020 The Courier", "")
    found = fields(tmp_path, page(head="<title>Truce</title>", body=body, attributes=""))
    assert found.keys() == {"title", "text"}


def test_a_page_in_another_declared_encoding_keeps_its_letters(tmp_path: Path) -> None:
    body = BODY.replace("Vera Ohanian", "Zoë Müller").replace("“", "'").replace("”", "'")
    content = page(head='<meta charset="iso-8859-1">', body=body).encode("latin-1")
    assert "Zoë Müller" in str(fields(tmp_path, content)["text"])


@pytest.mark.parametrize("body", ["", "<p> </p>", "<script>document.write('hello')</script>"])
def test_a_page_without_an_article_is_skipped_with_its_reason(tmp_path: Path, body: str) -> None:
    skip = read(tmp_path, page(head="<title>Nothing</title>", body=body))
    assert isinstance(skip, Skip)
    assert skip.reason == Reason.NO_TEXT
    assert "no article was found in the page" in str(skip)


def test_a_page_of_more_than_ten_megabytes_is_skipped(tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_text(page(body=BODY * 10))
    with path.open("r+b") as file:
        file.truncate(10 * 2**20 + 1)  # a hole: it takes no room on the disk
    (skip,) = read_file(path)
    assert isinstance(skip, Skip)
    assert skip.reason == Reason.TOO_LARGE
    assert "10 MB" in skip.detail


def linked(data: object) -> str:
    script = data if isinstance(data, str) else json.dumps(data)
    return f'<title>T</title><script type="application/ld+json">{script}</script>'


@pytest.mark.parametrize(
    "data",
    [
        [{"@type": "Organization", "name": "The Courier"}, LINKED_DATA],
        {"@graph": [{"@type": "WebPage", "headline": "Home"}, LINKED_DATA]},
        {"@type": "WebPage", "mainEntity": {**LINKED_DATA, "@type": ["Thing", "NewsArticle"]}},
        json.dumps(LINKED_DATA).replace("}]", "},]"),
        "<!--\n" + json.dumps(LINKED_DATA).replace("Truce holds", "Truce\n holds") + "\n-->",
        json.dumps(LINKED_DATA).replace('"@context": "https://schema.org"', '"@context": {{'),
    ],
)
def test_linked_data_is_found_however_it_is_wrapped_or_broken(tmp_path: Path, data: object) -> None:
    found = fields(tmp_path, page(head=linked(data)))
    assert found["title"] == "Truce holds in the mountains"
    assert found["published"] == "2020-11-10T23:30:00-05:00"
    assert found["updated"] == "2020-11-12T08:00:00-05:00"


def test_of_several_articles_in_linked_data_the_page_is_its_own(tmp_path: Path) -> None:
    other = {**LINKED_DATA, "headline": "Another story", "url": "https://www.courier.example/x/y"}
    both = [other, {**LINKED_DATA, "mainEntityOfPage": {"@id": ADDRESS}}]
    head = f'<link rel="canonical" href="{ADDRESS}">' + linked(both)
    assert fields(tmp_path, page(head=head))["title"] == "Truce holds in the mountains"


@pytest.mark.parametrize("script", ["", "null", "[[[", '"text"', "{'@type': 'NewsArticle'}"])
def test_linked_data_beyond_repair_leaves_the_other_metadata(tmp_path: Path, script: str) -> None:
    meta = (
        '<meta property="og:title" content="Truce holds | The Courier">'
        '<meta property="og:site_name" content="The Courier">'
        '<meta property="article:published_time" content="2020-11-10T23:30:00-05:00">'
        '<meta property="article:section" content="World"><meta name="author" content="By A. B.">'
    )
    found = fields(tmp_path, page(head=linked(script) + meta))
    assert found["title"] == "Truce holds"
    assert found["published"] == "2020-11-10T23:30:00-05:00"
    assert (found["section"], found["authors"]) == ("World", ["A. B."])


@pytest.mark.parametrize("day", ["0001-01-01T00:00:00", "1970-01-01", "last Tuesday", 20201110])
def test_a_date_that_is_none_is_not_taken(tmp_path: Path, day: object) -> None:
    data = {**LINKED_DATA, "datePublished": day, "dateModified": day}
    found = fields(tmp_path, page(head=linked(data)))
    assert not {"published", "updated"} & found.keys()


def test_a_date_that_is_guessed_is_noted(tmp_path: Path) -> None:
    head = '<title>T</title><link rel="canonical" href="https://a.example/2020/11/10/truce">'
    found = read(tmp_path, page(head=head))
    assert isinstance(found, FoundRecord)
    assert found.fields["published"] == "2020-11-10"
    assert "states no date of publication" in found.notes[0]


def test_a_page_that_shows_little_gives_the_body_that_it_declares(tmp_path: Path) -> None:
    declared = "<p>" + "</p><p>".join(paragraph * 2 for paragraph in PARAGRAPHS) + "</p>"
    head = linked({**LINKED_DATA, "articleBody": declared})
    text = fields(tmp_path, page(head=head, body=f"<p>{PARAGRAPHS[0]}</p>"))["text"]
    assert text == "\n\n".join(paragraph * 2 for paragraph in PARAGRAPHS)


def test_lists_and_tables_are_paragraphs_without_marks(tmp_path: Path) -> None:
    table = (
        "<table><tr><td>Road</td><td>open</td></tr><tr><td>Bridge</td><td>shut</td></tr></table>"
    )
    body = BODY.replace("</article>", "<ul><li>Bread came.</li></ul>" + table + "</article>")
    text = str(fields(tmp_path, page(body=body))["text"])
    assert text.endswith("\n\nBread came.\n\nRoad open\n\nBridge shut")


def test_the_headline_and_pointers_elsewhere_are_not_the_text(tmp_path: Path) -> None:
    body = BODY.replace("<main><article>", "<main><article><h1>Truce holds in the mountains</h1>")
    body = body.replace("<script>", "<p>Related: Ten recipes for soup</p><script>")
    assert fields(tmp_path, page(body=body))["text"] == "\n\n".join(PARAGRAPHS)


def test_the_address_of_fetching_stands_in_for_one_the_page_lacks() -> None:
    content = page(head="<title>Truce</title>").encode()
    found = read_page(content, name="a.warc", url="https://www.herald.example/truce", line=7)
    assert isinstance(found, FoundRecord)
    assert (found.line, found.path) == (7, "a.warc")
    assert found.fields["url"] == "https://www.herald.example/truce"
    assert found.fields["source"] == "herald.example"


def test_the_encoding_that_the_server_names_is_used() -> None:
    content = page(head="", body=BODY.replace("Vera Ohanian", "Дарья")).replace("“", '"')
    encoded = content.replace("”", '"').encode("cp1251", "replace")
    found = read_page(encoded, name="a", charset="windows-1251")
    assert isinstance(found, FoundRecord)
    assert "Дарья" in str(found.fields["text"])


@pytest.mark.parametrize(
    ("head", "suffix", "expected"),
    [
        (b"\xef\xbb\xbf<!DOCTYPE html>", "", True),
        (b"<!-- saved --><html lang=en>", ".txt", True),
        (b"words", ".htm", True),
        (b"<rss version='2.0'>", ".xml", False),
    ],
)
def test_html_is_told_by_its_first_element(head: bytes, suffix: str, *, expected: bool) -> None:
    assert matches(head, suffix) == expected


def test_the_news_metadata_of_linked_data_are_read(tmp_path: Path) -> None:
    data = LINKED_DATA | {
        "version": 3,
        "dateline": "PORT, 10 November",
        "copyrightHolder": {"@type": "Organization", "name": "The Courier Group"},
        "provider": [{"name": "The Courier"}, {"name": "Coast Wire"}],
        "expires": "2031-01-01",
        "creativeWorkStatus": {"@type": "DefinedTerm", "name": "Withdrawn"},
        "correction": [{"@type": "CorrectionComment", "text": "The hour was <b>wrong</b>."}],
    }
    head = f'<script type="application/ld+json">{json.dumps(data)}</script>'
    found = fields(tmp_path, page(head=head))
    named = "version dateline rights agency expires pubstatus note".split()
    assert {name: found[name] for name in named} == {
        "version": 3,
        "dateline": "PORT, 10 November",
        "rights": "The Courier Group",
        "agency": "Coast Wire",
        "expires": "2031-01-01",
        "pubstatus": "withheld",
        "note": "The hour was wrong.",
    }


def test_a_usual_status_and_a_page_as_its_own_agency_say_nothing(tmp_path: Path) -> None:
    data = LINKED_DATA | {"creativeWorkStatus": "Published", "sourceOrganization": "The Courier"}
    head = f"""<script type="application/ld+json">{json.dumps(data)}</script>
    <link rel="canonical" href="{ADDRESS}"><meta name="original-source" content="{ADDRESS}">"""
    assert fields(tmp_path, page(head=head)).keys().isdisjoint({"agency", "pubstatus"})


def test_a_page_names_the_agency_of_its_story_and_its_rights(tmp_path: Path) -> None:
    metas = """<meta name="syndication-source" content="https://www.wire.example/1">
    <meta name="copyright" content="The Courier 2020">"""
    found = fields(tmp_path, page(head=HEAD + metas))
    assert (found["agency"], found["rights"]) == ("wire.example", "The Courier 2020")


@pytest.mark.parametrize(
    ("written", "published"),
    [
        ("2020-11-10", "2020-11-10"),
        ("2020-11-10T25:00:00Z", "2020-11-10"),
        ("2020-11-10T08:00:00+99:00", "2020-11-10"),
        ("2020/11/9", "2020-11-09"),
        ("30/11/2020", "2020-11-30"),
        ("November 10, 2020", "2020-11-10"),
    ],
)
def test_a_date_that_is_not_iso_8601_is_read_where_it_is_certain(
    tmp_path: Path, written: str, published: str
) -> None:
    head = f'<title>Truce</title><meta property="article:published_time" content="{written}">'
    body = BODY.replace("2020 The Courier", "")
    assert fields(tmp_path, page(head=head, body=body))["published"] == published


@pytest.mark.parametrize("written", ["2020-02-30", "03/04/2020", "2020-13-01", "0000-00-00"])
def test_a_date_that_is_none_or_may_be_two_is_left_out_and_noted(
    tmp_path: Path, written: str
) -> None:
    head = f'<title>Truce</title><meta property="article:published_time" content="{written}">'
    found = read(tmp_path, page(head=head, body=BODY.replace("2020 The Courier", "")))
    assert isinstance(found, FoundRecord)
    assert "published" not in found.fields
    assert written in found.notes[0]


def test_an_impossible_zone_in_linked_data_does_not_cost_the_article(tmp_path: Path) -> None:
    data = LINKED_DATA | {"datePublished": "2020-11-10T08:00:00+99:00"}
    head = f'<script type="application/ld+json">{json.dumps(data)}</script>'
    assert PARAGRAPHS[0] in str(fields(tmp_path, page(head=head))["text"])


def test_an_undeclared_encoding_is_told_by_language_and_letters(tmp_path: Path) -> None:
    western = page(body=BODY.replace("Vera Ohanian", "Zoë Núñez")).encode("cp1252", "replace")
    assert "Zoë Núñez" in str(fields(tmp_path, western)["text"])
    russian = (
        "Перемирие вступило в силу в полночь, и к утру не было слышно ни одного выстрела. " * 4
    )
    content = page(head="<title>x</title>", body=f"<p>{russian}</p>", attributes=' lang="ru"')
    assert "Перемирие вступило в силу" in str(fields(tmp_path, content.encode("cp1251"))["text"])


@pytest.mark.parametrize("name", ["part.xml", "part", "part.txt"])
def test_a_part_of_a_page_is_read_without_its_tags(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_text("<div>" + "".join(f"<p>{part}</p>" for part in PARAGRAPHS) + "</div>")
    (found,) = read_file(path)
    assert isinstance(found, FoundRecord)
    assert found.fields["text"] == "\n\n".join(PARAGRAPHS)
    assert not matches(b"<div align='center'>", ".md")


@pytest.mark.parametrize("name", ["a.xml", "a.html", "a.txt", "a"])
def test_xml_of_another_kind_is_not_read_as_a_page(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_text(
        "<article><info><title>Rain</title></info>\n<para>It rained.</para><para>It hailed.</para>"
        "\n<para>Then it <emphasis>snowed</emphasis> for a week.</para></article>"
    )
    (skip,) = read_file(path)
    assert isinstance(skip, Skip)
    assert "XML" in skip.detail


LONG = "The council met on Tuesday and decided to close the harbour bridge until May. "


def page_text(body: str) -> tuple[str, tuple[str, ...]]:
    found = read_page(f"<html><body>{body}</body></html>".encode(), name="a.html")
    assert isinstance(found, FoundRecord)
    return str(found.fields["text"]), found.notes


def test_lists_and_tables_keep_their_cells() -> None:
    text, _ = page_text(
        f"<article><h1>Bridge to close</h1><p>{LONG * 2}</p><ul><li>Monday: no cars</li>"
        "<li>Tuesday: no buses</li></ul><table><tr><th>Team</th><th>Points</th></tr>"
        f"<tr><td>Rovers</td><td>31</td></tr></table><p>{LONG * 2}</p></article>"
    )
    lines = text.split("\n\n")
    assert lines[1:5] == ["Monday: no cars", "Tuesday: no buses", "Team Points", "Rovers 31"]


def test_where_only_a_copyright_notice_was_found_the_paragraphs_are_taken_and_noted() -> None:
    # The library takes what is called comments for no part of an article.
    paragraphs = "".join(f"<p>{number}. {LONG * 2}</p>" for number in range(9))
    notice = "Copyright 2021 The Harbour Post. All rights reserved. Published by the Company."
    text, notes = page_text(f'<div class="comments">{paragraphs}</div><div><p>{notice}</p></div>')
    assert text.count("decided to close") == 18
    assert "longest run of paragraphs" in notes[0]


SIX = [f"{number}. {LONG * 2}".strip() for number in range(6)]


def shown(paragraphs: list[str]) -> str:
    return "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)


@pytest.mark.parametrize("between", ["", '<div class="ad">Ten soups for Marden</div>'])
@pytest.mark.parametrize(
    ("tag", "name"),
    [
        ("div", "article-body"),
        ("div", "entry-content"),
        ("div", "article__body"),
        ("div", "story-body-text"),
        ("section", "article-body"),
    ],
)
def test_an_article_that_is_parted_by_its_advertisements_is_read_whole(
    tag: str, name: str, between: str
) -> None:
    parts = [f'<{tag} class="{name}">{shown(part)}</{tag}>' for part in (SIX[:3], SIX[3:])]
    text, notes = page_text(f"<article><h1>Bridge</h1>{between.join(parts)}</article>")
    assert (text, notes) == ("\n\n".join(SIX), ())


def test_another_story_in_an_element_of_the_same_kind_is_not_joined() -> None:
    teaser = f'<div class="entry-content"><h2><a href="/b">Soup</a></h2><p>{LONG * 3}</p></div>'
    text, _ = page_text(f'<div class="entry-content">{shown(SIX[:3])}</div>{teaser}')
    assert text == "\n\n".join(SIX[:3])


@pytest.mark.parametrize("between", ["\n", " "])
def test_what_is_shown_and_goes_on_in_the_declared_text_is_taken_from_that(
    tmp_path: Path, between: str
) -> None:
    head = linked({**LINKED_DATA, "articleBody": between.join(SIX)})
    body = f'<div class="article-body">{shown(SIX[:4])}</div><div class="b">{shown(SIX[4:])}</div>'
    found = read(tmp_path, page(head=head, body=body))
    assert isinstance(found, FoundRecord)
    parts = str(found.fields["text"]).split("\n\n")
    assert parts == (SIX if between == "\n" else [*SIX[:4], " ".join(SIX[4:])])
    assert "declares more of its text" in found.notes[0]


def test_a_declared_text_that_is_not_the_one_shown_does_not_replace_it(tmp_path: Path) -> None:
    head = linked({**LINKED_DATA, "articleBody": "The hail. " + " ".join(SIX)[1:]})
    body = f'<div class="article-body">{shown(SIX[:4])}</div>'
    assert fields(tmp_path, page(head=head, body=body))["text"] == "\n\n".join(SIX[:4])


def dated(line: str, *, head: str = "", below: str = "") -> FoundRecord:
    body = f"<article><h1>Bridge</h1>{line}<div>{shown(SIX)}</div></article>{below}"
    found = read_page(page(head=f"<title>Bridge</title>{head}", body=body).encode(), name="a.html")
    assert isinstance(found, FoundRecord)
    return found


@pytest.mark.parametrize(
    "head",
    [
        '<meta property="article:modified_time" content="2023-05-09T10:00:00Z">',
        '<meta property="og:updated_time" content="2023-05-09T10:00:00Z">',
        '<meta name="last-modified" content="2023-05-09">',
        '<meta http-equiv="last-modified" content="Tue, 09 May 2023 10:00:00 GMT">',
        linked({"@type": "NewsArticle", "headline": "Bridge", "dateModified": "2023-05-09"}),
    ],
)
def test_the_day_of_a_change_is_not_that_of_publication(head: str) -> None:
    assert "published" not in dated("", head=head).fields


@pytest.mark.parametrize(
    ("line", "published"),
    [
        (
            '<p class="meta">Last updated 9 May 2023 · First published 4 March 2021</p>',
            "2021-03-04",
        ),
        ('<p class="meta">Published 4 March 2021, updated 9 May 2023</p>', "2021-03-04"),
        ('<p>Published <time datetime="2021-03-04">on Thursday</time></p>', "2021-03-04"),
        ("<dl><dt>Posted</dt><dd>4 March 2021</dd></dl>", "2021-03-04"),
        (
            '<time class="updated" datetime="2023-05-09">x</time><time>4 March 2021</time>',
            "2021-03-04",
        ),
        ('<p class="date">4 March 2021</p>', "2021-03-04"),
        ('<p class="date">25/12/2020</p>', "2020-12-25"),
        ('<p>Updated <time datetime="2023-05-09">9 May</time></p>', None),
        ('<div class="date">Modified:</div><div class="date">9 May 2023</div>', None),
        ('<p class="byline">Amended 9 May 2023</p>', None),
        ("<p>The report, published on 4 March 2021, " + LONG * 2 + "</p>", None),
    ],
)
def test_the_day_that_is_labelled_as_that_of_publication_is_taken(
    line: str, published: str | None
) -> None:
    assert dated(line).fields.get("published") == published


def test_a_day_that_is_shown_and_declared_as_that_of_a_change_is_not_taken() -> None:
    head = '<meta property="article:modified_time" content="2023-05-09T10:00:00Z">'
    assert "published" not in dated('<p class="date">9 May 2023</p>', head=head).fields
    line = '<p class="date">Published on 9 May 2023</p>'
    assert dated(line, head=head).fields["published"] == "2023-05-09"
    address = '<link rel="canonical" href="https://a.example/2023/05/09/bridge">'
    assert dated("", head=head + address).fields["published"] == "2023-05-09"


@pytest.mark.parametrize(
    "below",
    [
        "<aside>Latest: <a href='/c'>Cat</a> <time datetime='2024-07-01'>1 July</time></aside>",
        "<nav><time datetime='2024-07-01'>1 July</time></nav>",
        "<div class='related-stories'>Cat found <time datetime='2024-07-01'>1 July</time></div>",
        "<article><h3><a href='/c'>Cat found</a></h3><p class='date'>1 July 2024</p></article>",
    ],
)
def test_the_day_of_another_story_is_not_taken(below: str) -> None:
    assert "published" not in dated("", below=below).fields


@pytest.mark.parametrize("date", ["03/04/2021", "12/11/2020", "12.11.20"])
def test_a_shown_date_that_may_be_two_days_is_left_out_and_noted(date: str) -> None:
    found = dated(f'<p class="date">{date}</p>')
    assert "published" not in found.fields
    assert date in found.notes[0]


AMENDED = "This article was amended on 6 March 2021. An earlier version said Orr had two bridges."


@pytest.mark.parametrize(
    ("above", "below", "note"),
    [
        ("", f'<p class="correction">{AMENDED}</p>', AMENDED),
        ("", f"<p>{AMENDED}</p>", AMENDED),
        ("", f"<footer><p>{AMENDED}</p></footer>", AMENDED),
        ("", f'<aside class="correction">{AMENDED}</aside>', AMENDED),
        ("", f"<aside><p>{AMENDED}</p></aside>", AMENDED),
        (f'<div class="editors-note">{AMENDED}</div>', "", AMENDED),
        (
            "",
            "<h4>Correction</h4><p>Orr has only one bridge.</p>",
            "Correction Orr has only one bridge.",
        ),
        ("", '<p class="clarification">Holm is spelt with an o.</p>', "Holm is spelt with an o."),
    ],
)
def test_a_note_of_a_correction_outside_the_text_is_the_note(
    above: str, below: str, note: str
) -> None:
    body = f'<h1>Bridge</h1>{above}<div class="article-body">{shown(SIX)}</div>{below}'
    found = read_page(f"<html><body>{body}</body></html>".encode(), name="a.html")
    assert isinstance(found, FoundRecord)
    assert found.fields["note"] == note
    assert (found.fields["text"], "published" in found.fields) == ("\n\n".join(SIX), False)


@pytest.mark.parametrize(
    "below",
    [
        f'<div class="comments"><p>{AMENDED}</p></div>',
        f'<div class="related"><p>{AMENDED}</p></div>',
        "<nav><a href='/c'>Corrections and clarifications of this week</a></nav>",
        "<footer><p>Corrections: to report an error in this story, write to the desk.</p></footer>",
        "<p><a href='/d'>Correction: the mayor of Marden has four cats</a></p>",
        "<p>The council corrected its figures on Monday.</p>",
    ],
)
def test_what_corrects_another_story_or_invites_to_it_is_no_note(below: str) -> None:
    body = f'<h1>Bridge</h1><div class="article-body">{shown(SIX)}</div>{below}'
    found = read_page(f"<html><body>{body}</body></html>".encode(), name="a.html")
    assert isinstance(found, FoundRecord)
    assert "note" not in found.fields


def test_a_correction_that_is_in_the_text_or_declared_is_told_once(tmp_path: Path) -> None:
    head = linked({**LINKED_DATA, "correction": AMENDED})
    body = f'<div class="article-body">{shown(SIX)}</div><p class="correction">{AMENDED}</p>'
    assert fields(tmp_path, page(head=head, body=body))["note"] == AMENDED
    inside = f'<div class="article-body">{shown([*SIX, AMENDED])}</div>'
    found = fields(tmp_path, page(body=inside))
    assert AMENDED in str(found["text"])
    assert "note" not in found


CAT = {
    "@type": "NewsArticle",
    "headline": "A cat is found in Marden",
    "datePublished": "2024-07-01",
    "author": "Ida Orr",
}
BRIDGE = {
    "@type": "NewsArticle",
    "headline": "The harbour bridge of Holm is to close",
    "datePublished": "2021-03-04",
    "author": "Vera Lund",
}
NAMED = (
    "<title>The harbour bridge of Holm is to close | Post</title>"
    '<meta name="author" content="Nils Berg">'
    '<meta property="article:published_time" content="2021-03-05">'
)


def script(data: object) -> str:
    return f'<script type="application/ld+json">{json.dumps(data)}</script>'


@pytest.mark.parametrize("wrap", [list, lambda nodes: {"@graph": nodes}])
def test_of_several_articles_in_linked_data_the_one_that_is_named_as_the_page_is_its_own(
    tmp_path: Path, wrap: Callable[[list[object]], object]
) -> None:
    found = fields(tmp_path, page(head=NAMED + script(wrap([CAT, BRIDGE]))))
    assert (found["published"], found["authors"]) == ("2021-03-04", ["Vera Lund"])


def test_linked_data_of_other_stories_do_not_replace_what_the_page_says(tmp_path: Path) -> None:
    other = {**CAT, "headline": "Rain in Orr", "articleBody": LONG * 20}
    found = fields(tmp_path, page(head=NAMED + script([other, CAT])))
    assert (found["published"], found["authors"]) == ("2021-03-05", ["Nils Berg"])
    assert found["text"] == "\n\n".join(PARAGRAPHS)


def test_the_date_of_another_story_in_linked_data_is_not_guessed(tmp_path: Path) -> None:
    undated = {"@type": "NewsArticle", "headline": BRIDGE["headline"]}
    head = "<title>The harbour bridge of Holm is to close</title>" + script([CAT, undated])
    body = BODY.replace("2020 The Courier", "")
    assert "published" not in fields(tmp_path, page(head=head, body=body))


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (" ".join(SIX), "en"),
        ("Le pont de Marden est fermé depuis mardi, et les trains ne circulent plus. " * 6, "fr"),
    ],
)
def test_the_language_of_a_template_gives_way_to_a_plainly_english_text(
    text: str, language: str
) -> None:
    body = f"<article><h1>Holm</h1><p>{text}</p></article>"
    found = read_page(page(head="", body=body, attributes=' lang="fr"').encode(), name="a.html")
    assert isinstance(found, FoundRecord)
    assert found.fields["language"] == language
    assert any("text is English" in note for note in found.notes) == (language == "en")


@pytest.mark.parametrize(
    ("line", "authors"),
    [
        (
            '<div class="byline">By Jane Doe and Bob Poe, BBC News, Paris</div>',
            ["Jane Doe", "Bob Poe"],
        ),
        ('<p class="byline">By Jane Doe</p>', ["Jane Doe"]),
        ('<p class="byline">Amended 9 May 2023</p>', None),
        (
            '<p class="author-bio">Vera Holm is the art critic of Orr and won a prize</p>',
            None,
        ),
    ],
)
def test_what_is_guessed_for_an_author_is_a_name(line: str, authors: list[str] | None) -> None:
    assert dated(line).fields.get("authors") == authors


@pytest.mark.parametrize(
    "headline",
    [
        "<span>Bridge to close</span><span>for nine weeks</span>",
        "Bridge to close<br>for nine weeks",
        "<span>B</span><span>ridge to close</span> for nine weeks",
    ],
)
def test_the_lines_of_a_headline_are_not_glued(headline: str) -> None:
    body = f"<article><h1>{headline}</h1><div>{shown(SIX)}</div></article>"
    found = read_page(f"<html><body>{body}</body></html>".encode(), name="a.html")
    assert isinstance(found, FoundRecord)
    assert found.fields["title"] == "Bridge to close for nine weeks"


def test_the_source_of_an_archived_page_is_the_outlet() -> None:
    archived = "https://web.archive.org/web/20230310120000/https://www.courier.example/2020/truce"
    head = f'<title>Truce</title><link rel="canonical" href="{archived}">'
    found = read_page(page(head=head).encode(), name="a.html")
    assert isinstance(found, FoundRecord)
    assert found.fields["url"] == "https://www.courier.example/2020/truce"
    assert found.fields["source"] == "courier.example"


STANDFIRST = "Boats will carry the people of Orr until the works are over"


@pytest.mark.parametrize(
    "above",
    [
        f'<p class="standfirst">{STANDFIRST}</p>',
        f'<div class="dek">{STANDFIRST}</div>',
        f'<h2 class="subtitle">{STANDFIRST}</h2>',
        f'<div class="lead"><p>{STANDFIRST}</p></div>',
        f'<p class="intro">{STANDFIRST}</p>',
        f'<div class="lead"><p>{STANDFIRST}</p><p>(Ida Lund / The Orr Post)</p></div>',
    ],
)
def test_a_standfirst_is_above_the_text(above: str) -> None:
    text, _ = page_text(f'<h1>Bridge</h1>{above}<div class="article-body">{shown(SIX)}</div>')
    assert text == "\n\n".join([STANDFIRST, *SIX])


@pytest.mark.parametrize(
    "above",
    [
        f'<p class="standfirst">{SIX[0]}</p>',
        '<div class="lead-image"><p>A bridge in Orr, seen from the east bank</p></div>',
        '<p class="intro">By Vera Holm, our correspondent in the town of Orr</p>',
        f'<div class="related"><p class="intro">{STANDFIRST}</p></div>',
        f'<a href="/c"><span class="dek">{STANDFIRST}</span></a>',
        f'<figure><p class="lead">{STANDFIRST}</p></figure>',
    ],
)
def test_what_is_in_the_text_or_no_standfirst_is_not_above_it(above: str) -> None:
    text, _ = page_text(f'<h1>Bridge</h1>{above}<div class="article-body">{shown(SIX)}</div>')
    assert text == "\n\n".join(SIX)


def test_what_is_called_a_standfirst_below_the_text_is_of_another_story() -> None:
    below = f'<div><p class="dek">{STANDFIRST}</p></div>'
    text, _ = page_text(f'<h1>Bridge</h1><div class="article-body">{shown(SIX)}</div>{below}')
    assert text == "\n\n".join(SIX)
