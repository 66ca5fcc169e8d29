"""Threads and spinning of ONNX Runtime: what they take of the processor and give in time.

Each row is a process of its own: it asks the sample archive from quiet (a pause before each
question), from eight threads at once, and embeds articles as an ingest does.
"""

import argparse
import json
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from bench import data
from bench.tables import Table

_SPINNING = "session.intra_op.allow_spinning"
_THREADS = (1, 2)
_ASKED, _ASKERS, _ARTICLES = 16, 8, 40
_PAUSE_SECONDS = 0.25
_MEASURED = ("from quiet", "eight at once", "embedding")


def measure() -> list[Table]:
    """Return the table of threads and spinning; the settings take turns, twice over."""
    settings = [(threads, spinning) for threads in _THREADS for spinning in (False, True)]
    found: dict[tuple[int, bool], list[dict[str, list[float]]]] = {key: [] for key in settings}
    for key in [*settings, *reversed(settings)]:
        found[key].append(_in_a_process(*key))
    table = Table(
        title="Threads of ONNX Runtime, 2 cores: milliseconds, and of the processor in brackets",
        columns=["threads", "spinning", *_MEASURED],
    )
    for (threads, spinning), runs in found.items():
        cells = []
        for name in _MEASURED:
            taken, of_processor = map(
                statistics.mean, zip(*(run[name] for run in runs), strict=True)
            )
            cells.append(f"{taken:.0f} ({of_processor:.0f})")
        table.add(str(threads), "yes" if spinning else "no", *cells)
    table.notes.append(
        f"A question from quiet: median of {_ASKED}, each after a pause. Eight at once: seconds of "
        f"{_ASKED} questions by eight threads, for each question. Embedding: for each of "
        f"{_ARTICLES} articles. Means of two runs."
    )
    return [table]


def _in_a_process(threads: int, spinning: bool) -> dict[str, list[float]]:
    command = [sys.executable, "-m", "bench.threads", str(threads), str(int(spinning))]
    done = subprocess.run(command, check=True, capture_output=True, text=True, cwd=data.ROOT)
    found: dict[str, list[float]] = json.loads(done.stdout.splitlines()[-1])
    return found


def _measure_here(threads: int, spinning: bool) -> dict[str, list[float]]:
    """Return milliseconds, and those of the processor, of each thing that is measured."""
    from rag.archive import Archive
    from rag.models.embedding import load_embedder
    from rag.settings import load_settings
    from rag.text.sentences import split_sentences

    _let_spin(spinning)
    settings = load_settings(threads=threads)
    questions = [q["question"] for q in data.sample_questions()][:_ASKED]
    texts = [record["text"] for record in data.read_lines(data.newsqa_articles())[:_ARTICLES]]
    articles = [[text[s.start : s.end] for s in split_sentences(text)] for text in texts]
    embedder = load_embedder(settings)
    with Archive.open(data.sample_archive(), settings=settings) as archive:
        archive.ask(questions[0])
        alone = [_after_a_pause(lambda q=q: archive.ask(q)) for q in questions]  # type: ignore[misc]
        with ThreadPoolExecutor(_ASKERS) as pool:
            together = _timed(lambda: list(pool.map(archive.ask, questions)))
    embedded = _timed(lambda: [embedder.embed(sentences) for sentences in articles])
    return {
        _MEASURED[0]: [statistics.median(column) for column in zip(*alone, strict=True)],
        _MEASURED[1]: [value / len(questions) for value in together],
        _MEASURED[2]: [value / len(articles) for value in embedded],
    }


def _let_spin(spinning: bool) -> None:
    """Have every session that is opened from now on spin while it waits, or not."""
    import onnxruntime

    usual = onnxruntime.InferenceSession

    def session(weights: bytes, options: Any, **others: Any) -> Any:
        options.add_session_config_entry(_SPINNING, str(int(spinning)))
        return usual(weights, options, **others)

    onnxruntime.InferenceSession = session


def _after_a_pause(run: Callable[[], object]) -> tuple[float, float]:
    time.sleep(_PAUSE_SECONDS)
    return _timed(run)


def _timed(run: Callable[[], object]) -> tuple[float, float]:
    """Return the milliseconds that something takes, and those of the processor."""
    start, processor = time.perf_counter(), _processor()
    run()
    return 1000 * (time.perf_counter() - start), 1000 * (_processor() - processor)


def _processor() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m bench.threads")
    parser.add_argument("threads", type=int)
    parser.add_argument("spinning", type=int)
    options = parser.parse_args()
    print(json.dumps(_measure_here(options.threads, bool(options.spinning))))
