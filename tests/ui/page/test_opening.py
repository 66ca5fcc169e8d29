"""Tests what a process of the page keeps: its archive, apart from garbage, and its settings."""

import gc
import weakref

import pytest
from streamlit.testing.v1 import AppTest

from ui.page.opening import _set_apart


def _page() -> None:
    import streamlit as st

    from ui.page.settings_here import settings_here

    st.text(settings_here().archive)


def test_a_session_keeps_the_settings_that_it_began_with(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATELINE_ARCHIVE", "/srv/old")
    page = AppTest.from_function(_page).run()
    monkeypatch.setenv("DATELINE_ARCHIVE", "/srv/new")
    assert page.run().text[0].value == "/srv/old"
    assert AppTest.from_function(_page).run().text[0].value == "/srv/new"


class Model:
    def __init__(self) -> None:
        self.itself = self  # only a collection of garbage finds that nobody else has it


def test_garbage_is_not_looked_for_in_what_an_archive_has_loaded() -> None:
    model = Model()
    try:
        _set_apart()
        assert gc.get_freeze_count() > 0
        assert not any(found is model for found in gc.get_objects())
    finally:
        gc.unfreeze()


def test_what_an_older_archive_had_loaded_is_given_back_when_a_newer_one_opens() -> None:
    model = Model()
    old = weakref.ref(model)
    try:
        _set_apart()
        del model
        gc.collect()
        assert old() is not None
        _set_apart()
        assert old() is None
    finally:
        gc.unfreeze()
