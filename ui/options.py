"""Defines the arguments of each command of `dateline`, with its help and its examples.

To add an option, add it here, and use it in the command's function in `ui/cli.py`.
"""

import argparse
from typing import TypeAlias

from ingest.options import (
    CommandParser,
    add_ingest,
    archive_option,
    file_name,
    json_option,
    place,
)
from rag import __version__
from ui.completion import SHELLS, PrintCompletion

# So many articles are listed at a time.
LISTED = 20
_MOST_LISTED = 10_000
_EXIT_STATUS = """\
exit status:
  0    it worked; also when the archive does not say, or nothing was found
  1    it failed, and the message says why
  2    an argument, an option or a setting cannot be used as it is
  3    an ingest finished, but it skipped some of the input
  4    a recheck found a quote that does not stand as it was
  130  you interrupted it
"""

_Commands: TypeAlias = "argparse._SubParsersAction[CommandParser]"  # it has no public name


def make_parser() -> CommandParser:
    """Return the parser of the whole command line; `command` is the name, None if there is none."""
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
    parser.add_argument(
        "--print-completion",
        action=PrintCompletion,
        choices=SHELLS,
        metavar="SHELL",
        help=f"print what your shell ({', '.join(SHELLS)}) needs to complete this command",
    )
    commands = parser.add_subparsers(title="commands", dest="command", metavar="COMMAND")
    _add_reading(commands)
    _add_asking(commands)
    _add_looking(commands)
    _add_chat(commands)
    _add_serve(commands)
    _add_keys(commands)
    _add_doctor(commands)
    _add_keeping(commands)
    _add_copy(commands)
    _add_upgrade(commands)
    return parser


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


def _add_asking(commands: _Commands) -> None:
    command = commands.add_parser(
        "ask",
        parents=[archive_option(), json_option()],
        help="answer a question",
        epilog=_examples(
            'dateline ask "Who signed the agreement?" --since 2020-11-01 --until 2020-11-30',
            'dateline ask "And who broke it?" --continue',
            'dateline ask "When did the ceasefire take effect?" --export proof.html',
        ),
    )
    _add_question(command)
    command.add_argument(
        "--continue",
        dest="follows",
        action="store_true",
        help="ask a follow-up to your last questions to this archive",
    )
    command.add_argument(
        "--as-written",
        action="store_true",
        help="with --continue, add no words of your last questions to this one; "
        "search all outlets, whichever it names",
    )
    command.add_argument(
        "--export",
        type=file_name,
        metavar="FILE",
        help="also write the answer into a new file: an evidence pack (.html, .md, .json) or its "
        "references (.bib, .ris, .csl.json, .txt)",
    )
    command.add_argument(
        "--replace", action="store_true", help="replace the file of --export if there is one"
    )

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
    _add_any(command)
    _add_limit(command, "entries", default=30)


def _add_looking(commands: _Commands) -> None:
    command = commands.add_parser(
        "locate",
        parents=[archive_option(), json_option()],
        help="find the article that a text comes from, and what was changed in it",
        epilog=_examples(
            'dateline locate "The ceasefire took effect at midnight on Tuesday"',
            "pbpaste | dateline locate -",
        ),
    )
    command.add_argument("excerpt", metavar="TEXT", help="the text; - reads it from standard input")
    _add_source(command)
    _add_limit(command, "places", default=3)

    command = commands.add_parser(
        "recheck",
        parents=[archive_option(), json_option()],
        help="check the quotes of a saved answer against the archive as it is now",
        epilog=_examples(
            'dateline ask "Who signed the agreement?" --export proof.json',
            "dateline recheck proof.json",
        )
        + "\nIt ends with 0 if all quotes stand: they are there, or at another place in the text.\n"
        "It ends with 4 if one was altered, corrected, withdrawn or removed, if its article has\n"
        "expired or is under embargo, or if it has a new note.",
    )
    command.add_argument(
        "file",
        type=file_name,
        metavar="FILE",
        help="an evidence pack (.json), or what 'dateline ask --json' printed",
    )

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
    command.add_argument("--as-of", metavar="DAY", help="show the version of this day")

    _add_articles(commands)
    commands.add_parser(
        "sources",
        parents=[archive_option(), json_option()],
        help="list the outlets with their number of articles",
        epilog=_examples("dateline sources --archive my-archive"),
    )


def _add_articles(commands: _Commands) -> None:
    command = commands.add_parser(
        "articles",
        parents=[archive_option(), json_option()],
        help="list articles, the newest or those about something, and tell what the archive covers",
        epilog=_examples(
            "dateline articles --source tass.com --since 2020-11-01 --limit 5",
            'dateline articles "harbour strike" --from 21',
            "dateline articles --coverage",
        ),
    )
    command.add_argument(
        "about",
        metavar="WORDS",
        nargs="?",
        default="",
        help="list what a search finds for these words, best first; without them, list all "
        "articles, newest first",
    )
    _add_days(command)
    _add_source(command)
    _add_section(command)
    _add_any(command)
    _add_limit(command, "articles", default=LISTED)
    command.add_argument(
        "--from",
        dest="start",
        type=_place,
        metavar="NUMBER",
        help="begin with this article of the list (default: 1)",
    )
    command.add_argument(
        "--coverage",
        action="store_true",
        help="instead of a list, count the articles of each month, outlet, section and language",
    )
    # Whoever counts has no use for either, so it is known whether they were given.
    command.set_defaults(limit=None, start=None)


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


