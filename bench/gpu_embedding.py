"""How many tokens a second an embedding model takes on a GPU and on the CPU, by itself.

This file needs torch, transformers, tokenizers and numpy, and nothing of Dateline, so that it runs
on a GPU machine on which Dateline is not installed:

    python gpu_embedding.py FOLDER              measure; FOLDER holds the model of `transformers`
    python gpu_embedding.py FOLDER --halve OUT  write the model in float16, half as large, to OUT

The sentences are made up: random tokens, of lengths that are distributed as those of news are. What
a sentence says does not change how long it takes. `python -m bench embedding` measures
Dateline's own embedder.
"""

import argparse
import json
import os
import platform
import shutil
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray

# Tokens of a sentence, with the two at its ends: 50,500 sentences of 600 news articles have 25.2 on
# average, a standard deviation of 14.4, and 8, 24, 51 and 65 as percentiles 5, 50, 95 and 99. A
# gamma distribution of this shape and scale has 8, 23, 53 and 69.
_SHAPE, _SCALE = 3.06, 8.23
_SHORTEST, _LONGEST = 3, 256
# Whole words of BERT's vocabulary, and what opens and closes a text.
_FIRST_WORD, _LAST_WORD = 1996, 29_000
_OPEN, _CLOSE = 101, 102
_PASSES = 3
# So many batches of one size are enough to measure it.
_MOST_BATCHES = 400
# One thread gets this fraction of the sentences that all threads get.
_SINGLE = 16
_MILLION = 1e6

Tokens = NDArray[np.int64]


