"""How many tokens a second the embedder takes, on a processor and on a GPU if there is one.

The sentences are made up, with the lengths of news, and come as the sentences of articles do. The
same is measured without Dateline by `bench/gpu_embedding.py`, for a machine on which it is not.
"""

import random
import time
from collections.abc import Callable, Iterator
from importlib.resources import files

from tokenizers import Tokenizer

from bench.made_up import draw_passages, make_text
from bench.tables import Table
from rag.errors import ModelError
from rag.models.embedding import PACKAGED_EMBEDDER, Embedder, embed_articles, load_embedder
from rag.settings import load_settings
from rag.text.sentences import split_sentences

_SECONDS = 20.0
_WARM = 2
# Articles that are embedded at once: as an ingest does on a processor and on a GPU.
_FEW, _MANY = 4, 64


def measure() -> list[Table]:
    """Return the speed of each runtime that is there."""
    import torch

    table = Table(
        title="Embedding, tokens a second",
        columns=["runtime", "device", "articles at once", "tokens/s", "sentences/s", "articles/s"],
    )
    settings = {"onnx, int8": {"embedding_runtime": "onnx", "threads": 1}}
    settings["torch, float32"] = {"embedding_runtime": "torch", "embedding_device": "cpu"}
    if torch.cuda.is_available():
        settings["torch, float16"] = {"embedding_runtime": "torch", "embedding_device": "cuda"}
    else:
        table.notes.append("There was no GPU.")
    torch.set_num_threads(1)
    for name, chosen in settings.items():
        is_gpu = chosen.get("embedding_device") == "cuda"
        device = torch.cuda.get_device_name() if is_gpu else "one core"
        try:
            embedder = load_embedder(load_settings(**chosen))
        except ModelError as error:
            table.notes.append(f"{name}: {error}")
            continue
        at_once = _MANY if is_gpu else _FEW
        # What a core takes is counted in its own seconds, so that other work does not matter.
        clock = time.perf_counter if is_gpu else time.process_time
        table.add(name, device, str(at_once), *_speed(embedder, at_once, clock))
    return [table]


def _speed(embedder: Embedder, at_once: int, clock: Callable[[], float]) -> tuple[str, str, str]:
    """Return the tokens, sentences and articles a second of a clock."""
    tokenizer = Tokenizer.from_file(
        str(files("rag.models").joinpath(PACKAGED_EMBEDDER, "tokenizer.json"))
    )
    tokenizer.no_padding()
    articles = _articles()
    for _ in range(_WARM):
        list(embed_articles(embedder, [next(articles) for _ in range(at_once)]))
    seconds, tokens, sentences, batches = 0.0, 0, 0, 0
    while seconds < _SECONDS:
        batch = [next(articles) for _ in range(at_once)]
        began = clock()
        list(embed_articles(embedder, batch))
        seconds += clock() - began
        every = [sentence for article in batch for sentence in article]
        tokens += sum(len(encoding.ids) for encoding in tokenizer.encode_batch(every))
        sentences += len(every)
        batches += 1
    rates = (tokens / seconds, sentences / seconds, batches * at_once / seconds)
    return (f"{rates[0]:.0f}", f"{rates[1]:.0f}", f"{rates[2]:.2f}")


def _articles() -> Iterator[list[str]]:
    """Yield the sentences of made-up articles."""
    dice = random.Random(3)
    while True:
        text = make_text(dice, passages=draw_passages(dice))
        yield [text[sentence.start : sentence.end] for sentence in split_sentences(text)]
