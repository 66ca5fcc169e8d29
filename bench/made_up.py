"""Make up articles of any number, as records: equal numbers and seeds give equal articles.

The words are drawn from small lists by a grammar, so the texts say nothing. What matters is that
their lengths are those of news, and that they bring what an ingest has to decide: newer versions,
copies in other outlets, and repetitions.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

# Of 19,450 news articles, a sample of 600: the natural logarithm of the number of passages has a
# mean of 1.78 and a deviation of .97, and a passage has 8.4 sentences.
PASSAGES_LOG_MEAN, PASSAGES_LOG_DEVIATION, MOST_PASSAGES = 1.78, 0.97, 100
SENTENCES_PER_PASSAGE = 8.4
# Words of a sentence, which are some 25 tokens on average.
_SENTENCE_SHAPE, _SENTENCE_SCALE = 3.06, 5.9
_OUTLETS = 40
_FIRST_DAY = date(2015, 1, 1)
_DAYS = 3650

_PEOPLE = "minister mayor judge farmer teacher engineer captain nurse driver senator coach baker"
_DID = (
    "opened closed visited repaired measured sold bought praised questioned counted moved painted"
)
_WHAT = "bridge harbour school market tunnel library stadium museum factory orchard station archive"
_KINDS = "old new large small northern southern crowded empty famous private public flooded"
_PLACES = "Ardmoor Belcastle Corrin Dunhaven Eastfold Farrow Glenmere Hollin Inverley Jarrow Kelby"
_WHEN = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday"
_PARTS = tuple(tuple(words.split()) for words in (_PEOPLE, _DID, _WHAT, _KINDS, _PLACES, _WHEN))


@dataclass(frozen=True, slots=True, kw_only=True)
class Shares:
    """Which shares of the records are a newer version, a copy elsewhere, or a repetition."""

    newer: float = 0.05
    copies: float = 0.08
    repeated: float = 0.03


def make_records(
    count: int, *, seed: int = 1, shares: Shares | None = None, shorter: float = 1.0
) -> Iterator[dict[str, Any]]:
    """Yield the records of `count` articles, and with `shares` those about them besides.

    With `shorter` texts have that part of their length.
    """
    dice = random.Random(seed)
    for number in range(count):
        record = _record(number, dice, shorter)
        yield record
        if shares is None:
            continue
        drawn = dice.random()
        if drawn < shares.newer:
            text = f"{record['text']} It was corrected on {dice.choice(_PARTS[5])}."
            yield record | {"version": 2, "text": text}
        elif drawn < shares.newer + shares.copies:
            other = f"outlet-{dice.randrange(_OUTLETS)}.example"
            yield record | {"id": f"copy-{number}", "source": other, "url": ""}
        elif drawn < shares.newer + shares.copies + shares.repeated:
            yield record


def _record(number: int, dice: random.Random, shorter: float) -> dict[str, Any]:
    day = _FIRST_DAY + timedelta(days=dice.randrange(_DAYS))
    outlet = f"outlet-{dice.randrange(_OUTLETS)}.example"
    return {
        "id": f"made-up-{number}",
        "version": 1,
        "url": f"https://{outlet}/{day.isoformat()}/{number}",
        "title": make_sentence(dice, words=8).rstrip("."),
        "published": day.isoformat(),
        "source": outlet,
        "section": dice.choice(_PARTS[2]),
        "language": "en",
        "text": make_text(dice, passages=draw_passages(dice) * shorter),
    }


def draw_passages(dice: random.Random) -> int:
    """Return how many passages an article has, drawn as those of news are."""
    drawn = round(dice.lognormvariate(PASSAGES_LOG_MEAN, PASSAGES_LOG_DEVIATION))
    return min(max(drawn, 1), MOST_PASSAGES)


def make_text(dice: random.Random, *, passages: float) -> str:
    """Return sentences that fill so many passages."""
    count = max(1, round(passages * SENTENCES_PER_PASSAGE))
    return " ".join(
        make_sentence(
            dice, words=max(4, round(dice.gammavariate(_SENTENCE_SHAPE, _SENTENCE_SCALE)))
        )
        for _ in range(count)
    )


def make_sentence(dice: random.Random, *, words: int) -> str:
    """Return a sentence of about so many words."""
    parts: list[str] = []
    while len(parts) < words:
        people, did, what, kinds, places, _ = (dice.choice(part) for part in _PARTS)
        joined = ["and"] if parts else []
        parts += [*joined, "the", people, "of", places, did, str(dice.randrange(2, 9000))]
        parts += [kinds, what]
    text = " ".join([*parts[:words], "on", dice.choice(_PARTS[5])])
    return f"{text[0].upper()}{text[1:]}."
