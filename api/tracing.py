"""Makes a span of OpenTelemetry for each request, if `dateline serve --otlp` names a collector.

A span has the route, the status, the id of the request and that of the key, and an event for each
step of an answer. It never has a question, a key, or the address with its parameters. It goes on a
trace that the caller began (`traceparent`).
"""

from typing import Any

from opentelemetry import propagate, trace
from opentelemetry.trace import SpanKind, Status, StatusCode, Tracer
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.watching import route_of
from rag.addresses import is_server
from rag.errors import SettingsError
from rag.version import __version__

_SERVICE = "dateline"


class Tracing:
    """What collects spans and sends them; `close` sends those that are left."""

    def __init__(self, provider: Any) -> None:
        self._provider = provider
        self.tracer: Tracer = provider.get_tracer(_SERVICE, __version__)

    def close(self) -> None:
        """Send what was not sent yet."""
        self._provider.shutdown()


def start_tracing(url: str) -> Tracing:
    """Return what sends spans to a collector, by OTLP over HTTP.

    Raises:
        SettingsError: the address is none, or the extra `otel` is not installed.
    """
    if not is_server(url):
        raise SettingsError(f"--otlp is {url!r}; write an address such as http://127.0.0.1:4318")
    try:
        from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
        from opentelemetry.sdk.resources import SERVICE_NAME, SERVICE_VERSION, Resource
        from opentelemetry.sdk.trace import TracerProvider
        from opentelemetry.sdk.trace.export import BatchSpanProcessor
    except ImportError as error:
        raise SettingsError(
            "--otlp needs the SDK of OpenTelemetry; install Dateline with its extra 'otel'"
        ) from error
    named = Resource({SERVICE_NAME: _SERVICE, SERVICE_VERSION: __version__})
    provider = TracerProvider(resource=named, shutdown_on_exit=False)
    exporter = OTLPSpanExporter(endpoint=f"{url.rstrip('/')}/v1/traces")
    provider.add_span_processor(BatchSpanProcessor(exporter))
    return Tracing(provider)


class Traced:
    """A middleware that makes the spans; it stands inside the one that gives requests their ids."""

    def __init__(self, app: ASGIApp, *, tracer: Tracer) -> None:
        self._app, self._tracer = app, tracer

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on inside a span."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        sent = {name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]}
        with self._tracer.start_as_current_span(
            scope["method"],
            context=propagate.extract(sent),
            kind=SpanKind.SERVER,
            record_exception=False,
        ) as span:
            scope["state"]["begin_step"] = span.add_event

            async def noted(message: Message) -> None:
                if message["type"] == "http.response.start":
                    span.set_attribute("http.response.status_code", message["status"])
                    if message["status"] >= 500:
                        span.set_status(Status(StatusCode.ERROR))
                await send(message)

            try:
                await self._app(scope, receive, noted)
            finally:
                _describe(span, scope)


def _describe(span: trace.Span, scope: Scope) -> None:
    route = route_of(scope)
    span.update_name(f"{scope['method']} {route}")
    state = scope["state"]
    span.set_attributes(
        {
            "http.request.method": scope["method"],
            "http.route": route,
            "dateline.request_id": state.get("request_id", ""),
            "dateline.key": state.get("caller", ""),
        }
    )
