from lxml import etree

from ingest.formats.xml_text import content_paragraphs, paragraphs, parse_xml, plain_paragraphs
from ingest.found import Skip


def read(xml: str) -> list[str]:
    return paragraphs(etree.fromstring(f"<body>{xml}</body>"))


def test_an_unknown_element_beside_words_stands_in_their_line() -> None:
    assert read("<p><Person>Ann Tide</Person> of <Company>Tide</Company>, sailed.</p>") == [
        "Ann Tide of Tide, sailed."
    ]


def test_an_unknown_element_without_words_beside_it_is_a_paragraph() -> None:
    assert read("<Part>One.</Part><Part>Two.</Part>") == ["One.", "Two."]
    assert read("<Part>One <Part2><p>Two.</p></Part2> three.</Part>") == ["One", "Two.", "three."]


def test_the_paragraphs_that_a_wire_wrapped_are_kept_apart() -> None:
    assert read("<p>The ferry\nsailed.\n\nCrowds\ncame.</p>") == [
        "The ferry sailed.",
        "Crowds came.",
    ]
    assert read("<p>  The ferry\nsailed.\n  Crowds\ncame.</p>") == [
        "The ferry sailed.",
        "Crowds came.",
    ]
    assert read("<p>The ferry sailed.\n    Crowds came.\n    Rain fell.</p>") == [
        "The ferry sailed.",
        "Crowds came.",
        "Rain fell.",
    ]


def test_the_indents_of_a_printed_document_say_nothing() -> None:
    assert read("<p>\n   The ferry\n   sailed and\n   <b>came</b>\n   back.\n  </p>") == [
        "The ferry sailed and came back."
    ]


def test_markup_written_as_text_is_read() -> None:
    element = etree.fromstring("<x>&lt;p&gt;One.&lt;/p&gt;&lt;p&gt;Two.&lt;/p&gt;</x>")
    assert content_paragraphs(element) == ["One.", "Two."]
    element = etree.fromstring("<x><p>One.&lt;br/&gt;&lt;br/&gt;Two.</p></x>")
    assert content_paragraphs(element) == ["One.", "Two."]


def test_the_lines_of_a_list_of_results_are_kept_apart() -> None:
    results = (
        "Results of the cup on Tuesday\nRovers           2 United            0\n"
        "City             1 Albion            1\nWednesday, March 3\n"
        "Town             0 Wanderers         4\n"
    )
    assert read(f"<p>{results}</p>") == [
        "Results of the cup on Tuesday",
        "Rovers 2 United 0",
        "City 1 Albion 1",
        "Wednesday, March 3",
        "Town 0 Wanderers 4",
    ]
    assert plain_paragraphs(results)[1] == "Rovers 2 United 0"
    story = "The ferry sailed.  Crowds\ncame.  Rain fell on\nthem.  Nobody minded\nthat."
    assert read(f"<p>{story}</p>") == [" ".join(story.split())]


def test_an_element_written_out_as_text_leaves_what_it_holds() -> None:
    assert read("<p>From 800&lt;endash&gt;-&lt;/endash&gt;900 boats, 5 &lt; 6.</p>") == [
        "From 800-900 boats, 5 < 6."
    ]


def test_html_that_was_escaped_twice_is_html() -> None:
    twice = "&amp;lt;p&amp;gt;One.&amp;lt;/p&amp;gt; &amp;lt;p&amp;gt;Two.&amp;lt;/p&amp;gt;"
    assert read(twice) == ["One.", "Two."]
    assert content_paragraphs(etree.fromstring(f"<body>{twice}</body>")) == ["One.", "Two."]


def test_a_prefix_that_nobody_declared_does_not_cost_the_file() -> None:
    root = parse_xml(b"<a x:b='1'><p>The <x:i>ferry</x:i> sailed.</p></a>", "a.xml")
    assert paragraphs(root) == ["The ferry sailed."]
    assert isinstance(parse_xml(b"<a x:b='1'><p>The ferry</a>", "a.xml"), Skip)
