"""Opinion, analysis and satire are known by the conventions of outlets."""

import pytest

from rag.text.genres import genre_of


@pytest.mark.parametrize(
    ("title", "section", "authors", "genre"),
    [
        ("The harbour is finished", "opinion", (), "opinion"),
        ("The harbour is finished", "Comment is free", (), "opinion"),
        ("Opinion: The harbour is finished", "", (), "opinion"),
        ("The harbour is finished | Letters", "news", (), "opinion"),
        ("The harbour is finished", "", ("Mia Holm, columnist",), "opinion"),
        ("Analysis: What the vote means", "politics", (), "analysis"),
        ("Mayor rules from boat", "Back page (satire)", (), "satire"),
        ("Satire: Mayor rules from boat", "opinion", (), "satire"),
        ("The harbour is finished", "Op/Ed", (), "opinion"),
        ("The harbour is finished", "Views", (), "opinion"),
        ("The harbour is finished", "", ("Opinion by Mia Holm",), "opinion"),
        ("COLUMN-The harbour is finished: Holm", "", (), "opinion"),
        ("ANALYSIS-What the vote means", "", (), "analysis"),
        ("Explainer-How the harbour works", "", (), "analysis"),
        ("Comment-free zone opens in Tarn", "", (), ""),
        ("Bishops meet in Tarn", "Religious leaders", (), ""),
        ("Tarn sings", "Young voices choir", (), ""),
        ("Leaders meet in Tarn", "world", ("Mia Holm",), ""),
        ("World leaders meet", "world leaders", (), ""),
        ("Police comment on the arrest", "news", (), ""),
        ("Opinion polls put the mayor ahead", "politics", (), ""),
    ],
)
def test_an_article_is_what_its_outlet_calls_it(
    title: str, section: str, authors: tuple[str, ...], genre: str
) -> None:
    assert genre_of(title, section, authors) == genre