def main() -> int:
    """Measure what the arguments say, print a table, and return the exit status."""
    options = _options()
    if options.halve:
        halve(options.folder, options.halve)
        return 0
    sentences = make_sentences(options.sentences)
    rows: list[dict[str, Any]] = []
    print(_machine(), flush=True)
    print(_HEADER, flush=True)
    _check_tokenizer(options.folder, sentences[: options.cpu_sentences], rows)
    if torch.cuda.is_available():
        for name in options.types:
            _measure(options, sentences, rows, device="cuda", name=name, sizes=options.batches)
        _compare(options.folder, sentences[:512])
    else:
        print("no CUDA device here: only the CPU is measured", flush=True)
    for threads in dict.fromkeys((1, os.cpu_count() or 1)):
        torch.set_num_threads(threads)
        _measure(
            options,
            sentences[: options.cpu_sentences // (_SINGLE if threads == 1 else 1)],
            rows,
            device="cpu",
            name="float32",
            sizes=options.cpu_batches,
        )
    if options.json:
        options.json.write_text(json.dumps({"machine": _machine(), "rows": rows}, indent=1))
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folder", type=Path, help="the folder of the model")
    parser.add_argument("--halve", type=Path, help="write the model in float16 here, and end")
    parser.add_argument("--json", type=Path, help="write the figures to this file too")
    parser.add_argument("--sentences", type=int, default=100_000, help="sentences for the GPU")
    parser.add_argument("--cpu-sentences", type=int, default=8_000, help="sentences for the CPU")
    parser.add_argument("--types", nargs="+", default=["float16", "bfloat16", "float32"])
    parser.add_argument("--batches", type=int, nargs="+", default=[16, 64, 256, 1024, 4096])
    parser.add_argument("--cpu-batches", type=int, nargs="+", default=[16, 64, 256])
    return parser.parse_args()


def halve(folder: Path, target: Path) -> None:
    """Write the model of a folder in float16, with its tokenizer, to another folder."""
    _load(folder, "cpu", "float16").save_pretrained(target)
    shutil.copy(folder / "tokenizer.json", target)
    size = sum(path.stat().st_size for path in target.iterdir())
    print(f"{target} has {size / _MILLION:.0f} MB")


def make_sentences(count: int) -> list[Tokens]:
    """Return made-up sentences as tokens, the same ones each time."""
    random = np.random.default_rng(20)
    lengths = random.gamma(_SHAPE, _SCALE, count).round().astype(int).clip(_SHORTEST, _LONGEST)
    sentences = []
    for length in lengths:
        tokens = random.integers(_FIRST_WORD, _LAST_WORD, length, dtype=np.int64)
        tokens[0], tokens[-1] = _OPEN, _CLOSE
        sentences.append(tokens)
    return sentences


# -- measuring ----------------------------------------------------------------------------------

_HEADER = (
    f"{'device':<10}{'type':<10}{'batch':>7}{'tokens/s':>14}{'with padding':>14}"
    f"{'sentences/s':>13}{'GPU MB':>8}"
)


def _measure(
    options: argparse.Namespace,
    sentences: Sequence[Tokens],
    rows: list[dict[str, Any]],
    *,
    device: str,
    name: str,
    sizes: Sequence[int],
) -> None:
    """Print how fast a device is with batches of several sizes; the sentences come by length."""
    model = _load(options.folder, device, name)
    for size in sizes:
        by_length = sorted(sentences[: size * _MOST_BATCHES], key=len)
        batches = [by_length[first : first + size] for first in range(0, len(by_length), size)]
        if device == "cuda":
            torch.cuda.reset_peak_memory_stats()
        try:
            seconds = _seconds(lambda: [_embed(model, batch, device) for batch in batches])  # noqa: B023
        except torch.OutOfMemoryError:
            print(f"{device:<10}{name:<10}{size:>7}  not enough memory", flush=True)
            continue
        shown = device if device == "cuda" else f"cpu ×{torch.get_num_threads()}"
        memory = torch.cuda.max_memory_allocated() / _MILLION if device == "cuda" else 0
        tokens = sum(map(len, by_length))
        padded = sum(len(batch) * len(batch[-1]) for batch in batches)
        row = _row(shown, name, size, tokens, seconds, sentences=len(by_length), padded=padded)
        rows.append({**row, "gpu_mb": round(memory)})
        _print(rows[-1])


def _seconds(work: Callable[[], object]) -> float:
    """Return the median seconds of some passes over the work, after one that does not count."""
    work()
    taken = []
    for _ in range(_PASSES):
        start = time.perf_counter()
        work()
        taken.append(time.perf_counter() - start)
    return statistics.median(taken)


def _embed(model: Any, batch: Sequence[Tokens], device: str) -> NDArray[np.float32]:
    """Return the unit vectors of a batch, in the memory of the CPU: both ways are counted."""
    ids = np.zeros((len(batch), len(batch[-1])), dtype=np.int32)
    for row, tokens in enumerate(batch):
        ids[row, : len(tokens)] = tokens
    on_device = torch.from_numpy(ids).to(device).long()
    # The token 0 is padding.
    mask = (on_device != 0).long()
    with torch.inference_mode():
        states = model(input_ids=on_device, attention_mask=mask).last_hidden_state.float()
        weights = mask.unsqueeze(-1).float()
        mean = (states * weights).sum(1) / weights.sum(1)
        vectors: NDArray[np.float32] = torch.nn.functional.normalize(mean).cpu().numpy()
    return vectors


def _check_tokenizer(folder: Path, sentences: Sequence[Tokens], rows: list[dict[str, Any]]) -> None:
    """Print how fast texts become tokens: a GPU that embeds faster than that waits for them."""
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.no_padding()
    texts = tokenizer.decode_batch([tokens.tolist() for tokens in sentences])
    tokens = sum(len(encoding.ids) for encoding in tokenizer.encode_batch(texts))
    single = _seconds(lambda: [tokenizer.encode(text) for text in texts])
    every = _seconds(lambda: tokenizer.encode_batch(texts))
    for name, seconds in (("1 thread", single), ("threads", every)):
        row = _row("tokenizer", name, len(texts), tokens, seconds, sentences=len(texts))
        rows.append(row)
        _print(row)


def _compare(folder: Path, sentences: Sequence[Tokens]) -> None:
    """Print how far the vectors of the GPU are from those of the CPU in float32."""
    batch = sorted(sentences, key=len)
    exact = _embed(_load(folder, "cpu", "float32"), batch, "cpu")
    for name in ("float16", "bfloat16", "float32"):
        vectors = _embed(_load(folder, "cuda", name), batch, "cuda")
        cosines = (vectors * exact).sum(1)
        print(
            f"cosine of {name} on cuda to float32 on the CPU: mean {cosines.mean():.6f}, "
            f"lowest {cosines.min():.6f}",
            flush=True,
        )


def _load(folder: Path, device: str, name: str) -> Any:
    from transformers import AutoModel

    model = AutoModel.from_pretrained(str(folder), local_files_only=True)
    return model.eval().to(device=device, dtype=getattr(torch, name))


# -- printing -----------------------------------------------------------------------------------


def _row(
    device: str,
    name: str,
    batch: int,
    tokens: int,
    seconds: float,
    *,
    sentences: int,
    padded: int | None = None,
) -> dict[str, Any]:
    return {
        "device": device,
        "type": name,
        "batch": batch,
        "tokens_per_second": round(tokens / seconds),
        "padded_per_second": round((padded or tokens) / seconds),
        "sentences_per_second": round(sentences / seconds),
        "gpu_mb": 0,
    }


def _print(row: dict[str, Any]) -> None:
    print(
        f"{row['device']:<10}{row['type']:<10}{row['batch']:>7}{row['tokens_per_second']:>14,}"
        f"{row['padded_per_second']:>14,}{row['sentences_per_second']:>13,}{row['gpu_mb']:>8,}",
        flush=True,
    )


def _machine() -> str:
    gpu = torch.cuda.get_device_name() if torch.cuda.is_available() else "no GPU"
    return (
        f"{gpu}, {os.cpu_count()} cores ({platform.machine()}), torch {torch.__version__}, "
        f"Python {platform.python_version()}"
    )


if __name__ == "__main__":
    sys.exit(main())
