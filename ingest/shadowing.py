"""Says so if another package called `rag` would be imported in the place of Dateline's.

`python -m ingest` looks into the working directory first, and people have folders called `rag`. So
an entry point asks this module before it imports anything of `rag`. The command `dateline` does not
look into the working directory.
"""

import sys
from importlib.util import find_spec
from pathlib import Path

_OURS = Path(__file__).parent.parent / "rag" / "__init__.py"


def require_own_rag() -> None:
    """Do nothing if `import rag` imports Dateline's package, which lies beside this one.

    Raises:
        SystemExit: it would import something else, which the message names.
    """
    spec = find_spec("rag")
    found = Path(spec.origin) if spec and spec.origin else None
    if found is None:
        sys.exit("Dateline's package 'rag' is not installed; install dateline again")
    if not found.samefile(_OURS):
        sys.exit(
            f"Dateline's package 'rag' is hidden by {found}; run the command 'dateline', or "
            "'python -P', which do not look into the working directory, and keep that folder out "
            "of PYTHONPATH"
        )
