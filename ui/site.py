"""`dateline serve`: the HTTP interface and the page in one process, until it is stopped."""

import ipaddress
import logging
import os
import signal
import socket
import sys
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import platformdirs
import uvicorn
from fastapi import FastAPI
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.types import ASGIApp, Receive, Scope, Send

from api.access import Audit
from api.app import Limits, create_app
from api.connections import Impatient
from api.keys import KeyFile
from api.tracing import Tracing, start_tracing
from rag.archive import Archive
from rag.errors import SettingsError
from rag.settings import Settings
from rag.store import is_missing
from rag.writing.llm import load_language_model
from ui.hints import hint_archive

_API_PATHS = ("/v1/", "/health", "/ready", "/metrics", "/openapi.json")
# More requests than these are turned away at once, so that those inside are served.
_MOST_CONNECTIONS = 500
# How long requests may still take after the server was told to stop.
LAST_SECONDS = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Serving:
    """Where and how to serve.

    Without `needs_keys`, whoever reaches the address may ask. `has_page` serves the page too, which
    asks nobody for a key. `otlp` is the address of a collector of spans.
    """

    host: str
    port: int
    needs_keys: bool
    has_page: bool
    audit: Audit
    otlp: str | None = None

    @property
    def address(self) -> str:
        """Where it is reached."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"http://{host}:{self.port}"

    def require_safe(self, keys: KeyFile) -> None:
        """Do nothing if somebody can ask, and nobody can by mistake.

        Raises:
            SettingsError: keys are asked for, and there are none.
        """
        if self.needs_keys and not any(key.revoked is None for key in keys.listed()):
            raise SettingsError(
                f"keys are asked for, and there are none in {keys.path}, because {self.host} is "
                "for other machines too or --require-key was given; make one with 'dateline keys "
                "add NAME', or leave --require-key out and serve 127.0.0.1, or let everybody ask "
                "with --open"
            )


def serve(settings: Settings, serving: Serving) -> int:
    """Serve until SIGINT or SIGTERM; what is under way is answered before it ends.

    Raises:
        SettingsError: keys are asked for and there are none, spans cannot be sent, the audit log
            cannot be written, or the settings of the language model cannot be used.
        ModelError: the package for the language model is not installed.
    """
    keys = key_file(settings)
    serving.require_safe(keys)
    serving.audit.require_writable()
    _require_writer(settings)
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    tracing = start_tracing(serving.otlp) if serving.otlp else None
    try:
        site = make_site(settings, serving, keys, tracing=tracing)
        told = lines_at_start(settings, serving)
        run_site(site, host=serving.host, port=serving.port, told=told)
    finally:
        if tracing is not None:
            tracing.close()
    return 0


def _require_writer(settings: Settings) -> None:
    """Do nothing if a language model can be made of the settings; nothing is sent to it."""
    if model := load_language_model(settings):
        model.close()


def lines_at_start(settings: Settings, serving: Serving) -> list[str]:
    """Return what whoever starts the server is told."""
    page = ", with the page" if serving.has_page else ""
    lines = [f"{settings.archive} is served at {serving.address}{page}"]
    if is_missing(settings):
        hint = hint_archive(settings) or "'dateline ingest' makes one, which is then served"
        lines.append(f"there is no archive in {settings.archive} yet; {hint}")
    return lines


class _TellingServer(uvicorn.Server):
    """A server that says where it is as soon as it is reached there."""

    def __init__(self, config: uvicorn.Config, told: Iterable[str]) -> None:
        super().__init__(config)
        self._told = told

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Listen, and then tell."""
        await super().startup(sockets)
        for line in self._told:
            print(f"dateline: {line}", file=sys.stderr, flush=True)


def run_site(site: ASGIApp, *, host: str, port: int, told: Iterable[str] = ()) -> None:
    """Serve an application until SIGINT or SIGTERM, and end it when its requests have ended.

    The lines of `told` are printed on stderr once it is reached.

    Raises:
        SettingsError: it cannot listen on the port, or the application does not start.
    """
    # uvicorn sends itself the signal again at the end, by which this process would seem to be
    # killed. Whoever asked it to end is told that it did.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    config = uvicorn.Config(
        site,
        host=host,
        port=port,
        log_level="warning",
        access_log=False,  # the log of `api` has a line for each request, without its parameters
        server_header=False,
        http=Impatient,
        limit_concurrency=_MOST_CONNECTIONS,
        timeout_graceful_shutdown=LAST_SECONDS,
    )
    try:
        with suppress(KeyboardInterrupt):
            _TellingServer(config, told).run()
    except SystemExit as ended:
        # uvicorn has logged why. Its status, 3, means here that an ingest skipped input.
        if ended.code:
            raise SettingsError(
                f"the server did not start, for the reason above; if port {port} is in use, choose "
                "another with --port"
            ) from ended
        raise


def key_file(settings: Settings) -> KeyFile:
    """Return the file of API keys, which need not be there yet."""
    usual = Path(platformdirs.user_config_dir("dateline")) / "keys.json"
    return KeyFile(Path(settings.api_keys) if settings.api_keys else usual)


def is_loopback(host: str) -> bool:
    """Say whether only this machine reaches an address."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def make_site(
    settings: Settings, serving: Serving, keys: KeyFile, *, tracing: Tracing | None = None
) -> ASGIApp:
    """Return the application with the HTTP interface, and with the page if it is wanted."""
    is_for_all_here = is_loopback(serving.host) and not serving.needs_keys
    api = create_app(
        lambda: Archive.open(settings=settings),
        keys=keys if serving.needs_keys else None,
        # All programs of this machine have one address. What is meant for each of them would hold
        # for all together, and be less than the machine can answer.
        limits=Limits(requests_per_minute=0) if is_for_all_here else Limits(),
        audit=serving.audit,
        tracing=tracing,
    )
    site: ASGIApp = _beside_page(api, settings, host=serving.host) if serving.has_page else api
    if is_for_all_here:
        # A page of the web cannot reach the archive under a name that it made up for this machine.
        return TrustedHostMiddleware(site, ["localhost", "127.0.0.1", "[::1]"], www_redirect=False)
    return site


def _beside_page(api: FastAPI, settings: Settings, *, host: str) -> ASGIApp:
    """Return an application that gives the page what is not for the HTTP interface."""
    from streamlit import config
    from streamlit.starlette import App

    from ui.page.streamlit_server import leave_out
    from ui.serve import PAGE, page_options

    os.environ["DATELINE_ARCHIVE"] = settings.archive
    leave_out()
    # The page looks at the address to know whom it is served to.
    for name, value in {"server.address": host, **page_options()}.items():
        config.set_option(name, value)

    @asynccontextmanager
    async def lifespan(_: App) -> AsyncIterator[None]:
        async with api.router.lifespan_context(api):
            yield

    page: ASGIApp = App(PAGE, lifespan=lifespan)

    async def site(scope: Scope, receive: Receive, send: Send) -> None:
        is_for_api = scope["type"] == "http" and scope["path"].startswith(_API_PATHS)
        await (api if is_for_api else page)(scope, receive, send)

    return site
