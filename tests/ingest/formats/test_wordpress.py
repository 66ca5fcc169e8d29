import io
from dataclasses import replace

import pytest

from ingest.formats import detect, wordpress
from ingest.formats.shortcodes import without_shortcodes
from ingest.formats.wordpress import read
from ingest.found import FoundRecord, Reason, Skip
from ingest.inputs import Input

HEAD = """<?xml version="1.0" encoding="UTF-8" ?>
<!-- generator="WordPress/6.4" -->
<rss version="2.0" xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/"
 xmlns:content="http://purl.org/rss/1.0/modules/content/"
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:wp="http://wordpress.org/export/1.2/">
<channel><title>Tide</title><link>https://tide.example</link><language>en-GB</language>
<wp:wxr_version>1.2</wp:wxr_version><wp:base_blog_url>https://tide.example</wp:base_blog_url>
<wp:author><wp:author_login><![CDATA[ann]]></wp:author_login>
<wp:author_display_name><![CDATA[Ann Tide]]></wp:author_display_name></wp:author>
"""
POST = """<item><title><![CDATA[Ferry &amp; crowds]]></title><link>https://tide.example/ferry/</link>
<pubDate>Tue, 02 Mar 2021 10:00:00 +0000</pubDate><dc:creator><![CDATA[ann]]></dc:creator>
<guid isPermaLink="false">https://tide.example/?p=7</guid>
<content:encoded><![CDATA[<!-- wp:paragraph --><p>The ferry sailed.</p><!-- /wp:paragraph -->
[caption id="a1" width="300"]<img src="x"/> A boat.[/caption] Crowds <b>came</b> [sic].

They stayed. [gallery ids="1,2"]]]></content:encoded>
<excerpt:encoded><![CDATA[]]></excerpt:encoded>
<wp:post_id>7</wp:post_id><wp:post_date>2021-03-02 11:00:00</wp:post_date>
<wp:post_date_gmt>2021-03-02 10:00:00</wp:post_date_gmt>
<wp:post_modified_gmt>2021-03-03 08:00:00</wp:post_modified_gmt>
<wp:status>publish</wp:status><wp:post_type>post</wp:post_type><wp:post_password></wp:post_password>
<category domain="category" nicename="coast"><![CDATA[Coast]]></category>
<wp:comment><wp:comment_id>1</wp:comment_id><wp:comment_content>Nice.</wp:comment_content></wp:comment>
</item>"""


def items(content: str, *, pages: bool = False) -> list[FoundRecord | Skip]:
    data = (HEAD + content + "</channel></rss>").encode()
    source = Input(name="a.xml", opener=lambda: io.BytesIO(data))
    return list(read(replace(source, pages=pages)))


def changed(*pairs: tuple[str, str]) -> str:
    post = POST
    for old, new in pairs:
        assert old in post
        post = post.replace(old, new)
    return post


def test_an_export_is_told_from_a_feed() -> None:
    assert detect(HEAD.encode(), ".xml") is wordpress
    assert detect(b'<rss version="2.0"><channel><title>x</title>', ".xml") is not wordpress


def test_a_published_post_gives_its_fields() -> None:
    post, comments = items(POST)
    assert isinstance(post, FoundRecord)
    assert post.fields == {
        "id": "https://tide.example/?p=7",
        "url": "https://tide.example/ferry/",
        "title": "Ferry & crowds",
        "published": "2021-03-02T10:00:00+00:00",
        "updated": "2021-03-03T08:00:00+00:00",
        "authors": ["Ann Tide"],
        "source": "tide.example",
        "section": "Coast",
        "language": "en-GB",
        "text": "The ferry sailed.\n\nCrowds came [sic].\n\nThey stayed.",
    }
    assert isinstance(comments, Skip)
    assert (comments.reason, comments.detail) == (Reason.NO_TEXT, "1 item is of the type 'comment'")


@pytest.mark.parametrize(
    ("pair", "reason", "kind"),
    [
        (("status>publish", "status>draft"), Reason.UNPUBLISHED, "in draft"),
        (("status>publish", "status>trash"), Reason.UNPUBLISHED, "in the trash"),
        (("status>publish", "status>private"), Reason.UNPUBLISHED, "private"),
        (("status>publish", "status>future"), Reason.UNPUBLISHED, "scheduled for later"),
        (("status>publish", "status>pending"), Reason.UNPUBLISHED, "waiting for review"),
        (("status>publish", "status>wc-done"), Reason.UNPUBLISHED, "of the status 'wc-done'"),
        (("password>", "password>x"), Reason.UNPUBLISHED, "protected by a password"),
        (("type>post", "type>attachment"), Reason.NO_TEXT, "of the type 'attachment'"),
        (("type>post", "type>nav_menu_item"), Reason.NO_TEXT, "of the type 'nav_menu_item'"),
        (("type>post", "type>revision"), Reason.NO_TEXT, "of the type 'revision'"),
        (("type>post", "type>wp_block"), Reason.NO_TEXT, "of the type 'wp_block'"),
        (("type>post", "type>page"), Reason.NO_TEXT, "of the type 'page'; --pages reads these too"),
    ],
)
def test_what_readers_never_saw_is_counted_with_its_reason(
    pair: tuple[str, str], reason: Reason, kind: str
) -> None:
    post = changed(pair).replace("</wp:post_password>x", "</wp:post_password>")
    found = items(post + post)
    assert not any(isinstance(item, FoundRecord) for item in found)
    details = [(item.reason, item.detail) for item in found if isinstance(item, Skip)]
    assert (reason, f"2 items are {kind}") in details


def test_pages_are_read_where_they_are_asked_for() -> None:
    found = items(changed(("type>post", "type>page")), pages=True)
    assert isinstance(found[0], FoundRecord)


def test_a_null_date_is_no_date() -> None:
    post = changed(
        ("2021-03-02 10:00:00", "0000-00-00 00:00:00"),
        ("2021-03-02 11:00:00", "0000-00-00 00:00:00"),
        ("Tue, 02 Mar 2021 10:00:00 +0000", "Wed, 30 Nov -0001 00:00:00 +0000"),
    )
    assert isinstance(found := items(post)[0], FoundRecord)
    assert "published" not in found.fields


def test_a_control_character_costs_nothing() -> None:
    post = changed(("The ferry", "The\x08 ferry"))
    assert isinstance(found := items(post)[0], FoundRecord)
    assert str(found.fields["text"]).startswith("The ferry sailed.")


def test_a_damaged_export_keeps_the_posts_before_the_damage() -> None:
    found = items(POST + "<item><title>x</item>")
    assert isinstance(found[0], FoundRecord)
    assert any(isinstance(item, Skip) and item.reason == Reason.BROKEN for item in found)


def test_shortcodes_go_and_words_in_brackets_stay() -> None:
    text = (
        'A [vc_row width="1"]story[/vc_row] [sic] of [[gallery]] and [embed]https://x[/embed][more]'
    )
    assert without_shortcodes(text).split() == "A story [sic] of [[gallery]] and".split()
    assert without_shortcodes("[cap]M[/cap]any [b]boats[/b] sailed.").strip() == (
        "Many  boats  sailed."
    )
