"""Tests the spans of requests with OpenTelemetry's own exporter into memory."""

import sys
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from starlette.testclient import TestClient

from api.app import Limits
from api.tracing import Tracing, start_tracing
from rag.errors import SettingsError
from tests.api.serving import client_of_small, without_archive

QUESTION = {"question": "When did the ceasefire take effect?"}
TRACE = "0af7651916cd43dd8448eb211c80319c"


def test_a_collector_without_the_extra_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "opentelemetry.sdk.resources", None)
    with pytest.raises(SettingsError, match="install Dateline with its extra 'otel'"):
        start_tracing("http://127.0.0.1:4318")


def test_a_collector_without_an_address_is_refused() -> None:
    with pytest.raises(SettingsError, match="--otlp is 'collector'; write an address"):
        start_tracing("collector")


@pytest.fixture
def collected() -> Iterator[tuple[Tracing, Any]]:
    """What makes spans, and where they go."""
    pytest.importorskip("opentelemetry.sdk", reason="the extra otel is not installed")
    from opentelemetry.sdk.trace import TracerProvider
    from opentelemetry.sdk.trace.export import SimpleSpanProcessor
    from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

    exporter, provider = InMemorySpanExporter(), TracerProvider()
    provider.add_span_processor(SimpleSpanProcessor(exporter))
    tracing = Tracing(provider)
    yield tracing, exporter
    tracing.close()


@pytest.fixture
def client(tmp_path: Path, collected: tuple[Tracing, Any]) -> Iterator[TestClient]:
    limits = Limits(requests_per_minute=0)
    with client_of_small(tmp_path / "archive", tracing=collected[0], limits=limits) as client:
        yield client


def test_a_request_is_a_span_with_its_steps_and_without_its_question(
    client: TestClient, collected: tuple[Tracing, Any]
) -> None:
    reply = client.post("/v1/ask", json=QUESTION)
    (span,) = collected[1].get_finished_spans()
    assert span.name == "POST /v1/ask"
    assert span.attributes["http.response.status_code"] == 200
    assert span.attributes["dateline.request_id"] == reply.headers["x-request-id"]
    assert [event.name for event in span.events] == ["searching", "reading"]
    assert "ceasefire" not in span.to_json()


def test_a_span_goes_on_the_trace_of_the_caller(
    client: TestClient, collected: tuple[Tracing, Any]
) -> None:
    client.get("/health", headers={"traceparent": f"00-{TRACE}-b7ad6b7169203331-01"})
    (span,) = collected[1].get_finished_spans()
    assert format(span.context.trace_id, "032x") == TRACE
    assert span.name == "GET /health"


def test_an_address_with_parameters_is_told_by_its_route(
    client: TestClient, collected: tuple[Tracing, Any]
) -> None:
    client.get("/v1/articles/secret-id", params={"as_of": "2020-11-10"})
    (span,) = collected[1].get_finished_spans()
    assert "secret-id" not in span.to_json()
    assert "2020-11-10" not in span.to_json()


def test_a_request_that_fails_is_a_span_of_an_error(collected: tuple[Tracing, Any]) -> None:
    with without_archive(tracing=collected[0]) as client:
        assert client.post("/v1/ask", json=QUESTION).status_code == 503
    (span,) = collected[1].get_finished_spans()
    assert not span.status.is_ok
    assert "/srv/secret" not in span.to_json()


def test_spans_are_sent_to_the_collector_that_is_named() -> None:
    pytest.importorskip("opentelemetry.exporter", reason="the extra otel is not installed")
    received: list[tuple[str, bytes]] = []

    class Collector(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            received.append((self.path, self.rfile.read(int(self.headers["content-length"]))))
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    with HTTPServer(("127.0.0.1", 0), Collector) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        tracing = start_tracing(f"http://127.0.0.1:{server.server_port}/")
        with without_archive(tracing=tracing) as client:
            client.get("/health")
        tracing.close()
        server.shutdown()
    ((path, _),) = received
    assert path == "/v1/traces"
