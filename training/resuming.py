"""What a training of several processes shares: rates, averaged gradients, checkpoints, a log."""

import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, distributed, nn

_WARM_UP = 0.06


def set_rates(optimizer: torch.optim.Optimizer, progress: float, *, ahead: float = 0.0) -> None:
    """Set the learning rates: up in the beginning, then evenly down to none.

    With `ahead`, a share of the steps, the first step has a rate too.
    """
    factor = min((progress + ahead) / _WARM_UP, (1 - progress) / (1 - _WARM_UP))
    for group in optimizer.param_groups:
        group["lr"] = group["rate"] * factor


def average(gradients: Sequence[Tensor], processes: int) -> None:
    """Replace the gradients of each process by their mean."""
    flat = torch.cat([gradient.flatten() for gradient in gradients])
    distributed.all_reduce(flat)
    flat /= processes
    first = 0
    for gradient in gradients:
        gradient.copy_(flat[first : first + gradient.numel()].view_as(gradient))
        first += gradient.numel()


def save(
    work: Path,
    model: nn.Module,
    optimizer: torch.optim.Optimizer,
    step: int,
    *,
    seconds: float = 0.0,
) -> None:
    """Write a checkpoint, which replaces the one before when it is whole."""
    state = {
        "model": model.state_dict(),
        "optimizer": optimizer.state_dict(),
        "step": step,
        "seconds": seconds,
    }
    torch.save(state, work / "checkpoint.partial")
    (work / "checkpoint.partial").rename(work / "checkpoint.pt")


def restore(work: Path, model: nn.Module, optimizer: torch.optim.Optimizer) -> tuple[int, float]:
    """Load the last checkpoint, if there is one; return its steps and how long they took."""
    path = work / "checkpoint.pt"
    if not path.exists():
        return 0, 0.0
    state = torch.load(path, weights_only=True)
    model.load_state_dict(state["model"])
    optimizer.load_state_dict(state["optimizer"])
    return int(state["step"]), float(state.get("seconds", 0.0))


def log(work: Path, **values: Any) -> None:
    """Add a line to the log, and show it."""
    line = json.dumps({k: round(v, 4) if isinstance(v, float) else v for k, v in values.items()})
    sys.stderr.write(line + "\n")
    with (work / "log.jsonl").open("a") as file:
        file.write(line + "\n")
