"""Write the mean of two readers' weights: `python -m training.averaging A B TARGET`.

A reader that was trained on from another one has learned what is new and lost some of what it knew.
The mean of both keeps most of either (Wortsman et al., "Robust fine-tuning of zero-shot models",
2022). Both must come from one training; weights that were trained apart have no useful mean.
"""

import argparse
import sys
from pathlib import Path

import torch
from torch import Tensor


def main() -> int:
    """Write the mean of two checkpoints as one that can be exported or trained on."""
    parser = argparse.ArgumentParser(prog="python -m training.averaging")
    parser.add_argument("first", type=Path, help="a checkpoint")
    parser.add_argument("second", type=Path, help="a checkpoint that was trained on from it")
    parser.add_argument("target", type=Path)
    parser.add_argument("--share", type=float, default=0.5, help="of the second in the mean")
    options = parser.parse_args()
    first, second = (
        torch.load(path, weights_only=True) for path in (options.first, options.second)
    )
    mean = averaged(first["model"], second["model"], share=options.share)
    steps = max(int(state.get("step", 0)) for state in (first, second))
    torch.save({"model": mean, "step": steps}, options.target)
    return 0


def averaged(
    first: dict[str, Tensor], second: dict[str, Tensor], *, share: float
) -> dict[str, Tensor]:
    """Return weights between the first (a share of 0) and the second (1).

    Raises:
        ValueError: they are not weights of one network.
    """
    if first.keys() != second.keys():
        raise ValueError("the two checkpoints are not of one network")
    return {name: torch.lerp(first[name], second[name], share) for name in first}


if __name__ == "__main__":
    sys.exit(main())
