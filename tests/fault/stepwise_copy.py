"""Runs a copy that kills itself before its n-th step; `test_killed_copy.py` runs this as a program.

python -m tests.fault.stepwise_copy SOURCE TARGET STEP    step 0 counts and prints them
"""

import sys

from rag.settings import load_settings
from rag.store import copy
from tests.fault.stepwise import count_steps, counted_steps


def main() -> None:
    source, target, fatal = sys.argv[1], sys.argv[2], int(sys.argv[3])
    count_steps(fatal)
    copy(
        load_settings(archive=source),
        load_settings(archive=target),
        replace=True,
        report=lambda *_: None,
    )
    print(counted_steps())


if __name__ == "__main__":
    main()
