"""`python -m ingest SOURCE...`, the same as `dateline ingest SOURCE...`."""

import sys

from ingest.shadowing import require_own_rag


def main() -> int:
    """Read the command line, ingest, and return the exit status."""
    require_own_rag()  # before the imports that need it

    from ingest.command import run_ingest
    from ingest.exits import guarded
    from ingest.options import CommandParser, add_ingest, archive_option, json_option
    from rag.settings import load_settings

    parser = CommandParser(
        prog="python -m ingest",
        description="Read news articles into an archive.",
        parents=[archive_option(), json_option()],
    )
    add_ingest(parser)
    options = parser.parse_args()
    return guarded(lambda: run_ingest(options, load_settings(archive=options.archive)))


if __name__ == "__main__":
    sys.exit(main())
