"""How much of each set a pass of a training reads.

The readers before were trained three times, each time from what came before: first on all that asks
in many ways, then on stories told again and again, then to know when nothing answers. The reader
that ships was trained twice: half of what the second training reads was written for Dateline.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Share:
    """How much of a set one pass reads, and with how many look-alikes a question on average.

    `missing` is the share of the questions that is put to look-alikes alone.
    """

    share: float
    negatives: float
    missing: float = 0.0


# What is about news most, the rest for its ways of asking; every pass draws anew.
SHARES: dict[str, dict[str, Share]] = {
    "first": {
        "asked": Share(1.0, 2.0),
        "newsqa": Share(1.0, 2.0),
        "realtimeqa": Share(1.0, 2.0),
        "squad2": Share(0.5, 0.5),
        "new_wiki": Share(0.2, 0.5),
        "reddit": Share(0.08, 0.5),
        "amazon_reviews": Share(0.02, 0.5),
        "qamr-wikinews": Share(0.2, 0.5),
        "qamr-wikipedia": Share(0.05, 0.5),
        "tweetqa-spans": Share(0.2, 0.3),
        "ester": Share(1.0, 0.7),
        "multirc-newslike": Share(1.0, 0.7),
        "boolq": Share(0.2, 0.5),
        "sentences": Share(0.5, 2.0),
        "statements": Share(0.3, 0.0),
        "mnli": Share(0.05, 0.0),
        "twins": Share(0.2, 0.0),
        "unlabelled": Share(0.7, 1.0),
    },
    "second": {
        "drills": Share(1.0, 4.0),
        "asked": Share(0.2, 3.0),
        "newsqa": Share(1.0, 2.0),
        "realtimeqa": Share(1.0, 2.0),
        "squad2": Share(0.3, 0.5),
        "new_wiki": Share(0.1, 0.5),
        "reddit": Share(0.05, 0.5),
        "amazon_reviews": Share(0.01, 0.5),
        "qamr-wikinews": Share(0.1, 0.5),
        "qamr-wikipedia": Share(0.03, 0.5),
        "tweetqa-spans": Share(0.1, 0.3),
        "ester": Share(0.5, 0.7),
        "multirc-newslike": Share(0.5, 0.7),
        "boolq": Share(0.1, 0.5),
        "sentences": Share(0.3, 2.0),
        "statements": Share(0.2, 0.0),
        "mnli": Share(0.03, 0.0),
        "twins": Share(0.15, 0.0),
        "follow-ups": Share(0.15, 2.0),
        "unlabelled": Share(0.7, 1.0),
    },
    "third": {
        "drills": Share(0.3, 4.0, missing=0.15),
        "asked": Share(0.1, 3.0, missing=0.25),
        "newsqa": Share(1.0, 3.0, missing=0.3),
        "realtimeqa": Share(0.7, 2.0, missing=0.3),
        "squad2": Share(0.1, 0.5),
        "new_wiki": Share(0.02, 0.5),
        "reddit": Share(0.01, 0.5),
        "amazon_reviews": Share(0.005, 0.5),
        "qamr-wikinews": Share(0.02, 0.5),
        "qamr-wikipedia": Share(0.01, 0.5),
        "tweetqa-spans": Share(0.03, 0.3),
        "ester": Share(0.15, 0.7),
        "multirc-newslike": Share(0.15, 0.7),
        "boolq": Share(0.03, 0.5),
        "sentences": Share(0.1, 2.0),
        "statements": Share(0.05, 0.0),
        "mnli": Share(0.01, 0.0),
        "twins": Share(0.05, 0.0),
        "follow-ups": Share(0.08, 2.0, missing=0.15),
        "unlabelled": Share(0.7, 1.0),
    },
    "wide": {
        "drills": Share(0.2, 3.0, missing=0.1),
        "asked": Share(0.1, 2.0, missing=0.2),
        "newsqa": Share(1.4, 1.4, missing=0.15),
        "realtimeqa": Share(0.8, 1.6, missing=0.15),
        "squad2": Share(0.25, 0.5),
        "new_wiki": Share(0.1, 0.5),
        "reddit": Share(0.02, 0.5),
        "amazon_reviews": Share(0.005, 0.5),
        "qamr-wikinews": Share(0.05, 0.5),
        "qamr-wikipedia": Share(0.01, 0.5),
        "tweetqa-spans": Share(0.05, 0.3),
        "ester": Share(0.4, 0.7),
        "multirc-newslike": Share(0.5, 0.7),
        "boolq": Share(0.08, 0.5),
        "sentences": Share(0.1, 2.0),
        "statements": Share(0.1, 0.0),
        "mnli": Share(0.01, 0.0),
        "twins": Share(0.08, 0.0),
        "follow-ups": Share(0.05, 2.0, missing=0.15),
        "unlabelled": Share(0.7, 1.0),
    },
}
# A training that goes on from "wide" reads more of what was written for Dateline.
SHARES["wide, on"] = SHARES["wide"] | {
    "drills": Share(0.3, 3.0, missing=0.12),
    "asked": Share(0.15, 2.5, missing=0.2),
    "newsqa": Share(0.8, 1.6, missing=0.15),
    "realtimeqa": Share(0.5, 1.6, missing=0.15),
    "squad2": Share(0.12, 0.5),
    "new_wiki": Share(0.05, 0.5),
    "ester": Share(0.2, 0.7),
    "multirc-newslike": Share(0.25, 0.7),
    "boolq": Share(0.04, 0.5),
}
# What comes after that reads rivals too: answers that only a name tells apart.
SHARES["wide, with rivals"] = SHARES["wide, on"] | {"rivals": Share(0.25, 0.5)}
# A training that goes on from there reads what was written for Dateline more than anything else.
SHARES["wide, written"] = SHARES["wide, with rivals"] | {
    "drills": Share(1.0, 3.0, missing=0.12),
    "asked": Share(0.5, 2.5, missing=0.2),
    "follow-ups": Share(0.05, 2.0, missing=0.15),
    "conversations": Share(0.35, 1.5, missing=0.1),
}
