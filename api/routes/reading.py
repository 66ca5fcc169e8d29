"""Routes that read what is stored: articles with their copies, and what became of quotes."""

from dataclasses import replace

from fastapi import APIRouter, Request
from fastapi.responses import Response

from api.bodies import Day, cited_in, records, schema_of
from api.problems import ProblemError, described
from api.service import Service
from rag.export.packs import read_saved_answer
from rag.rechecking.records import Recheck
from rag.records import Article, Copy


def reading(service: Service) -> APIRouter:
    """Return the routes; all need the scope "read"."""
    router = service.router("read")

    @router.get("/articles/{article_id:path}", responses=schema_of(Article) | described(404))
    async def article(article_id: str, request: Request, as_of: Day | None = None) -> Response:
        """Return a stored article with its history, or as it was on a day."""
        try:
            found = await service.ask(
                request, lambda archive: archive.article(article_id, as_of=as_of)
            )
        except KeyError:
            raise _no_article() from None
        service.audit.note(request, articles=[article_id])
        # Where its file lies is nobody's business outside the server.
        return records(replace(found, path=""))

    saved_answer = {"application/json": {"schema": {"type": "object"}}}

    @router.post(
        "/recheck",
        responses=schema_of(Recheck),
        openapi_extra={"requestBody": {"required": True, "content": saved_answer}},
    )
    async def recheck(request: Request) -> Response:
        """Hold the quotes of a saved answer, or of an evidence pack, against the archive as it is.

        Send what `POST /v1/ask` returned, or an evidence pack in JSON.
        """
        saved = read_saved_answer(await request.body())
        checked = await service.ask(request, lambda archive: archive.recheck(saved))
        # Whether the place in a pack is this archive's would tell where it lies on the server.
        return records(replace(checked, archive=""))

    @router.get("/copies/{article_id:path}", responses=schema_of(list[Copy]) | described(404))
    async def copies(article_id: str, request: Request) -> Response:
        """Return the other articles of its story that a search may find now, the oldest first."""
        try:
            found = await service.ask(request, lambda archive: archive.copies(article_id))
        except KeyError:
            raise _no_article() from None
        service.audit.note(request, articles=cited_in(found))
        return records(found)

    return router


def _no_article() -> ProblemError:
    return ProblemError(404, "article", "there is no article with this id")
