import re

import pytest

from rag.text.units import currency_codes, units


def test_units_of_measure_money_and_time_are_known_in_british_and_american_spelling() -> None:
    assert {"mile", "metres", "meters", "mph", "rupees", "per cent", "years", "crowns"} <= units()
    assert {"USD", "INR", "GBP"} <= currency_codes()
    assert not {"in", "light", "item", "value"} & units()


def test_the_names_of_all_currencies_are_those_of_cldr() -> None:
    babel = pytest.importorskip("babel", reason="Babel has the names of CLDR")
    names = babel.Locale.parse("en")._data["currency_names_plural"]
    words = {names[code]["other"].split()[-1] for code in ("USD", "GBP", "JPY", "INR", "ZAR")}
    assert words <= units()
    assert all(re.fullmatch(r"\S.*\S", unit) for unit in units())
