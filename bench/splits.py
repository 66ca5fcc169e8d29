"""Which part of the data the reader is trained on, tuned on and measured on.

One rule for training and measuring, by a hash of what must not be on both sides: the article
(NewsQA), the title (SQuAD 2), the paragraph (SQuADShifts); realtimeqa is split by time.
"""

import hashlib
from typing import Literal

Part = Literal["train", "tune", "test"]

# Shares in percent of what is measured on, and of what thresholds and mixtures are chosen on.
_TEST = 20
_TUNE = 12
# realtimeqa: questions from here on are for tuning, and from the next for measuring.
_TUNE_FROM = "2023-11-01"
_TEST_FROM = "2024-01-01"


def part_of(key: str, *, test: int = _TEST, tune: int = _TUNE) -> Part:
    """Return the part that an article, a title or a paragraph belongs to, by shares in percent."""
    place = int(hashlib.sha256(key.encode()).hexdigest()[:8], 16) % 100
    if place < test:
        return "test"
    return "tune" if place < test + tune else "train"


def part_of_day(day: str) -> Part:
    """Return the part that a realtimeqa question of an ISO day belongs to."""
    if day >= _TEST_FROM:
        return "test"
    return "tune" if day >= _TUNE_FROM else "train"