def _add_serve(commands: _Commands) -> None:
    command = commands.add_parser(
        "serve",
        parents=[archive_option()],
        help="serve programs over HTTP, and the chat, in one process",
        epilog=_examples(
            "dateline serve --archive my-archive",
            "dateline serve --archive my-archive --host 0.0.0.0 --no-page",
        ),
    )
    command.add_argument(
        "--port", type=_port, default=8600, metavar="NUMBER", help="the port (default: 8600)"
    )
    command.add_argument(
        "--host",
        default="127.0.0.1",
        metavar="ADDRESS",
        help="the address (default: 127.0.0.1, for this machine only); for other addresses, keys "
        "are asked for",
    )
    who = command.add_mutually_exclusive_group()
    who.add_argument("--require-key", action="store_true", help="ask for keys on this machine too")
    who.add_argument(
        "--open", action="store_true", help="ask nobody for a key, whatever the address"
    )
    command.add_argument(
        "--page",
        action=argparse.BooleanOptionalAction,
        default=None,
        help="serve the chat too, which asks nobody for a key (default: only on this machine's own "
        "address)",
    )
    command.add_argument(
        "--audit",
        type=file_name,
        metavar="FILE",
        help="add to this file who saw which articles, and when",
    )
    command.add_argument(
        "--audit-questions", action="store_true", help="write the questions there too"
    )
    command.add_argument(
        "--otlp",
        metavar="URL",
        help="send a span of OpenTelemetry for each request to this collector, such as "
        "http://127.0.0.1:4318; it needs the extra 'otel'",
    )


def _add_keys(commands: _Commands) -> None:
    command = commands.add_parser(
        "keys",
        help="make, list and revoke the API keys of 'dateline serve'",
        epilog=_examples(
            'dateline keys add "newsroom tools"',
            "dateline keys list",
            "dateline keys revoke 1f3c9a20",
        ),
    )
    command.set_defaults(archive=None)
    actions = command.add_subparsers(dest="action", metavar="ACTION", required=True)
    add = actions.add_parser("add", help="make a key, and show it once")
    add.add_argument("name", metavar="NAME", help="whom or what the key is for")
    add.add_argument(
        "--scope",
        action="append",
        choices=("ask", "read", "admin"),
        help="what it may do; you can repeat this option (default: ask and read)",
    )
    actions.add_parser("list", help="list all keys")
    revoke = actions.add_parser("revoke", help="end a key")
    revoke.add_argument("id", metavar="ID", help="the id of the key, as 'list' shows it")


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


def _add_keeping(commands: _Commands) -> None:
    command = commands.add_parser(
        "backup",
        parents=[json_option()],
        help="write an archive into one file",
        epilog=_examples("dateline backup my-archive my-archive.tar.gz"),
    )
    command.add_argument("archive", type=place, metavar="DIR", help="the archive")
    command.add_argument("file", type=file_name, metavar="FILE", help="the backup, a new file")
    command.add_argument(
        "--replace", action="store_true", help="replace the file if there is one of this name"
    )

    command = commands.add_parser(
        "restore",
        parents=[json_option()],
        help="make an archive of a backup",
        epilog=_examples("dateline restore my-archive.tar.gz my-archive"),
    )
    command.add_argument("file", type=file_name, metavar="FILE", help="the backup")
    command.add_argument(
        "archive", type=place, metavar="DIR", help="the archive, a folder that is new or empty"
    )
    command.add_argument(
        "--replace", action="store_true", help="replace the archive if there is one in this folder"
    )


def _add_copy(commands: _Commands) -> None:
    command = commands.add_parser(
        "copy",
        parents=[json_option()],
        help="copy an archive to another folder or Qdrant server",
        epilog=_examples(
            "dateline copy my-archive http://localhost:6333",
            "dateline copy http://localhost:6333 my-archive",
        ),
    )
    command.add_argument(
        "archive", type=place, metavar="FROM", help="the archive, a folder or a Qdrant server"
    )
    command.add_argument(
        "target", type=place, metavar="TO", help="where to, a new folder or a Qdrant server"
    )
    command.add_argument(
        "--to-collection",
        metavar="NAME",
        help="the name of the archive on the server to which it goes; without it, as in "
        "DATELINE_COLLECTION",
    )
    command.add_argument(
        "--replace", action="store_true", help="replace the archive if there is one"
    )


def _add_upgrade(commands: _Commands) -> None:
    command = commands.add_parser(
        "upgrade",
        parents=[json_option()],
        help="bring an archive of an older version to the present format",
        epilog=_examples("dateline upgrade my-archive"),
    )
    command.add_argument("archive", type=place, metavar="DIR", help="the archive")


def _add_days(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--since", metavar="DAY", help="only articles published on this day or later"
    )
    command.add_argument(
        "--until", metavar="DAY", help="only articles published on this day or earlier"
    )
    command.add_argument(
        "--as-of",
        metavar="DAY",
        help="use only what was published by this day and has not been changed since",
    )


def _add_section(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--section",
        action="append",
        metavar="NAME",
        help="only articles of this section, such as politics; you can repeat this option",
    )


def _add_question(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "question",
        metavar="QUESTION",
        help="what you want to know; words in double quotes must stand in the article: '\"no "
        "comment\" minister'",
    )
    _add_days(command)
    _add_source(command)
    _add_section(command)
    _add_any(command)


def _add_any(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--any-time",
        action="store_true",
        help="search all dates, even if your words name a time",
    )
    command.add_argument(
        "--any-outlet",
        action="store_true",
        help="search all outlets, even if your words name one, as in 'according to Reuters'",
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


def _place(text: str) -> int:
    return _number(text, 1_000_000_000)


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
