"""Train the reader with `python -m training.train --base DIR`; run it again to continue.

Two processes of one thread each share a step on two cores, which takes three quarters of the time
of one process with two threads; on a GPU there is one process.
"""

import argparse
import json
import os
import pickle
import random
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import torch
from tokenizers import Tokenizer
from torch import distributed, multiprocessing

from training.batches import Pair, collate, encode_group, pack
from training.data_sets import file_hashes, read_sets
from training.evaluate import scores_on
from training.examples import Example, draw
from training.losses import loss_of
from training.model import ReaderModel, load_tokenizer
from training.resuming import average, log, restore, save, set_rates

SEED = 20
LONGEST = 256
_TOKENS = 2000  # of one process in one step, padding included
_RATE, _HEADS_RATE = 1e-4, 5e-4
# Without them a step takes four fifths of the time; they know words, not yet questions.
_FROZEN_LAYERS = 4
_SAVE_SECONDS = 120
_LOG_STEPS = 25


@dataclass(frozen=True, slots=True)
class Share:
    """How much of a set one pass reads, and with how many look-alikes a question on average."""

    share: float
    negatives: float


# What is about news most, the rest for its ways of asking; every pass draws anew.
PASSES = (
    {
        "newsqa": Share(1.0, 1.5),
        "realtimeqa": Share(1.0, 1.5),
        "squad2": Share(0.5, 0.2),
        "new_wiki": Share(0.1, 0.3),
        "qamr-wikinews": Share(0.25, 0.4),
        "tweetqa-spans": Share(0.3, 0.3),
        "ester": Share(0.5, 0.5),
        "multirc-newslike": Share(0.7, 0.5),
        "boolq": Share(0.2, 0.3),
        "sentences": Share(0.7, 2.0),
        "statements": Share(0.4, 0.0),
        "mnli": Share(0.1, 0.0),
        "twins": Share(0.15, 0.0),
    },
    {
        "newsqa": Share(1.0, 1.5),
        "realtimeqa": Share(1.0, 1.5),
        "squad2": Share(0.15, 0.3),
        "qamr-wikinews": Share(0.1, 0.4),
        "ester": Share(0.5, 0.5),
        "multirc-newslike": Share(0.7, 0.5),
        "sentences": Share(0.3, 2.0),
        "statements": Share(0.15, 0.0),
        "twins": Share(0.15, 0.0),
    },
)


# Of two processes; an hour and three quarters on two cores. The batches of a pass are in no order.
MOST_STEPS = (1150, 550)


def main() -> int:
    """Prepare the data, then train in as many processes as the machine wants."""
    parser = argparse.ArgumentParser(prog="python -m training.train")
    parser.add_argument("--work", type=Path, default=Path("training/work"))
    parser.add_argument("--base", type=Path, required=True, help="folder of training.e5_base")
    options = parser.parse_args()
    work: Path = options.work
    work.mkdir(parents=True, exist_ok=True)
    if not (work / "examples.pickle").exists():
        sets = {part: read_sets(part) for part in ("train", "tune")}
        (work / "data.json").write_text(json.dumps(file_hashes(), indent=1))
        partial = work / "examples.partial"
        partial.write_bytes(pickle.dumps(sets))
        partial.rename(work / "examples.pickle")
    processes = 1 if torch.cuda.is_available() else max(1, min(8, os.cpu_count() or 1))
    os.environ.setdefault("MASTER_ADDR", "127.0.0.1")
    os.environ.setdefault("MASTER_PORT", "29531")
    multiprocessing.spawn(_train, args=(processes, work, options.base), nprocs=processes)
    return 0


def _train(rank: int, processes: int, work: Path, base: Path) -> None:
    torch.set_num_threads(1)
    torch.manual_seed(SEED + rank)
    distributed.init_process_group("gloo", rank=rank, world_size=processes)
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    sets = pickle.loads((work / "examples.pickle").read_bytes())  # noqa: S301  # written above
    model = ReaderModel(base, frozen_layers=_FROZEN_LAYERS, attention="sdpa").to(device)
    tokenizer = load_tokenizer(base, longest=LONGEST)
    optimizer = _optimizer(model)
    batches = _batches(sets["train"], tokenizer)
    steps = [
        min(len(one), 2 * most) // processes for one, most in zip(batches, MOST_STEPS, strict=True)
    ]
    total = sum(steps)
    done = restore(work, model, optimizer)
    saved = started = time.monotonic()
    losses: list[float] = []
    for number, of_pass in enumerate(batches):
        before = sum(steps[:number])
        if done >= before + steps[number]:
            continue
        for step in range(max(0, done - before), steps[number]):
            set_rates(optimizer, (before + step) / total)
            pairs = of_pass[step * processes + rank]
            losses.append(_step(model, optimizer, pairs, device, processes))
            done = before + step + 1
            if rank == 0 and done % _LOG_STEPS == 0:
                log(
                    work,
                    step=done,
                    of=total,
                    loss=sum(losses) / len(losses),
                    seconds=round(time.monotonic() - started),
                )
                losses.clear()
            if rank == 0 and time.monotonic() - saved > _SAVE_SECONDS:
                save(work, model, optimizer, done)
                saved = time.monotonic()
        if rank == 0:
            save(work, model, optimizer, done)
            scores = scores_on(model, sets["tune"], tokenizer)
            log(work, step=done, of=total, passes=number + 1, **scores)
            model.train()
        distributed.barrier()
    distributed.destroy_process_group()


def _optimizer(model: ReaderModel) -> torch.optim.Optimizer:
    heads = [*model.judgement.parameters(), *model.edges.parameters()]
    body = [p for p in model.encoder.parameters() if p.requires_grad]
    groups = [{"params": body, "rate": _RATE}, {"params": heads, "rate": _HEADS_RATE}]
    return torch.optim.AdamW(groups, lr=_RATE, weight_decay=0.01, fused=True)


def _batches(sets: dict[str, list[Example]], tokenizer: Tokenizer) -> list[list[list[Pair]]]:
    """Return the batches of each pass, the same in every process and in every run."""
    passes = []
    for number, shares in enumerate(PASSES):
        rng = random.Random(SEED + number)  # noqa: S311  # drawing examples
        groups: list[list[Pair]] = []
        for name, wanted in shares.items():
            for example, negatives in draw(
                sets[name], share=wanted.share, negatives=wanted.negatives, rng=rng
            ):
                pairs = encode_group(example, negatives, tokenizer, len(groups))
                if pairs:
                    groups.append(pairs)
        passes.append(pack(groups, tokens=_TOKENS, rng=rng))
    return passes


def _step(
    model: ReaderModel,
    optimizer: torch.optim.Optimizer,
    pairs: list[Pair],
    device: torch.device,
    processes: int,
) -> float:
    batch = collate(pairs).to(device)
    with torch.autocast(device.type, dtype=torch.bfloat16, enabled=_has_bfloat16(device)):
        judgement, edges = model(batch.input_ids, batch.attention_mask, batch.token_type_ids)
    loss = loss_of(batch, judgement, edges)
    optimizer.zero_grad()
    loss.backward()
    gradients = [p.grad for p in model.parameters() if p.grad is not None]
    if processes > 1:
        average(gradients, processes)
    torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
    optimizer.step()
    return float(loss.detach())


def _has_bfloat16(device: torch.device) -> bool:
    """Say whether bfloat16 is faster; on a processor without it, it takes 30 times as long."""
    return device.type == "cuda" or bool(torch.cpu._is_avx512_bf16_supported())


if __name__ == "__main__":
    sys.exit(main())
