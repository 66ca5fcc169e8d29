"""The `dateline` command: ingest, ask, search, timeline, chat, doctor.

Exit status: 0 success, 1 failure, 2 wrong usage, 3 finished with skipped input, 130 interrupted.
Every import that a question does not need is made by the command that needs it.
"""

import argparse
import sys
from collections.abc import Sequence
from typing import Any

from ingest.exits import FAILURE, SUCCESS, guarded
from ingest.options import add_ingest, common_options
from rag.settings import Settings, load_settings


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status."""
    options = _parser().parse_args(arguments)
    return guarded(lambda: options.run(options, load_settings(archive=options.archive)))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="dateline",
        description="Ask a news archive, and get answers with citations that you can check.",
    )
    common = common_options()
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    command = commands.add_parser("ingest", parents=[common], help="read articles into an archive")
    add_ingest(command)
    command.set_defaults(run=_ingest)

    command = commands.add_parser("ask", parents=[common], help="answer a question")
    _add_question(command)
    command.add_argument(
        "--continue",
        dest="follows",
        action="store_true",
        help="ask a follow-up to your last questions to this archive",
    )
    command.set_defaults(run=_ask)

    command = commands.add_parser(
        "search", parents=[common], help="list the passages that match best"
    )
    _add_question(command)
    command.add_argument(
        "--limit", type=int, default=10, help="the most passages to list (default: 10)"
    )
    command.add_argument(
        "--rerank",
        action="store_true",
        help="let the reader read the passages, and list those first that answer best",
    )
    command.set_defaults(run=_search)

    command = commands.add_parser(
        "timeline", parents=[common], help="list what happened in a story, and when"
    )
    command.add_argument("question", metavar="TOPIC", help="the story, in a few words")
    command.add_argument("--since", metavar="DAY", help="only what happened on this day or later")
    command.add_argument("--until", metavar="DAY", help="only what happened on this day or earlier")
    command.add_argument(
        "--source", action="append", metavar="OUTLET", help="only articles of this outlet"
    )
    command.add_argument("--as-of", metavar="DAY", help="use the archive as it was on this day")
    command.add_argument(
        "--limit", type=int, default=30, help="the most entries to list (default: 30)"
    )
    command.set_defaults(run=_timeline)

    command = commands.add_parser("chat", parents=[common], help="open the chat in your browser")
    command.add_argument(
        "--port", type=int, default=8501, help="the port to listen on (default: 8501)"
    )
    command.add_argument(
        "--host", default="127.0.0.1", help="the address to listen on (default: 127.0.0.1)"
    )
    command.add_argument(
        "--no-browser", action="store_true", help="serve the page without opening it"
    )
    command.set_defaults(run=_chat)

    command = commands.add_parser("doctor", parents=[common], help="check that an archive is sound")
    command.add_argument(
        "--deep", action="store_true", help="also read and check everything that is stored"
    )
    command.set_defaults(run=_doctor)
    return parser


def _add_question(command: argparse.ArgumentParser) -> None:
    command.add_argument("question", metavar="QUESTION", help="what you want to know")
    command.add_argument(
        "--since", metavar="DAY", help="only articles published on this day or later"
    )
    command.add_argument(
        "--until", metavar="DAY", help="only articles published on this day or earlier"
    )
    command.add_argument(
        "--source",
        action="append",
        metavar="OUTLET",
        help="only articles of this outlet; you can repeat this option",
    )
    command.add_argument(
        "--as-of",
        metavar="DAY",
        help="use only what was published by this day and has not been changed since",
    )
    command.add_argument(
        "--any-time",
        action="store_true",
        help="search all dates, even if the question names a time",
    )


def _restrictions(options: argparse.Namespace) -> dict[str, Any]:
    """Return what `_add_question` took as the arguments of `ask` and `search`."""
    return {
        "since": options.since,
        "until": options.until,
        "sources": options.source,
        "as_of": options.as_of,
        "read_time": not options.any_time,
    }


def _ingest(options: argparse.Namespace, settings: Settings) -> int:
    from ingest.command import run_ingest

    return run_ingest(options, settings)


def _ask(options: argparse.Namespace, settings: Settings) -> int:
    from rag.archive import Archive
    from ui.kept_conversation import keep_conversation, load_conversation
    from ui.terminal import answer_lines, to_json

    history = load_conversation(settings) if options.follows else []
    with Archive.open(settings=settings) as archive:
        answer = archive.ask(options.question, history=history, **_restrictions(options))
    if not keep_conversation(settings, [*history, answer]) and options.follows:
        warning = "the conversation could not be saved; set XDG_STATE_HOME to a writable folder"
        print(f"dateline: {warning}", file=sys.stderr)
    print(to_json(answer) if options.json else answer_lines(answer))
    return SUCCESS


def _search(options: argparse.Namespace, settings: Settings) -> int:
    from rag.archive import Archive
    from ui.terminal import hit_lines, to_json

    with Archive.open(settings=settings) as archive:
        hits = archive.search(
            options.question,
            limit=options.limit,
            rerank=options.rerank,
            **_restrictions(options),
        )
    print(to_json(hits) if options.json else hit_lines(hits))
    return SUCCESS


def _timeline(options: argparse.Namespace, settings: Settings) -> int:
    from rag.archive import Archive
    from ui.terminal import to_json
    from ui.timeline_table import timeline_table

    with Archive.open(settings=settings) as archive:
        entries = archive.timeline(
            options.question,
            options.since,
            options.until,
            sources=options.source,
            limit=options.limit,
            as_of=options.as_of,
        )
    print(to_json(entries) if options.json else timeline_table(entries))
    return SUCCESS


def _chat(options: argparse.Namespace, settings: Settings) -> int:
    from ui.serve import serve_chat

    return serve_chat(
        settings, port=options.port, host=options.host, open_browser=not options.no_browser
    )


def _doctor(options: argparse.Namespace, settings: Settings) -> int:
    from ui.doctor import examine
    from ui.terminal import to_json

    diagnosis = examine(settings, deep=options.deep)
    print(to_json(diagnosis) if options.json else str(diagnosis))
    return FAILURE if diagnosis.problems else SUCCESS


if __name__ == "__main__":
    sys.exit(main())
