"""Makes the application: the routes, with limits, keys, a log and numbers around them."""

import os
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from fastapi import FastAPI

from api.access import Access, Audit
from api.keys import KeyFile
from api.limits import BodyLimits
from api.problems import add_handlers
from api.routes.asking import asking
from api.routes.holdings import holdings
from api.routes.reading import reading
from api.routes.running import running
from api.service import Handle, Service
from api.turns import Turns
from api.watching import Numbers, Watched
from rag.archive import Archive
from rag.version import __version__

if TYPE_CHECKING:
    from api.tracing import Tracing


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What one server does at once, and what one request may cost.

    A question keeps one processor busy, so as many are answered `at_once` as there are processors.
    """

    at_once: int = field(default_factory=lambda: os.cpu_count() or 1)
    waiting: int = 128
    answer_seconds: float = 120
    body_bytes: int = 2_000_000
    body_seconds: float = 10
    requests_per_minute: int = 120


def create_app(
    opening: Callable[[], Archive],
    *,
    keys: KeyFile | None = None,
    limits: Limits | None = None,
    audit: Audit | None = None,
    tracing: "Tracing | None" = None,
) -> FastAPI:
    """Return the application over the archive that `opening` opens.

    Without `keys`, whoever reaches it may ask. It has no pages of its own for reading its
    description, because those load scripts from elsewhere; `/openapi.json` describes it.
    """
    bounds, numbers = limits or Limits(), Numbers()
    service = Service(
        archive=Handle(opening),
        turns=Turns(at_once=bounds.at_once, waiting=bounds.waiting, seconds=bounds.answer_seconds),
        access=Access(keys, per_minute=bounds.requests_per_minute),
        audit=audit or Audit(),
        numbers=numbers,
    )

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        yield
        service.turns.close()
        service.archive.close()

    app = FastAPI(
        title="Dateline",
        version=__version__,
        summary="Questions to a news archive, answered with exact quotes",
        docs_url=None,
        redoc_url=None,
        generate_unique_id_function=lambda route: route.name,
        lifespan=lifespan,
    )
    for routes in (asking, reading, holdings, running):
        app.include_router(routes(service))
    add_handlers(app)
    # The one that is added last is the outermost.
    app.add_middleware(BodyLimits, most_bytes=bounds.body_bytes, seconds=bounds.body_seconds)
    if tracing is not None:
        from api.tracing import Traced

        app.add_middleware(Traced, tracer=tracing.tracer)
    app.add_middleware(Watched, numbers=numbers)
    return app
