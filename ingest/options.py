"""Command line options that more than one command takes."""

import argparse


def common_options() -> argparse.ArgumentParser:
    """Return a parent parser with `--archive` and `--json`."""
    common = argparse.ArgumentParser(add_help=False)
    common.add_argument(
        "--archive",
        metavar="DIR|URL",
        help="the archive: a directory or a Qdrant URL (default $DATELINE_ARCHIVE or ./archive)",
    )
    common.add_argument("--json", action="store_true", help="print JSON for machines")
    return common


def add_ingest(parser: argparse.ArgumentParser) -> None:
    """Add the sources that an ingest reads, and how it goes about it."""
    parser.add_argument("sources", nargs="+", metavar="SOURCE", help="a file or a folder")
    parser.add_argument(
        "--columns",
        metavar="FIELD=COLUMN,...",
        default="",
        help="where tables and JSON keep a field, such as text=story,published=day",
    )
    parser.add_argument(
        "--delete-missing",
        action="store_true",
        help="remove articles that no file under the sources gives any more",
    )
    parser.add_argument("--dry-run", action="store_true", help="read and report, write nothing")
