"""Tests that a process has each model once, and lets go of what nothing uses."""

import gc
import weakref
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from rag.errors import ModelError
from rag.models.embedding import load_embedder
from rag.models.reading import load_reading_model
from rag.models.sharing import SharedModels
from rag.settings import load_settings

THREADS = 8


class Model:
    """A model that remembers nothing and can be referred to weakly."""


@pytest.fixture
def shared() -> Iterator[SharedModels[Model]]:
    yield SharedModels()
    gc.collect()


def test_one_configuration_has_one_model_and_another_its_own(shared: SharedModels[Model]) -> None:
    first, again, other = (shared.get(key, Model) for key in ("a", "a", "b"))
    assert first is again
    assert first is not other


def test_threads_that_ask_at_once_load_a_model_once(shared: SharedModels[Model]) -> None:
    ready = Barrier(THREADS)
    loaded: list[Model] = []

    def load() -> Model:
        loaded.append(Model())
        return loaded[-1]

    def ask(_: int) -> Model:
        ready.wait()
        return shared.get("a", load)

    with ThreadPoolExecutor(THREADS) as threads:
        models = set(threads.map(ask, range(THREADS)))
    assert models == {loaded[0]}
    assert len(loaded) == 1


def test_the_model_that_was_asked_for_last_outlives_its_users(shared: SharedModels[Model]) -> None:
    model = weakref.ref(shared.get("a", Model))
    gc.collect()
    assert model() is not None
    assert shared.get("a", Model) is model()


def test_a_model_that_nothing_uses_goes_when_another_is_asked_for(
    shared: SharedModels[Model],
) -> None:
    gone = weakref.ref(shared.get("a", Model))
    used = shared.get("b", Model)
    shared.get("c", Model)
    gc.collect()
    assert gone() is None
    assert shared.get("b", Model) is used


def test_a_model_that_cannot_be_loaded_is_tried_again(shared: SharedModels[Model]) -> None:
    def fail() -> Model:
        raise ModelError("the model is missing")

    with pytest.raises(ModelError):
        shared.get("a", fail)
    assert isinstance(shared.get("a", Model), Model)


def test_archives_that_are_configured_alike_share_embedder_and_reader() -> None:
    settings, other = load_settings(archive="one"), load_settings(archive="two")
    assert load_embedder(settings) is load_embedder(other)
    assert load_reading_model(settings) is load_reading_model(other)


def test_another_number_of_threads_is_another_model() -> None:
    one, two = load_settings(threads=1), load_settings(threads=2)
    assert load_embedder(one) is not load_embedder(two)
    assert load_reading_model(one) is not load_reading_model(two)
