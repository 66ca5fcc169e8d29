"""Read every set that the reader is trained on, tuned on or measured on."""

import hashlib
import random
from collections.abc import Iterable

from bench.data import DATA
from bench.splits import Part
from training import given_passages, news_questions
from training.asked import asked
from training.conversation_turns import TURNS, conversation_turns
from training.drills import drills
from training.examples import Example
from training.exchanges import Names
from training.follow_ups import FOLLOW_UPS, follow_ups
from training.rivals import Rivals
from training.twins import Twins
from training.unlabelled import UNLABELLED_FILES, unlabelled

FILES = tuple(
    dict.fromkeys((*news_questions.NEWS_FILES, *given_passages.GIVEN_FILES, *UNLABELLED_FILES))
)
_SHIFTS = ("new_wiki", "reddit", "amazon_reviews")
_CONTEXT = ("qamr-wikinews", "qamr-wikipedia")
_GIVEN = ("tweetqa-spans", "ester", "multirc-newslike")
# Seeds of the draws: what stands in place of a name or number, what a follow-up follows.
_TWINS_SEED = 14
_FOLLOW_UPS_SEED = 16


def read_sets(part: Part) -> dict[str, list[Example]]:
    """Return the examples of a part of the data, by the name of their set."""
    sets = {
        "newsqa": list(news_questions.newsqa(part)),
        "squad2": list(given_passages.squad("squad2", part)),
    }
    if part == "test":  # what else is measured is in `bench/`
        return sets
    sets["realtimeqa"] = list(news_questions.realtimeqa(part))
    sets["asked"] = list(asked(part))
    sets["drills"] = list(drills(part))
    if part == "tune":
        return sets
    sets |= {name: list(given_passages.squad(f"squadshifts-{name}", part)) for name in _SHIFTS}
    sets |= {name: list(given_passages.in_context(name)) for name in _CONTEXT}
    sets |= {name: list(given_passages.given(name)) for name in _GIVEN}
    sets["boolq"] = list(given_passages.yes_or_no())
    sets |= _by_name(given_passages.labelled_sentences())
    sets |= _by_name(given_passages.statements())
    news = [*sets["newsqa"], *sets["realtimeqa"]]
    sets["unlabelled"] = list(unlabelled([example.question for example in news]))
    sets |= _exchanged([*news, *sets["qamr-wikinews"]], [*sets["asked"], *sets["drills"]])
    sets[TURNS] = list(conversation_turns(part))
    sets[FOLLOW_UPS] = _following([*news, *sets["asked"], *sets["drills"]])
    return sets


def _by_name(examples: Iterable[Example]) -> dict[str, list[Example]]:
    sets: dict[str, list[Example]] = {}
    for example in examples:
        sets.setdefault(example.set_name, []).append(example)
    return sets


def _exchanged(crowd: list[Example], ours: list[Example]) -> dict[str, list[Example]]:
    """Return what nothing answers, for one thing is exchanged, and answers beside such a thing."""
    examples = [*crowd, *ours]
    # The crowd's come first, so that a recipe of before the rivals draws the same twins.
    twins = Twins(Names([example.question for example in crowd]))
    rivals = Rivals(Names([example.question for example in examples]))
    by_chance = random.Random(_TWINS_SEED)  # noqa: S311  # drawing examples
    return {
        "twins": [twin for one in crowd if (twin := twins.of(one, by_chance))],
        "rivals": [rival for one in examples if (rival := rivals.of(one, by_chance))],
    }


def _following(examples: list[Example]) -> list[Example]:
    """Return the questions that can follow another one, which has a name that they leave out."""
    rng = random.Random(_FOLLOW_UPS_SEED)  # noqa: S311  # drawing examples
    return list(follow_ups(examples, rng))


def file_hashes() -> dict[str, str]:
    """Return the SHA-256 of each file that is read."""
    return {name: hashlib.sha256((DATA / name).read_bytes()).hexdigest() for name in FILES}
