"""Routes that say what the archive holds: lists of articles, and how many there are of each."""

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, Response

from api.bodies import BrowseBody, FilterBody, cited_in, records, schema_of
from api.service import Service
from rag.browsing import Coverage, Listing
from rag.store.model import Hidden


def holdings(service: Service) -> APIRouter:
    """Return the routes; all need the scope "read"."""
    router = service.router("read")

    @router.get("/archive")
    async def archive(request: Request) -> dict[str, int | str]:
        """Return how many articles, passages and copies there are, and which model embeds them."""
        manifest = await service.ask(request, lambda archive: archive.manifest)
        return {
            "articles": manifest.articles,
            "passages": manifest.passages,
            "embedded": manifest.embedded,
            "copies": manifest.copies,
            "stories": manifest.clusters,
            "embedding_model": manifest.recipe.model,
        }

    @router.get("/sources", responses=schema_of(dict[str, int]))
    async def sources(request: Request) -> Response:
        """Return the outlets with their numbers of articles, most first."""
        return JSONResponse(await service.ask(request, lambda archive: archive.sources()))

    @router.get("/sections", responses=schema_of(dict[str, int]))
    async def sections(request: Request) -> Response:
        """Return the sections with their numbers of articles, most first."""
        return JSONResponse(await service.ask(request, lambda archive: archive.sections()))

    @router.get("/hidden", responses=schema_of(Hidden))
    async def hidden(request: Request) -> Response:
        """Return how many articles no search finds now, as they are expired or under embargo."""
        return records(await service.ask(request, lambda archive: archive.hidden()))

    @router.get("/hidden/sources", responses=schema_of(dict[str, int]))
    async def hidden_by_source(request: Request) -> Response:
        """Return how many articles of each outlet no search finds now."""
        return JSONResponse(await service.ask(request, lambda archive: archive.hidden_by_source()))

    @router.post("/count")
    async def count(body: FilterBody, request: Request) -> dict[str, int]:
        """Return how many articles a question under these filters is asked of."""
        filters = body.filters()
        return {"articles": await service.ask(request, lambda archive: archive.count(**filters))}

    @router.post("/browse", responses=schema_of(Listing, cites="/articles/0/article_id"))
    async def browse(body: BrowseBody, request: Request) -> Response:
        """Return a page of the articles, the newest first, or as a search finds them."""
        listing = await service.ask(
            request,
            lambda archive: archive.browse(
                body.about, first=body.first, limit=body.limit, **body.filters()
            ),
        )
        service.audit.note(request, question=body.about, articles=cited_in(listing.articles))
        return records(listing)

    @router.post("/coverage", responses=schema_of(Coverage))
    async def coverage(body: FilterBody, request: Request) -> Response:
        """Return what the articles cover: months, outlets, sections and languages."""
        filters = body.filters()
        return records(await service.ask(request, lambda archive: archive.coverage(**filters)))

    return router
