import pytest

from ingest.web_addresses import inner_address, names_a_page, without_tracking


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("https://a.example/1?utm_source=rss&utm_medium=feed", "https://a.example/1"),
        ("https://a.example/1?id=7&fbclid=x&page=2", "https://a.example/1?id=7&page=2"),
        ("https://a.example/1#xtor=RSS-32", "https://a.example/1"),
        ("https://a.example/1?at_medium=RSS#comments", "https://a.example/1#comments"),
        ("https://a.example/?q=a%20b&x", "https://a.example/?q=a%20b&x"),
        ("https://a.example/1?cid=7&ref=8&source=9", "https://a.example/1?cid=7&ref=8&source=9"),
    ],
)
def test_what_counts_visits_goes_and_the_rest_stays_as_written(given: str, kept: str) -> None:
    assert without_tracking(given) == kept


@pytest.mark.parametrize(
    ("url", "inner"),
    [
        (
            "https://web.archive.org/web/2023/https://www.a.example/b?c=d",
            "https://www.a.example/b?c=d",
        ),
        ("https://web.archive.org/web/2023/http:/a.example/b", "http://a.example/b"),
        ("https://a.example/share?url=https://b.example/c", ""),
        ("https://a.example/https/b", ""),
        ("https://a.example/b", ""),
    ],
)
def test_the_address_inside_an_address_is_that_of_the_page(url: str, inner: str) -> None:
    assert inner_address(url) == (inner or url)


@pytest.mark.parametrize(
    ("url", "does"),
    [
        ("", False),
        ("https://holm.example", False),
        ("https://holm.example:8080/", False),
        ("//holm.example/", False),
        ("https://holm.example/1", True),
        ("https://holm.example/?p=7", True),
        ("https://holm.example/#!/story/7", True),
        ("urn:holm:7", True),
        ("/story/7", True),
    ],
)
def test_the_address_of_a_whole_website_names_no_page(url: str, does: bool) -> None:
    assert names_a_page(url) is does
