import io
import json
from pathlib import Path

import pytest

from ingest.formats.feeds import matches, read
from ingest.found import FoundRecord, Reason, Skip
from ingest.inputs import Input

FORMATS = Path(__file__).parents[4] / "shared" / "data" / "formats"
STORY = (
    "&lt;p&gt;The ferry sank at dawn.&lt;/p&gt;&lt;p&gt;All &lt;b&gt;forty&lt;/b&gt; aboard "
    "were saved &amp;amp; fed.&lt;br&gt;&lt;br&gt;Nobody was hurt.&lt;/p&gt;"
    "&lt;script&gt;count()&lt;/script&gt;"
)
TEXT = "The ferry sank at dawn.\n\nAll forty aboard were saved & fed.\n\nNobody was hurt."
RSS = f"""<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
 xmlns:dc="http://purl.org/dc/elements/1.1/"><channel>
<title>The Harbour Post</title><link>https://www.harbour.example/</link><language>en-gb</language>
<item><title>Ferry sinks &amp;amp; all are saved</title>
<link>https://www.harbour.example/2021/ferry</link><guid isPermaLink="false">4711</guid>
<pubDate>Tue, 02 Mar 2021 23:30:00 -0500</pubDate><dc:creator>Coast desk</dc:creator>
<category>Coast</category><category>Ships</category>
<description>A ferry sank.</description><content:encoded>{STORY}</content:encoded></item>
<item><title>Short</title><link>https://www.harbour.example/2021/short</link>
<description>Rain is expected.</description></item>
<item><title>Picture</title><link>https://www.harbour.example/2021/picture</link></item>
</channel></rss>"""
ATOM = """<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom" xml:lang="de">
<title>Hafenpost</title><author><name>Redaktion</name></author>
<entry><id>tag:hafen.example,2021:1</id><title type="html">F&amp;auml;hre sinkt</title>
<link href="https://hafen.example/1"/><published>2021-03-02T23:30:00+01:00</published>
<updated>2021-03-03T08:00:00+01:00</updated><summary>Kurz.</summary>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><h2>Morgens</h2><p>Sie
 sank.</p><ul><li>Alle</li><li>leben</li></ul></div></content></entry>
<entry><id>tag:hafen.example,2021:2</id><title>Zwei</title><link href="https://hafen.example/2"/>
<updated>2021-03-04T08:00:00+01:00</updated><author><name>Ida</name></author>
<content type="text">Erster Absatz &lt; 3.

Zweiter Absatz.</content></entry></feed>"""
RDF = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
 xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel rdf:about="https://old.example/"><title>Old</title><link>https://old.example/</link>
