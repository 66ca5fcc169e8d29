"""The `dateline` command: ingest, ask, search, show, sources, timeline, chat, doctor.

Exit status: 0 success, 1 failure, 2 wrong usage, 3 finished with skipped input, 130 interrupted.
Every import that a question does not need is made by the command that needs it.
"""

import argparse
import sys
from collections.abc import Collection, Sequence
from contextlib import closing
from typing import Any, TypeAlias

from ingest.exits import FAILURE, SUCCESS, guarded
from ingest.options import CommandParser, add_ingest, archive_option, json_option
from rag import __version__
from rag.errors import ArchiveError, ArchiveNotFound, SettingsError
from rag.settings import Settings, load_settings

_MOST_LISTED = 10_000
_EXIT_STATUS = """\
exit status:
  0    it worked; also when the archive does not say, or nothing was found
  1    it failed, and the message says why
  2    an argument, an option or a setting cannot be used as it is
  3    an ingest finished, but it skipped some of the input
  130  you interrupted it
"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status."""
    parser = _parser()
    options = parser.parse_args(arguments)
    if options.run is None:
        return guarded(lambda: _help(parser))
    return guarded(lambda: _run(options))


def _parser() -> CommandParser:
    parser = CommandParser(
        prog="dateline",
        description="Ask a news archive, and get answers with citations that you can check.",
        epilog=_examples(
            "dateline ingest ~/articles --archive my-archive",
            'dateline ask "When did the ceasefire take effect?" --archive my-archive',
        )
        + f"\n{_EXIT_STATUS}\nEach command explains itself: dateline ask --help",
    )
    parser.add_argument("--version", action="version", version=f"dateline {__version__}")
    parser.set_defaults(run=None)
    commands = parser.add_subparsers(title="commands", metavar="COMMAND")
    _add_reading(commands)
    _add_asking(commands)
    _add_looking(commands)
    _add_chat(commands)
    _add_doctor(commands)
    return parser


_Commands: TypeAlias = "argparse._SubParsersAction[CommandParser]"  # it has no public name


def _add_reading(commands: _Commands) -> None:
    command = commands.add_parser(
        "ingest",
        parents=[archive_option(), json_option()],
        help="read articles into an archive",
        epilog=_examples(
            "dateline ingest ~/articles --archive my-archive",
            "dateline ingest export.csv --columns text=story,published=day --dry-run",
        ),
    )
    add_ingest(command)
    command.set_defaults(run=_ingest)


def _add_asking(commands: _Commands) -> None:
    command = commands.add_parser(
        "ask",
        parents=[archive_option(), json_option()],
        help="answer a question",
        epilog=_examples(
            'dateline ask "Who signed the agreement?" --since 2020-11-01 --until 2020-11-30',
            'dateline ask "And who broke it?" --continue',
        ),
    )
    _add_question(command)
    command.add_argument(
        "--continue",
        dest="follows",
        action="store_true",
        help="ask a follow-up to your last questions to this archive",
    )
    command.set_defaults(run=_ask)

    command = commands.add_parser(
        "search",
        parents=[archive_option(), json_option()],
        help="list the passages that match best",
        epilog=_examples(
            'dateline search "ceasefire terms" --limit 5',
            'dateline search "ceasefire terms" --source tass.com --json',
        ),
    )
    _add_question(command)
    _add_limit(command, "passages", default=10)
    command.add_argument(
        "--rerank",
        action="store_true",
        help="let the reader read the passages, and list those first that answer best",
    )
    command.set_defaults(run=_search)

    command = commands.add_parser(
        "timeline",
        parents=[archive_option(), json_option()],
        help="list what happened in a story, and when",
        epilog=_examples('dateline timeline "capture of Shusha" --since 2020-11-01 --limit 10'),
    )
    command.add_argument("question", metavar="TOPIC", help="the story, in a few words")
    command.add_argument("--since", metavar="DAY", help="only what happened on this day or later")
    command.add_argument("--until", metavar="DAY", help="only what happened on this day or earlier")
    _add_source(command)
    command.add_argument("--as-of", metavar="DAY", help="use the archive as it was on this day")
    _add_limit(command, "entries", default=30)
    command.set_defaults(run=_timeline)


