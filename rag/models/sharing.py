"""Shares loaded models: a process has each of them once, however many archives it opens.

`load_embedder` and `load_reading_model` get their models from here. A model must not change after
it was made, because several archives and threads use it at once.
"""

from collections.abc import Callable, Hashable
from threading import Lock
from typing import Generic, TypeVar
from weakref import WeakValueDictionary

_Model = TypeVar("_Model")


class SharedModels(Generic[_Model]):
    """The models of one kind that a process has loaded, each by its configuration.

    A model stays loaded as long as something uses it. The one that was asked for last stays also
    when nothing uses it, so that an archive which is closed and opened again does not load it anew.
    """

    def __init__(self) -> None:
        self._loaded: WeakValueDictionary[Hashable, _Model] = WeakValueDictionary()
        self._latest: _Model | None = None
        self._lock = Lock()

    def get(self, configuration: Hashable, load: Callable[[], _Model]) -> _Model:
        """Return the model of a configuration; `load` makes it if the process has none.

        Threads that ask meanwhile wait, so that a model is never loaded twice. If `load` fails,
        nothing is kept, and the next call tries again.
        """
        with self._lock:
            model = self._loaded.get(configuration)
            if model is None:
                model = load()
                self._loaded[configuration] = model
            self._latest = model
            return model
