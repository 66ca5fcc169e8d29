from rag.text.countries import countries


def test_countries_have_their_peoples_and_seats() -> None:
    found = {country.name: country for country in countries() if not country.is_of_news}
    assert found["Armenia"].adjectives == ("Armenian",)
    assert found["Denmark"].people == ("Dane",)
    assert found["Bolivia"].seats == ("La Paz", "Sucre")
    assert len(found) > 200


def test_names_hold_no_notes_of_the_source() -> None:
    names = [name for country in countries() for name in (*country.names, *country.seats)]
    odd = [
        name
        for name in names
        if not name or "[" in name or "note" in name or " in Romanian" in name
    ]
    assert odd == []


def test_what_news_calls_a_country_comes_before_its_official_names() -> None:
    places = [country.is_of_news for country in countries()]
    assert places == sorted(places, reverse=True)