def _add_looking(commands: _Commands) -> None:
    command = commands.add_parser(
        "show",
        parents=[archive_option(), json_option()],
        help="show an article with its facts, its notes and its earlier versions",
        epilog=_examples(
            "dateline show 5f2b7c1e-0d5a-5e0b-9a3c-6f1f0c9f2f11 --archive my-archive",
        )
        + "\n'dateline search' prints the id of each article.",
    )
    command.add_argument("article", metavar="ID", help="the id of the article")
    command.set_defaults(run=_show)

    command = commands.add_parser(
        "sources",
        parents=[archive_option(), json_option()],
        help="list the outlets with their number of articles",
        epilog=_examples("dateline sources --archive my-archive"),
    )
    command.set_defaults(run=_sources)


def _add_chat(commands: _Commands) -> None:
    command = commands.add_parser(
        "chat",
        parents=[archive_option()],
        help="open the chat in your browser",
        epilog=_examples("dateline chat --archive my-archive --port 8600"),
    )
    command.add_argument(
        "--port",
        type=_port,
        default=8501,
        metavar="NUMBER",
        help="the port to listen on (default: 8501)",
    )
    command.add_argument(
        "--host",
        default="127.0.0.1",
        metavar="ADDRESS",
        help="the address to listen on (default: 127.0.0.1)",
    )
    command.add_argument(
        "--no-browser", action="store_true", help="serve the page without opening it"
    )
    command.set_defaults(run=_chat)


def _add_doctor(commands: _Commands) -> None:
    command = commands.add_parser(
        "doctor",
        parents=[archive_option(), json_option()],
        help="check that an archive is sound",
        epilog=_examples("dateline doctor --archive my-archive --deep"),
    )
    command.add_argument(
        "--deep", action="store_true", help="also read and check everything that is stored"
    )
    command.set_defaults(run=_doctor)


def _add_question(command: argparse.ArgumentParser) -> None:
    command.add_argument("question", metavar="QUESTION", help="what you want to know")
    command.add_argument(
        "--since", metavar="DAY", help="only articles published on this day or later"
    )
    command.add_argument(
        "--until", metavar="DAY", help="only articles published on this day or earlier"
    )
    _add_source(command)
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


def _add_source(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--source",
        action="append",
        metavar="OUTLET",
        help="only articles of this outlet; you can repeat this option",
    )


def _add_limit(command: argparse.ArgumentParser, things: str, *, default: int) -> None:
    command.add_argument(
        "--limit",
        type=_limit,
        default=default,
        metavar="NUMBER",
        help=f"the most {things} to list (default: {default})",
    )


def _limit(text: str) -> int:
    return _number(text, _MOST_LISTED)


def _port(text: str) -> int:
    return _number(text, 65_535)


def _number(text: str, most: int) -> int:
    """Return the number in a text, which must be from 1 to `most`."""
    number = int(text) if text.isdecimal() and len(text) <= len(str(most)) else 0
    if not 1 <= number <= most:
        raise argparse.ArgumentTypeError(f"{text!r} is not a whole number from 1 to {most}")
    return number


def _examples(*commands: str) -> str:
    lines = "".join(f"  {command}\n" for command in commands)
    return f"{'examples' if len(commands) > 1 else 'example'}:\n{lines}"


def _help(parser: CommandParser) -> int:
    parser.print_help()
    return SUCCESS


def _run(options: argparse.Namespace) -> int:
    """Run the command that the options name; a missing archive comes with the name of a near one.

    Raises:
        DatelineError: what the command raises.
    """
    settings = load_settings(archive=options.archive)
    try:
        status: int = options.run(options, settings)
    except ArchiveNotFound as error:
        from ui.hints import hint_archive

        hint = hint_archive(settings)
        raise ArchiveNotFound(f"{error}; {hint}" if hint else str(error)) from error
    return status


