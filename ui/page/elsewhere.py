"""Tell the questions that another page answers better: a timeline, a list of articles."""

import re
from dataclasses import dataclass
from typing import Literal

_ASKS_TIMELINE = re.compile(
    r"(?:(?:show|give|make|draw|build)(?: me)? )?(?:a |the )?(?:timeline|chronology) "
    r"(?:of|for|about|on) (?P<topic>.+)",
    re.IGNORECASE,
)
_ASKS_ARTICLES = re.compile(
    r"(?:list|show|find|give)(?: me)?(?: all)?(?: the)? (?:articles|stories|reports) "
    r"(?:about|on|of|mentioning) (?P<topic>.+)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Elsewhere:
    """The page that answers a question, and the topic that it is opened with."""

    page: Literal["timeline", "archive"]
    topic: str


def find_elsewhere(question: str) -> Elsewhere | None:
    """Return the page that a question asks for by its first words; None if it just asks."""
    said = " ".join(question.split()).rstrip("?!. ")
    if found := _ASKS_TIMELINE.fullmatch(said):
        return Elsewhere(page="timeline", topic=found["topic"])
    if found := _ASKS_ARTICLES.fullmatch(said):
        return Elsewhere(page="archive", topic=found["topic"])
    return None
