import io

import pytest

from ingest.formats import detect
from ingest.formats.other_xml import read
from ingest.found import Reason, Skip
from ingest.inputs import Input


@pytest.mark.parametrize(
    ("content", "suffix"),
    [
        ('<?xml version="1.0"?><urlset><url/></urlset>', ""),
        ("<newsitem itemid='1'><text><p>It rained.</p></text></newsitem>", ".xml"),
    ],
)
def test_xml_that_is_no_news_format_is_named_and_not_taken_for_a_text(
    content: str, suffix: str
) -> None:
    form = detect(content.encode(), suffix)
    assert form is not None
    assert form.__name__ == "ingest.formats.other_xml"  # type: ignore[attr-defined]
    (skip,) = read(Input(name="a.xml", opener=lambda: io.BytesIO(content.encode())))
    assert isinstance(skip, Skip)
    assert skip.reason == Reason.NOT_TEXT
    assert "its root is '" in skip.detail
