"""Tests that a model that cannot be loaded is told once, and not once for each try."""

import importlib.util
import logging

import pytest

from rag.models.downloads import quiet_tries

LOGGER = "huggingface_hub.utils._http"


def test_tries_are_not_told_while_a_model_is_loaded(caplog: pytest.LogCaptureFixture) -> None:
    tries = logging.getLogger(LOGGER)
    with quiet_tries():
        tries.warning("Retrying in 1s [Retry 1/5].")
        tries.error("a fault")
    tries.warning("a warning")
    assert [record.message for record in caplog.records] == ["a fault", "a warning"]


def test_the_library_still_tells_its_tries_under_this_name() -> None:
    pytest.importorskip("huggingface_hub", reason="it comes with sentence-transformers")
    found = importlib.util.find_spec(LOGGER)
    assert found
    assert found.loader
    source = found.loader.get_source(LOGGER)  # type: ignore[attr-defined]
    assert 'logger.warning(f"Retrying' in source
