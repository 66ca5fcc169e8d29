"""Command line options that more than one command takes."""

import argparse


def common_options() -> argparse.ArgumentParser:
    """Return a parent parser with `--archive` and `--json`."""
    common = argparse.ArgumentParser(add_help=False)
    common.add_argument(
        "--archive",
        metavar="DIR|URL",
        help="the archive, a directory or the URL of a Qdrant server "
        "(default: $DATELINE_ARCHIVE, or else ./archive)",
    )
    common.add_argument("--json", action="store_true", help="print the result as JSON")
    return common


def add_ingest(parser: argparse.ArgumentParser) -> None:
    """Add the sources that an ingest reads, and how it goes about it."""
    parser.add_argument("sources", nargs="+", metavar="SOURCE", help="a file or folder to read")
    parser.add_argument(
        "--columns",
        metavar="FIELD=COLUMN,...",
        default="",
        help="which columns or JSON keys hold which fields, such as text=story,published=day",
    )
    parser.add_argument(
        "--delete-missing",
        action="store_true",
        help="remove articles that the files under the sources no longer contain",
    )
    parser.add_argument(
        "--dry-run", action="store_true", help="read the sources and report, but write nothing"
    )
