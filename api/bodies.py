"""Defines what requests send, and the descriptions of what is sent back.

What is sent back is what `to_json` of each record writes, so a client makes the same record of it.
"""

import re
from collections.abc import Iterable
from datetime import date
from typing import Annotated, Any, Literal

from fastapi.responses import Response
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, Strict, TypeAdapter

from rag.interchange import write_json
from rag.question.filters import Filters
from rag.question.follow_ups import Exchange

# Longer ones are refused before the archive is asked.
LONGEST_QUESTION = 10_000
_MOST_TURNS = 50
_MOST_NAMES = 1_000
_MOST_HITS = 200
_MOST_LISTED = 1_000

_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)


def _require_day(value: object) -> object:
    if value is None or (isinstance(value, str) and _DAY.fullmatch(value)):
        return value
    raise ValueError("write a day like 2020-11-10")


# Pydantic would take a number for the seconds since 1970, and so search other days than wanted.
Day = Annotated[date, Strict(strict=False), BeforeValidator(_require_day)]
# That there must be one is for the archive to say, in the words that Python and the terminal have.
Text = Annotated[str, Field(max_length=LONGEST_QUESTION)]
Names = Annotated[list[Annotated[str, Field(max_length=500)]], Field(max_length=_MOST_NAMES)]


class _Body(BaseModel):
    # An unknown filter must never widen a search, and neither must one that was meant otherwise.
    model_config = ConfigDict(extra="forbid", strict=True)


class FilterBody(_Body):
    """The filters of every question, as in Python."""

    since: Day | None = None
    until: Day | None = None
    sources: Names | None = None
    sections: Names | None = None
    as_of: Day | None = None
    now: Day | None = None
    read_time: bool = True
    read_outlets: bool = True

    def filters(self) -> Filters:
        """Return them as keywords of `Archive`."""
        return Filters(
            since=self.since,
            until=self.until,
            sources=self.sources,
            sections=self.sections,
            as_of=self.as_of,
            now=self.now,
            read_time=self.read_time,
            read_outlets=self.read_outlets,
        )


class TurnBody(_Body):
    """An earlier turn of a conversation: the question, and the first words of its answer."""

    question: Text
    answer: Annotated[str, Field(max_length=LONGEST_QUESTION)] = ""


class AskBody(FilterBody):
    """A question, which may follow others; `carried` are the words to add to it, if given."""

    question: Text
    history: Annotated[list[TurnBody], Field(max_length=_MOST_TURNS)] = []
    carried: Names | None = None

    def turns(self) -> list[Exchange]:
        """Return the earlier turns, oldest first."""
        return [Exchange(question=turn.question, answer=turn.answer) for turn in self.history]


class SearchBody(FilterBody):
    """A search; with `rerank` the reader decides the order."""

    question: Text
    limit: Annotated[int, Field(ge=1, le=_MOST_HITS)] = 10
    rerank: bool = False


class PhrasesBody(FilterBody):
    """A question with words in quotes."""

    question: Text


class BrowseBody(FilterBody):
    """Which page of the articles is wanted; with words in `about`, of those found for them."""

    about: Annotated[str, Field(max_length=LONGEST_QUESTION)] = ""
    first: Annotated[int, Field(ge=0, le=1_000_000_000)] = 0
    limit: Annotated[int, Field(ge=1, le=_MOST_LISTED)] = 20


class TimelineBody(_Body):
    """A topic, and the days of which its timeline is wanted."""

    topic: Text
    since: Day | None = None
    until: Day | None = None
    sources: Names | None = None
    as_of: Day | None = None
    now: Day | None = None
    read_time: bool = True
    read_outlets: bool = True
    limit: Annotated[int, Field(ge=1, le=_MOST_LISTED)] = 30


class LocateBody(_Body):
    """A text whose source is sought."""

    excerpt: Text
    limit: Annotated[int, Field(ge=1, le=100)] = 10
    sources: Names | None = None
    now: Day | None = None


class ExportBody(AskBody):
    """A question whose answer is wanted as a file."""

    format: Literal["html", "markdown", "json", "bibtex", "ris", "csl-json"] = "json"


def records(value: object) -> Response:
    """Return a record, or a list of them, as a response."""
    return Response(write_json(value), media_type="application/json; charset=utf-8")


def schema_of(kind: Any, *, cites: str = "") -> dict[int | str, dict[str, Any]]:
    """Return the description of a response with records of a kind.

    If it `cites` articles, that is where the id of the first one stands, as a JSON pointer.
    """
    schema = TypeAdapter(kind).json_schema(
        mode="serialization", ref_template="#/components/schemas/{model}"
    )
    response: dict[str, Any] = {"content": {"application/json": {"schema": schema}}}
    if cites:
        parameters = {"article_id": f"$response.body#{cites}"}
        response["links"] = {
            name: {"operationId": name, "parameters": parameters} for name in ("article", "copies")
        }
    return {200: response}


def cited_in(articles: Iterable[Any]) -> list[str]:
    """Return the ids of the articles of citations or hits."""
    return [item.article_id for item in articles]
