"""Train the network that weighs the words of earlier turns: `python -m training.carrying`.

Two processes of one thread share every batch and average their gradients. An interrupted run goes
on where it was saved. `--work` keeps the checkpoint, the log and the hashes of the data.
"""

import argparse
import json
import os
import random
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import torch
from torch import distributed, multiprocessing, nn

from rag.models.carrying import Encoded, encode
from training.carrier_model import LONGEST, CarrierModel, collate, load_tokenizer, term_logits
from training.conversations import (
    Example,
    altered_examples,
    examples,
    file_hashes,
    read_conversations,
)
from training.resuming import average, log, restore, save, set_rates

SEED = 20
PASSES = 2
_PROCESSES = 2
_RATE = 2e-4
_HEADS_RATE = 1e-3
_BATCH = 32
_SORTED_TOGETHER = 640
_NEEDS_WEIGHT = 0.5
_LOG_STEPS = 10
_SAVE_SECONDS = 90


def main() -> int:
    """Train, from the beginning or from where it was saved."""
    parser = argparse.ArgumentParser(prog="python -m training.carrying")
    parser.add_argument("--work", type=Path, default=Path("training/work-carrying"))
    work: Path = parser.parse_args().work
    work.mkdir(parents=True, exist_ok=True)
    (work / "data.json").write_text(json.dumps(file_hashes(), indent=1))
    os.environ.setdefault("MASTER_ADDR", "127.0.0.1")
    os.environ.setdefault("MASTER_PORT", "29532")
    multiprocessing.spawn(_train, args=(work,), nprocs=_PROCESSES)
    return 0


def _train(rank: int, work: Path) -> None:
    torch.set_num_threads(1)
    torch.manual_seed(SEED + rank)
    distributed.init_process_group("gloo", rank=rank, world_size=_PROCESSES)
    tokenizer = load_tokenizer()
    conversations = read_conversations("train")
    model = CarrierModel()
    optimizer = _optimizer(model)
    done, _ = restore(work, model, optimizer)
    passes = [_batches(conversations, number) for number in range(PASSES)]
    steps = [batch for of_pass in passes for batch in of_pass]
    saved = started = time.monotonic()
    losses: list[float] = []
    model.train()
    for step, batch in enumerate(steps):
        if step < done:
            continue
        set_rates(optimizer, step / len(steps), ahead=0.001)
        mine = batch[rank::_PROCESSES]
        read = [(e, encode(tokenizer, e.question, e.turns, longest=LONGEST)) for e in mine]
        losses.append(_step(model, optimizer, read))
        done = step + 1
        if rank == 0 and done % _LOG_STEPS == 0:
            seconds = round(time.monotonic() - started)
            log(work, step=done, of=len(steps), loss=sum(losses) / len(losses), seconds=seconds)
            losses.clear()
        if rank == 0 and time.monotonic() - saved > _SAVE_SECONDS:
            save(work, model, optimizer, done)
            saved = time.monotonic()
    if rank == 0:
        save(work, model, optimizer, done)
        held_out = list(examples(read_conversations("tune")))
        read = [(e, encode(tokenizer, e.question, e.turns, longest=LONGEST)) for e in held_out]
        log(work, **_scores(model, read))
    distributed.barrier()
    distributed.destroy_process_group()


def _batches(conversations: Sequence[Any], number: int) -> list[list[Example]]:
    """Return the batches of a pass, of examples of about one length, in an order by chance."""
    rng = random.Random(SEED + number)  # noqa: S311  # drawing examples
    drawn = list(altered_examples(conversations, rng))
    rng.shuffle(drawn)
    batches = []
    for first in range(0, len(drawn), _SORTED_TOGETHER):
        near = sorted(drawn[first : first + _SORTED_TOGETHER], key=_length)
        batches += [near[n : n + _BATCH] for n in range(0, len(near), _BATCH)]
    rng.shuffle(batches)
    return [batch for batch in batches if len(batch) >= _PROCESSES]


def _length(example: Example) -> int:
    """Return about how many characters are read."""
    texts = [turn.question for turn in (*example.turns[:1], *example.turns[-3:])]
    return sum(map(len, texts)) + min(200, len(example.turns[-1].answer))


def _step(
    model: CarrierModel,
    optimizer: torch.optim.Optimizer,
    read: Sequence[tuple[Example, Encoded]],
) -> float:
    batch = collate(read)
    scores, needs = model(batch.input_ids, batch.attention_mask, batch.roles, batch.marks)
    entropy = nn.functional.binary_cross_entropy_with_logits
    loss = entropy(term_logits(batch, scores), batch.wanted)
    loss = loss + _NEEDS_WEIGHT * entropy(needs, batch.needs)
    optimizer.zero_grad()
    loss.backward()
    average([p.grad for p in model.parameters() if p.grad is not None], _PROCESSES)
    torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
    optimizer.step()
    return float(loss.detach())


def _scores(model: CarrierModel, read: Sequence[tuple[Example, Encoded]]) -> dict[str, float]:
    """Return the best F1 of carried terms over thresholds, and where it is."""
    model.eval()
    judged: list[tuple[float, float]] = []
    with torch.no_grad():
        for first in range(0, len(read), _BATCH):
            batch = collate(read[first : first + _BATCH])
            scores, _ = model(batch.input_ids, batch.attention_mask, batch.roles, batch.marks)
            logits = term_logits(batch, scores).tolist()
            judged += zip(logits, batch.wanted.tolist(), strict=True)
    wanted = sum(len(example.wanted) for example, _ in read)
    best, right = (0.0, 0.0), 0.0
    for given, (logit, is_right) in enumerate(sorted(judged, reverse=True), start=1):
        right += is_right
        best = max(best, (2 * right / (given + wanted), logit))
    return {"f1": best[0], "threshold": best[1]}


def _optimizer(model: CarrierModel) -> torch.optim.Optimizer:
    body = list(model.upper.parameters())
    groups = [{"params": body, "rate": _RATE}, {"params": model.heads, "rate": _HEADS_RATE}]
    return torch.optim.AdamW(groups, lr=_RATE, weight_decay=0.01)


if __name__ == "__main__":
    sys.exit(main())
