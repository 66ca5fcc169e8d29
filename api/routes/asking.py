"""Routes that ask the archive: questions, searches, timelines, the source of a text."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from threading import Event
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, Response, StreamingResponse

from api.bodies import (
    AskBody,
    ExportBody,
    LocateBody,
    PhrasesBody,
    SearchBody,
    TimelineBody,
    cited_in,
    records,
    schema_of,
)
from api.problems import problem_of
from api.service import Service
from rag.archive import Archive
from rag.export.formats import FORMATS
from rag.interchange import write_json
from rag.locating.records import Located
from rag.records import Answer, AnswerSentence, Hit, QuotedAnswer
from rag.remote.noted import NotedEntries, NotedHits
from rag.timeline.build import TimelineEntry

Streamed = QuotedAnswer | AnswerSentence | Answer


def asking(service: Service) -> APIRouter:
    """Return the routes; all need the scope "ask"."""
    router = service.router("ask")

    @router.post("/ask", responses=_answer_described())
    async def ask(body: AskBody, request: Request) -> Response:
        """Answer a question with quotes, or say that the archive does not say."""
        answer = await service.ask(request, lambda archive: _answer(archive, body))
        _note(service, request, body, answer)
        return records(answer)

    @router.post("/ask/stream", responses={200: {"content": {"text/event-stream": {}}}})
    async def stream(body: AskBody, request: Request) -> Response:
        """Answer a question as server-sent events.

        If a language model writes, the answer in quotes comes first, as the event `quotes`, and
        each sentence is an event `sentence`, as soon as it is checked. The answer is the event
        `answer`. What goes wrong is an event `problem`.
        """
        await service.turns.take(request.is_disconnected, caller=request.state.caller)
        written = _Written(service, body)
        return StreamingResponse(
            _events(service, request, body, written), media_type="text/event-stream"
        )

    @router.post("/search", responses=schema_of(list[Hit], cites="/0/article_id"))
    async def search(body: SearchBody, request: Request) -> Response:
        """Return the passages that a search finds, best first."""
        hits = await service.ask(
            request,
            lambda archive: archive.search(
                body.question, limit=body.limit, rerank=body.rerank, **body.filters()
            ),
        )
        service.audit.note(request, question=body.question, articles=cited_in(hits))
        return records(hits)

    @router.post("/search/noted", responses=schema_of(NotedHits, cites="/hits/0/article_id"))
    async def search_with_notes(body: SearchBody, request: Request) -> Response:
        """Return the passages that a search finds, and say in words what it looked at."""
        hits, notes = await service.ask(
            request,
            lambda archive: archive.search_with_notes(
                body.question, limit=body.limit, rerank=body.rerank, **body.filters()
            ),
        )
        service.audit.note(request, question=body.question, articles=cited_in(hits))
        return records(NotedHits(hits=tuple(hits), notes=tuple(notes)))

    @router.post("/phrases", responses=schema_of(list[str]))
    async def phrases(body: PhrasesBody, request: Request) -> Response:
        """Say in words what the archive has of the phrases in quotes of a question."""
        return JSONResponse(
            await service.ask(
                request,
                lambda archive: archive.describe_phrases(body.question, **body.filters()),
            )
        )

    @router.post(
        "/timeline", responses=schema_of(list[TimelineEntry], cites="/0/citation/article_id")
    )
    async def timeline(body: TimelineBody, request: Request) -> Response:
        """Return what the archive says happened, in the order of days."""
        entries = await service.ask(request, lambda archive: archive.timeline(**body.model_dump()))
        cited = cited_in(entry.citation for entry in entries)
        service.audit.note(request, question=body.topic, articles=cited)
        return records(entries)

    @router.post(
        "/timeline/noted",
        responses=schema_of(NotedEntries, cites="/entries/0/citation/article_id"),
    )
    async def timeline_with_notes(body: TimelineBody, request: Request) -> Response:
        """Return what the archive says happened, and say in words what was looked at."""
        entries, notes = await service.ask(
            request, lambda archive: archive.timeline_with_notes(**body.model_dump())
        )
        cited = cited_in(entry.citation for entry in entries)
        service.audit.note(request, question=body.topic, articles=cited)
        return records(NotedEntries(entries=tuple(entries), notes=tuple(notes)))

    @router.post("/locate", responses=schema_of(list[Located], cites="/0/article_id"))
    async def locate(body: LocateBody, request: Request) -> Response:
        """Return the articles that a text comes from, and what was changed in it."""
        found = await service.ask(request, lambda archive: archive.locate(**body.model_dump()))
        service.audit.note(request, question=body.excerpt, articles=cited_in(found))
        return records(found)

    media_types: dict[str, Any] = {kind.media_type: {} for kind in FORMATS.values()}

    @router.post("/export", responses={200: {"content": media_types}})
    async def export(body: ExportBody, request: Request) -> Response:
        """Answer a question as a file: an evidence pack, or references."""
        answer = await service.ask(request, lambda archive: _answer(archive, body))
        _note(service, request, body, answer)
        described_format = FORMATS[body.format]
        return Response(
            answer.export(body.format),
            media_type=described_format.media_type,
            headers={
                "Content-Disposition": f'attachment; filename="answer{described_format.suffix}"'
            },
        )

    return router


def _answer_described() -> dict[int | str, dict[str, Any]]:
    """Return the description of an answer: what it cites can be read, and all of it rechecked."""
    described = schema_of(Answer, cites="/citations/0/article_id")
    described[200]["links"]["recheck"] = {
        "operationId": "recheck",
        "requestBody": "$response.body",
    }
    return described


def _answer(archive: Archive, body: AskBody) -> Answer:
    return _without_place(
        archive.ask(body.question, history=body.turns(), carried=body.carried, **body.filters())
    )


def _without_place(answer: Answer) -> Answer:
    """Return an answer that does not say where its archive lies on the server."""
    if answer.provenance is None:
        return answer
    return replace(answer, provenance=replace(answer.provenance, archive=""))


def _note(service: Service, request: Request, body: AskBody, answer: Answer) -> None:
    service.audit.note(request, question=body.question, articles=_cited(answer))


def _cited(answer: Answer) -> list[str]:
    return cited_in((*answer.citations, *answer.also_found))


class _Written:
    """An answer that is written in a thread from now on, in the place that was waited for.

    It begins at once, so that the place is given back even if nobody reads what is written.
    """

    def __init__(self, service: Service, body: AskBody) -> None:
        self.is_unwanted = Event()
        self._made: asyncio.Queue[Streamed | None] = asyncio.Queue()
        self._loop = asyncio.get_running_loop()
        self._work = asyncio.ensure_future(
            service.turns.work(lambda: self._write(service.archive(), body))
        )
        self._work.add_done_callback(self._finish)

    async def items(self) -> AsyncIterator[Streamed]:
        """Yield what is written.

        Raises:
            TookTooLongError: it took too long.
            DatelineError: the archive cannot answer.
        """
        while (item := await self._made.get()) is not None:
            yield item
        await self._work

    def _write(self, archive: Archive, body: AskBody) -> None:
        for item in archive.stream(
            body.question, history=body.turns(), carried=body.carried, **body.filters()
        ):
            self._loop.call_soon_threadsafe(self._made.put_nowait, item)
            if self.is_unwanted.is_set():
                break

    def _finish(self, work: asyncio.Future[None]) -> None:
        # What it raised is looked at here, for there may be nobody left to read it.
        if not work.cancelled():
            work.exception()
        self._made.put_nowait(None)


async def _events(
    service: Service, request: Request, body: AskBody, written: _Written
) -> AsyncIterator[str]:
    """Yield the events of an answer; the next sentence is not written if the caller is gone.

    Nothing is shown before it stands in the audit log, so that whoever leaves after the quotes is
    in it too. The answer has a line of its own if it cites what the quotes did not.
    """
    noted: set[str] | None = None
    try:
        async for item in written.items():
            answer = item.answer if isinstance(item, QuotedAnswer) else item
            if isinstance(answer, Answer):
                cited = set(_cited(answer))
                if noted is None or not cited <= noted:
                    _note(service, request, body, answer)
                noted = cited | (noted or set())
            yield _event(*_told(item))
    except Exception as error:  # noqa: BLE001  the status was sent: no handler can tell it
        problem = problem_of(error, request.state.request_id)
        yield _event("problem", problem.model_dump_json())
    finally:
        written.is_unwanted.set()


def _told(item: Streamed) -> tuple[str, str]:
    """Return the name of an event, and what it tells in JSON."""
    if isinstance(item, QuotedAnswer):
        return "quotes", write_json(_without_place(item.answer))
    if isinstance(item, Answer):
        return "answer", write_json(_without_place(item))
    return "sentence", write_json(item)


def _event(name: str, text: str) -> str:
    return f"event: {name}\ndata: {text}\n\n"