</channel><item rdf:about="https://old.example/1"><title>One</title>
<link>https://old.example/1</link><dc:date>2003-05-06T07:08:09+02:00</dc:date>
<description>It began.</description></item></rdf:RDF>"""
JSON_FEED = {
    "version": "https://jsonfeed.org/version/1.1",
    "title": "The Harbour Post",
    "language": "en",
    "authors": [{"name": "The desk"}],
    "items": [
        {
            "id": 1,
            "url": "https://harbour.example/1",
            "title": "Ferry sinks",
            "content_html": "<p>The ferry sank.</p><p>All were saved.</p>",
            "content_text": "Unused",
            "date_published": "2021-03-02T23:30:00-05:00",
            "date_modified": "2021-03-03T01:00:00-05:00",
            "tags": ["Coast", "Ships"],
        },
        {
            "id": "https://harbour.example/2",
            "content_text": "One.\n\nTwo.",
            "author": {"name": "Ida"},
        },
        {"id": "3", "summary": "Only this."},
        {"id": "4", "title": "Nothing"},
        "not an item",
    ],
}


def items(content: str | bytes, name: str = "feed.xml") -> list[FoundRecord | Skip]:
    data = content.encode() if isinstance(content, str) else content
    return list(read(Input(name=name, opener=lambda: io.BytesIO(data))))


def fields(item: FoundRecord | Skip) -> dict[str, object]:
    assert isinstance(item, FoundRecord), item
    return dict(item.fields)


def test_an_rss_item_gives_its_full_content_and_metadata() -> None:
    assert fields(items(RSS)[0]) == {
        "id": "harbour.example:4711",
        "url": "https://www.harbour.example/2021/ferry",
        "title": "Ferry sinks & all are saved",
        "published": "2021-03-02T23:30:00-05:00",
        "authors": ["Coast desk"],
        "source": "harbour.example",
        "section": "Coast",
        "language": "en-gb",
        "text": TEXT,
    }


def test_an_entry_is_numbered_and_a_mere_summary_is_noted() -> None:
    full, short, picture = items(RSS)
    assert isinstance(full, FoundRecord)
    assert isinstance(short, FoundRecord)
    assert (full.line, full.notes) == (1, ())
    assert (short.line, short.notes) == (2, ("the feed contains only a summary",))
    assert isinstance(picture, Skip)
    assert (picture.line, picture.reason) == (3, Reason.NO_TEXT)


def test_an_atom_entry_takes_its_feeds_author_and_language() -> None:
    found = fields(items(ATOM)[0])
    assert found["text"] == "Morgens\n\nSie sank.\n\nAlle\n\nleben"
    assert (found["title"], found["authors"]) == ("Fähre sinkt", ["Redaktion"])
    assert (found["language"], found["source"]) == ("de", "hafen.example")
    assert found["published"] == "2021-03-02T23:30:00+01:00"
    assert found["updated"] == "2021-03-03T08:00:00+01:00"


def test_an_atom_entry_with_no_date_of_publication_says_what_stands_for_it() -> None:
    second = items(ATOM)[1]
    assert fields(second)["published"] == "2021-03-04T08:00:00+01:00"
    assert fields(second)["text"] == "Erster Absatz < 3.\n\nZweiter Absatz."
    assert isinstance(second, FoundRecord)
    assert "no date of publication" in second.notes[0]


def test_rss_1_is_read_with_its_dublin_core_date() -> None:
    (item,) = items(RDF)
    assert fields(item)["published"] == "2003-05-06T07:08:09+02:00"
    assert fields(item)["text"] == "It began."


def test_a_json_feed_is_read_item_by_item() -> None:
    first, second, third, fourth, fifth = items(json.dumps(JSON_FEED), "feed.json")
    assert fields(first) == {
        "id": "harbour.example:1",
        "url": "https://harbour.example/1",
        "title": "Ferry sinks",
        "published": "2021-03-02T23:30:00-05:00",
        "updated": "2021-03-03T01:00:00-05:00",
        "authors": ["The desk"],
        "source": "harbour.example",
        "section": "Coast",
        "language": "en",
        "text": "The ferry sank.\n\nAll were saved.",
    }
    assert (fields(second)["text"], fields(second)["authors"]) == ("One.\n\nTwo.", ["Ida"])
    assert isinstance(third, FoundRecord)
    assert third.notes == ("the feed contains only a summary",)
    assert [item.reason for item in (fourth, fifth) if isinstance(item, Skip)] == [
        Reason.NO_TEXT,
        Reason.BROKEN,
    ]


@pytest.mark.parametrize(
    "content",
    [
        '{"version": "https://jsonfeed.org/version/1", "items": ',
        '{"version": "https://jsonfeed.org/version/1", "items": {}}',
        '{"version": "https://jsonfeed.org/version/1", "items": ' + "[" * 100_000,
        b'{"version": "https://jsonfeed.org/version/1", "title": "\xff"}',
    ],
)
def test_a_broken_json_feed_is_a_skip(content: str | bytes) -> None:
    (skip,) = items(content)
    assert isinstance(skip, Skip)
    assert skip.reason == Reason.BROKEN


def test_a_feed_that_is_cut_off_gives_what_came_before_and_a_skip() -> None:
    first, *_, last = items(RSS[: RSS.index("<item><title>Short") + 30])
    assert fields(first)["text"] == TEXT
    assert isinstance(last, Skip)
    assert last.reason == Reason.BROKEN
    assert "the feed is damaged" in last.detail


def test_an_entity_bomb_is_a_skip() -> None:
    bomb = '<!ENTITY a0 "lol">' + "".join(
        f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10)
    )
    content = RSS.replace("<rss", f"<!DOCTYPE r [{bomb}]><rss", 1).replace("A ferry", "&a9;")
    for item in items(content):
        assert isinstance(item, Skip) or len(str(item.fields["text"])) < 1000


def test_nothing_is_opened_that_a_feed_names(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("the secret words")
    entity = f'<!DOCTYPE r [<!ENTITY x SYSTEM "file://{secret}">]><rss'
    content = RSS.replace("<rss", entity, 1).replace("A ferry", "&x;").replace("Rain", "&x;")
    assert "secret words" not in str(items(content))
    assert "secret words" not in str(items(str(secret)))


def test_what_is_no_feed_is_a_skip_that_says_so() -> None:
    (skip,) = items("<p>A part of an entry</p>")
    assert isinstance(skip, Skip)
    assert "not an RSS or Atom feed" in skip.detail


def test_a_link_through_a_counter_of_visits_does_not_name_the_outlet() -> None:
    content = RSS.replace("https://www.harbour.example/2021/ferry", "http://feeds.feedburner.com/1")
    assert fields(items(content)[0])["source"] == "harbour.example"


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        (RSS, True),
        (ATOM, True),
        (RDF, True),
        ("\ufeff<!-- a --><!DOCTYPE rss [<!ENTITY a 'b'>]>\n<rss version='0.91'>", True),
        (json.dumps(JSON_FEED), True),
        ('{"version": "1.2", "text": "It rained."}', False),
        ("<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'>", False),
        ("<newsItem xmlns='http://iptc.org/std/nar/2006-10-01/'>", False),
        ("<html><body>rss</body></html>", False),
    ],
)
def test_a_feed_is_told_by_its_root(head: str, *, expected: bool) -> None:
    assert matches(head.encode(), "") == expected


def test_a_feed_in_utf_16_is_told_and_read() -> None:
    content = RSS.replace("UTF-8", "UTF-16").encode("utf-16")
    source = Input(name="feed.xml", opener=lambda: io.BytesIO(content))
    assert matches(source.head(), source.suffix)
    assert fields(items(content)[0])["text"] == TEXT


@pytest.mark.skipif(not (FORMATS / "feeds").is_dir(), reason="the sample feeds are not here")
def test_every_real_feed_gives_articles_or_reasons() -> None:
    for path in sorted((FORMATS / "feeds").iterdir()):
        read_items = list(read(Input.of_file(path)))
        assert read_items, path
        for item in read_items:
            if isinstance(item, Skip):
                assert item.detail
                continue
            assert str(item.fields["text"]).strip()
            assert "<p>" not in str(item.fields["text"])
            assert item.fields["title"]
            # The one file without dates is a test of markup.
            assert "published" in item.fields or path.name == "AtomEscapedHTMLInPreTag.xml"


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (
            (
                '<!DOCTYPE rss PUBLIC "-//Netscape Communications//DTD RSS 0.91//EN" "x.dtd">'
                '<rss version="0.91"><channel><title>H</title><item>'
                "<title>&Eacute;t&eacute;</title><description>Caf&eacute; &amp; bar.</description>"
                "</item></channel></rss>"
            ),
            {"title": "Été", "text": "Café & bar.", "source": "H"},
        ),
        (
            (
                '<rss version="0.92"><channel><title>H</title><item><description>Rain '
                '&lt;b&gt;and&lt;/b&gt; sun.</description><source url="http://wire.example/rss">Wire</source></item>'
                "</channel></rss>"
            ),
            {"text": "Rain and sun.", "source": "wire.example"},
        ),
        (
            (
                '<feed version="0.3" xmlns="http://purl.org/atom/ns#"><title>H</title><entry>'
                "<title>F</title><issued>2004-05-06T07:08:09Z</issued>"
                "<modified>2004-05-07T07:08:09Z</modified>"
                '<content type="text/html" mode="escaped">&lt;p&gt;Rain.&lt;/p&gt;</content>'
                "</entry></feed>"
            ),
            {
                "title": "F",
                "text": "Rain.",
                "source": "H",
                "published": "2004-05-06T07:08:09Z",
                "updated": "2004-05-07T07:08:09Z",
            },
        ),
        (
            (
                '<feed xmlns="http://www.w3.org/2005/Atom"><title>H</title><rights>Ours</rights><entry>'
                '<title>F</title><content type="xhtml"><x:div xmlns:x="http://www.w3.org/1999/xhtml">'
                "<x:p>Rain.</x:p><x:p>Sun.</x:p></x:div></content></entry></feed>"
            ),
            {"title": "F", "text": "Rain.\n\nSun.", "source": "H", "rights": "Ours"},
        ),
    ],
)
def test_old_and_sparse_feeds_are_read(content: str, expected: dict[str, object]) -> None:
    (item,) = items(content)
    assert fields(item) == expected


@pytest.mark.parametrize(
    "media",
    [
        "<media:description>A long caption of a boat at the quay of Holm.</media:description>",
        "<media:group><media:description>A caption of a boat.</media:description></media:group>",
        "<media:description/><media:description>A long caption of a boat.</media:description>",
    ],
)
@pytest.mark.parametrize("order", [1, -1])
def test_what_a_feed_says_of_a_picture_is_no_text(media: str, order: int) -> None:
    parts = ["<description>The ferry sails.</description>", media][::order]
    content = (
        '<rss version="2.0" xmlns:media="http://search.yahoo.com/mrss/"><channel><title>Holm</title>'
        f"<item><title>Ferry</title>{''.join(parts)}</item></channel></rss>"
    )
    assert fields(items(content)[0])["text"] == "The ferry sails."
    alone = content.replace(parts[0 if order == 1 else 1], "")
    assert "caption of a boat" in str(fields(items(alone)[0])["text"])


def test_a_credit_of_a_picture_is_not_the_agency_of_its_story() -> None:
    media = 'xmlns:media="http://search.yahoo.com/mrss/" version="2.0"'
    content = RSS.replace('version="2.0"', media).replace(
        "<category>Coast",
        "<media:content><media:credit>Lens</media:credit></media:content><category>Coast",
        1,
    )
    assert "agency" not in fields(items(content)[0])


def test_a_feed_in_another_encoding_than_it_says_keeps_its_letters_and_says_so() -> None:
    content = RSS.replace("All ", "Zoë and all “sailors” ")
    (item, *_) = items(content.encode("cp1252", "replace"))
    assert "Zoë and all “sailors”" in str(fields(item)["text"])
    assert isinstance(item, FoundRecord)
    assert item.notes == ("not UTF-8; read as cp1252",)


@pytest.mark.parametrize("declared", ["iso-8859-1", "windows-1252", "us-ascii"])
def test_a_feed_that_is_utf_8_and_says_otherwise_keeps_its_letters(
    tmp_path: Path, declared: str
) -> None:
    path = tmp_path / "a.xml"
    wrong = RSS.replace('encoding="UTF-8"', f'encoding="{declared}"')
    path.write_text(wrong.replace("sank at dawn", "“sank” à l’aube"), encoding="utf-8")
    first, *_ = read(Input.of_file(path))
    assert isinstance(first, FoundRecord)
    assert str(first.fields["text"]).startswith("The ferry “sank” à l’aube.")
