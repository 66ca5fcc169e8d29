"""Routes that read what is stored: articles, outlets, sections, and what the archive holds."""

from dataclasses import replace
from datetime import date

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, Response

from api.bodies import records, schema_of
from api.problems import ProblemError, described
from api.service import Service
from rag.export.packs import read_saved_answer
from rag.rechecking.records import Recheck
from rag.records import Article


def reading(service: Service) -> APIRouter:
    """Return the routes; all need the scope "read"."""
    router = service.router("read")

    @router.get("/articles/{article_id:path}", responses=schema_of(Article) | described(404))
    async def article(article_id: str, request: Request, as_of: date | None = None) -> Response:
        """Return a stored article with its history, or as it was on a day."""
        try:
            found = await service.ask(
                request, lambda archive: archive.article(article_id, as_of=as_of)
            )
        except KeyError:
            raise ProblemError(404, "article", "there is no article with this id") from None
        service.audit.note(request, articles=[article_id])
        # Where its file lies is nobody's business outside the server.
        return records(replace(found, path=""))

    @router.get("/sources", responses=schema_of(dict[str, int]))
    async def sources(request: Request) -> Response:
        """Return the outlets with their numbers of articles, most first."""
        return JSONResponse(await service.ask(request, lambda archive: archive.sources()))

    @router.get("/sections", responses=schema_of(dict[str, int]))
    async def sections(request: Request) -> Response:
        """Return the sections with their numbers of articles, most first."""
        return JSONResponse(await service.ask(request, lambda archive: archive.sections()))

    @router.get("/archive")
    async def archive(request: Request) -> dict[str, int | str]:
        """Return what the archive holds."""
        manifest = await service.ask(request, lambda archive: archive.manifest)
        return {
            "articles": manifest.articles,
            "passages": manifest.passages,
            "embedded": manifest.embedded,
            "copies": manifest.copies,
            "stories": manifest.clusters,
            "embedding_model": manifest.recipe.model,
        }

    @router.post("/recheck", responses=schema_of(Recheck))
    async def recheck(request: Request) -> Response:
        """Hold the quotes of a saved answer, or of an evidence pack, against the archive as it is.

        Send what `POST /v1/ask` returned, or an evidence pack in JSON.
        """
        saved = read_saved_answer(await request.body())
        return records(await service.ask(request, lambda archive: archive.recheck(saved)))

    return router
