"""Reads numbers in words: the value of each word, and of several words together.

One function reads "two hundred and five", "forty-four", "5 million" and "2 1/2". So a number means
the same in a length of time, in a written sentence and in a question.
"""

from collections.abc import Sequence
from dataclasses import dataclass

NUMERALS = {
    word: number
    for number, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
        "fifteen sixteen seventeen eighteen nineteen".split()
    )
} | {
    word: 10 * tens
    for tens, word in enumerate(
        "twenty thirty forty fifty sixty seventy eighty ninety".split(), start=2
    )
}
MULTIPLIERS = {
    "dozen": 12,
    "hundred": 100,
    "thousand": 1000,
    "million": 10**6,
    "billion": 10**9,
    "trillion": 10**12,
    # As they are said in India, Pakistan and Bangladesh: "Rs 12 crore", "two lakh people".
    "lakh": 10**5,
    "lakhs": 10**5,
    "crore": 10**7,
    "crores": 10**7,
}
ORDINALS = {
    word: number
    for number, word in enumerate(
        "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth "
        "thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth "
        "twenty-first twenty-second twenty-third twenty-fourth twenty-fifth twenty-sixth "
        "twenty-seventh twenty-eighth twenty-ninth thirtieth thirty-first".split(),
        start=1,
    )
}
# Parts of a whole, in the singular, with how many of them make up the whole.
FRACTIONS = {"half": 2, "quarter": 4, "third": 3, "fifth": 5, "tenth": 10, "sixth": 6, "eighth": 8}
# A factor of this size or more completes what is before it: "two hundred thousand".
_NEXT_GROUP = 1000
# A longer run of digits is not an amount in news.
_LONGEST_FIGURE = 12


@dataclass(slots=True)
class NumberSum:
    """A number as it is read word by word: the complete part, and the `group` still being read."""

    total: float = 0.0
    group: float = 0.0

    @property
    def value(self) -> float:
        """The number so far."""
        return self.total + self.group

    def multiply(self, factor: int) -> None:
        """Multiply by a word such as "hundred" or "million"."""
        self.group = (self.group or 1) * factor
        if factor >= _NEXT_GROUP:
            self.total, self.group = self.total + self.group, 0.0

    def add(self, value: float) -> None:
        """Add a word such as "five" or "twenty"."""
        self.group += value

    def fits(self, value: float) -> bool:
        """Say whether a numeral continues the number: "hundred" + "five", "twenty" + "one"."""
        rest = self.group % 100
        return rest == 0 or (rest >= 20 and rest % 10 == 0 and value < 10)


def number_of(words: Sequence[str]) -> float | None:
    """Return the number in words in lower case, ignoring other words; None if there is none."""
    number, is_number = NumberSum(), False
    for word in words:
        value = NUMERALS.get(word, figure_of(word))
        if word in MULTIPLIERS:
            number.multiply(MULTIPLIERS[word])
        elif value is not None:
            number.add(value)
        else:
            continue
        is_number = True
    return number.value if is_number else None


def figure_of(word: str) -> float | None:
    """Return the value of a number in figures, "1,432", "5.5" or "1/2"; None if it is not one."""
    if len(word) > _LONGEST_FIGURE or not word.isascii() or not word[:1].isdigit():
        return None
    top, slash, bottom = word.replace(",", "").partition("/")
    try:
        return float(top) / (float(bottom) if slash else 1)
    except (ValueError, ZeroDivisionError):
        return None