def _warn_of_outlets(wanted: Collection[str] | None, known: Collection[str]) -> None:
    from ui.hints import hint_outlets

    for line in hint_outlets(wanted, known):
        print(f"dateline: {line}", file=sys.stderr)


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
    from ui.screen import show, text_width
    from ui.terminal import answer_lines, to_json

    history = load_conversation(settings) if options.follows else []
    with Archive.open(settings=settings) as archive:
        answer = archive.ask(options.question, history=history, **_restrictions(options))
        if options.source:
            _warn_of_outlets(options.source, archive.sources())
    if not keep_conversation(settings, [*history, answer]) and options.follows:
        warning = "the conversation could not be saved; set XDG_STATE_HOME to a writable folder"
        print(f"dateline: {warning}", file=sys.stderr)
    if options.json:
        print(to_json(answer))
    else:
        show(answer_lines(answer, width=text_width(sys.stdout)))
    return SUCCESS


def _search(options: argparse.Namespace, settings: Settings) -> int:
    from rag.archive import Archive
    from ui.screen import show, text_width
    from ui.terminal import hit_lines, to_json

    with Archive.open(settings=settings) as archive:
        hits = archive.search(
            options.question,
            limit=options.limit,
            rerank=options.rerank,
            **_restrictions(options),
        )
        if options.source:
            _warn_of_outlets(options.source, archive.sources())
    if options.json:
        print(to_json(hits))
    else:
        show(hit_lines(hits, width=text_width(sys.stdout)))
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
        if options.source:
            _warn_of_outlets(options.source, archive.sources())
    print(to_json(entries) if options.json else timeline_table(entries))
    return SUCCESS


def _show(options: argparse.Namespace, settings: Settings) -> int:
    from rag.store import open_store
    from ui.screen import show, text_width
    from ui.terminal import article_lines, to_json

    with closing(open_store(settings)) as store:
        article = store.articles([options.article]).get(options.article)
    if article is None:
        raise ArchiveError(
            f"there is no article {options.article!r} in {settings.archive}; 'dateline search' "
            "prints the id of each article that it finds"
        )
    if options.json:
        print(to_json(article))
    else:
        show(article_lines(article, width=text_width(sys.stdout)))
    return SUCCESS


def _sources(options: argparse.Namespace, settings: Settings) -> int:
    from rag.store import open_store
    from ui.terminal import list_sources, source_lines, to_json

    with closing(open_store(settings)) as store:
        sources = list_sources(store.sources())
        articles = store.manifest.articles
    print(to_json(sources) if options.json else source_lines(sources, articles=articles))
    return SUCCESS


def _chat(options: argparse.Namespace, settings: Settings) -> int:
    from ui.serve import serve_chat

    _require_own_address(options.host)
    return serve_chat(
        settings, port=options.port, host=options.host, open_browser=not options.no_browser
    )


def _require_own_address(host: str) -> None:
    """Do nothing if this machine can listen on an address.

    Raises:
        SettingsError: it cannot.
    """
    import socket

    try:
        kind = socket.SOCK_STREAM
        family, *_, address = socket.getaddrinfo(host, 0, type=kind, flags=socket.AI_PASSIVE)[0]
        with socket.socket(family, kind) as probe:
            probe.bind(address)
    except (OSError, UnicodeError) as error:
        raise SettingsError(
            f"--host is {host!r}, which is no address of this machine; use 127.0.0.1 for this "
            "machine only, or 0.0.0.0 for your network"
        ) from error


def _doctor(options: argparse.Namespace, settings: Settings) -> int:
    from ui.doctor import examine
    from ui.terminal import to_json

    diagnosis = examine(settings, deep=options.deep)
    print(to_json(diagnosis) if options.json else str(diagnosis))
    return FAILURE if diagnosis.problems else SUCCESS


if __name__ == "__main__":
    sys.exit(main())
