"""The `dateline` command: ingest, ask, search, articles, show, timeline, chat, doctor and more.

Exit status: 0 success, 1 failure, 2 wrong usage, 3 finished with skipped input, 4 a quote does not
stand any more, 130 interrupted.
Every import that a question does not need is made by the command that needs it. `options.py` has
the arguments.
"""

import argparse
import os
import sys
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Any

from ingest.exits import CHANGED, FAILURE, SUCCESS, guarded
from rag.errors import ArchiveError, ArchiveNotFound, QuestionError, SettingsError
from rag.settings import Settings, load_settings, unknown_variables
from ui.given_text import require_text
from ui.options import LISTED, make_parser
from ui.screen import take_every_character

if TYPE_CHECKING:
    from rag.archive import Archive
    from rag.question.filters import Filters
    from rag.remote import RemoteArchive


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status."""
    for stream in (sys.stdout, sys.stderr):
        take_every_character(stream)
    parser = make_parser()
    options = parser.parse_args(arguments)
    if options.command is None:
        return guarded(lambda: _help(parser))
    return guarded(lambda: _run(options))


def _help(parser: argparse.ArgumentParser) -> int:
    parser.print_help()
    return SUCCESS


def _run(options: argparse.Namespace) -> int:
    """Run the command that the options name; a missing archive comes with the name of a near one.

    Raises:
        DatelineError: what the command raises.
    """
    require_text(options)
    _warn_of_variables()
    settings = load_settings(archive=options.archive)
    if options.command in _ON_THE_ARCHIVE_ITSELF:
        from ui.opening import require_own

        require_own(settings, options.command)
    try:
        return _COMMANDS[options.command](options, settings)
    except ArchiveNotFound as error:
        from ui.hints import hint_archive

        hint = hint_archive(settings)
        raise ArchiveNotFound(f"{error}; {hint}" if hint else str(error)) from error


def _warn_of_variables() -> None:
    if unknown := unknown_variables(os.environ):
        from ui.hints import hint_variables

        _tell(hint_variables(unknown))


def _warn_of_names(options: argparse.Namespace, archive: "Archive | RemoteArchive") -> None:
    """Say of each outlet and section of the options that the archive does not have it."""
    from ui.hints import hint_outlets, hint_sections

    if options.source:
        _tell(hint_outlets(options.source, archive.sources()))
    if sections := getattr(options, "section", None):
        _tell(hint_sections(sections, archive.sections()))


def _tell(lines: Iterable[str]) -> None:
    for line in lines:
        print(f"dateline: {line}", file=sys.stderr)


def _print(options: argparse.Namespace, value: Any, lines: Callable[..., str]) -> None:
    """Print a result as JSON if that is asked for, or else as `lines` words it for the screen."""
    from ui.screen import show, text_width
    from ui.terminal import to_json

    if options.json:
        print(to_json(value))
    else:
        show(lines(value, width=text_width(sys.stdout)))


def _tell_notes(
    notes: Iterable[str], words: str, filters: "Filters", archive: "Archive | RemoteArchive"
) -> None:
    """Say what a search looked at, and with which option it looks at more."""
    from ui.hints import hint_ways_out

    _tell([*notes, *hint_ways_out(words, filters, archive.sources)])


def _restrictions(options: argparse.Namespace) -> "Filters":
    """Return what the options of a question say as the arguments of `ask` and `search`."""
    return {
        "since": options.since,
        "until": options.until,
        "sources": options.source,
        "sections": options.section,
        "as_of": options.as_of,
        "read_time": not options.any_time,
        "read_outlets": not (options.any_outlet or getattr(options, "as_written", False)),
    }


def _ingest(options: argparse.Namespace, settings: Settings) -> int:
    from ingest.command import run_ingest

    return run_ingest(options, settings)


def _ask(options: argparse.Namespace, settings: Settings) -> int:
    from ui.export_files import ExportFile
    from ui.kept_conversation import keep_conversation, load_conversation
    from ui.opening import open_archive
    from ui.terminal import answer_lines

    if options.replace and not options.export:
        raise SettingsError("--replace replaces the file of --export; add --export FILE")
    file = ExportFile.named(options.export, replace=options.replace) if options.export else None
    history = load_conversation(settings) if options.follows else []
    if options.follows and not history:
        print("dateline: there is no earlier question to this archive", file=sys.stderr)
    with open_archive(settings) as archive:
        answer = archive.ask(
            options.question,
            history=history,
            carried=() if options.as_written else None,
            **_restrictions(options),
        )
        _warn_of_names(options, archive)
    if not keep_conversation(settings, [*history, answer]) and options.follows:
        warning = "the conversation could not be saved; set XDG_STATE_HOME to a writable folder"
        print(f"dateline: {warning}", file=sys.stderr)
    _print(options, answer, answer_lines)
    if file:
        print(f"dateline: {file.write(answer)}", file=sys.stderr)
    return SUCCESS


def _search(options: argparse.Namespace, settings: Settings) -> int:
    from ui.opening import open_archive
    from ui.terminal import hit_lines

    filters = _restrictions(options)
    with open_archive(settings) as archive:
        hits, notes = archive.search_with_notes(
            options.question, limit=options.limit, rerank=options.rerank, **filters
        )
        _warn_of_names(options, archive)
        _tell_notes(notes, options.question, filters, archive)
    _print(options, hits, hit_lines)
    return SUCCESS


def _timeline(options: argparse.Namespace, settings: Settings) -> int:
    from rag.question.filters import TopicFilters, as_filters
    from ui.opening import open_archive
    from ui.terminal import to_json
    from ui.timeline_table import timeline_table
    from ui.whole_timeline import find_timeline

    filters = TopicFilters(
        sources=options.source,
        as_of=options.as_of,
        read_time=not options.any_time,
        read_outlets=not options.any_outlet,
    )
    days = {"since": options.since, "until": options.until}
    with open_archive(settings) as archive:
        found = find_timeline(archive, options.question, **days, limit=options.limit, **filters)
        _warn_of_names(options, archive)
        _tell_notes(found.notes, options.question, as_filters(filters, **days), archive)
    if found.has_more:
        print(f"dateline: {found.remark} Use --limit to list more.", file=sys.stderr)
    print(to_json(list(found.entries)) if options.json else timeline_table(found.entries))
    return SUCCESS


def _locate(options: argparse.Namespace, settings: Settings) -> int:
    from ui.given_text import read_standard_input
    from ui.located import located_lines
    from ui.opening import open_archive

    excerpt = options.excerpt
    if excerpt == "-":
        excerpt, note = read_standard_input()
        if note:
            print(f"dateline: standard input: {note}", file=sys.stderr)
    with open_archive(settings) as archive:
        places = archive.locate(excerpt, limit=options.limit, sources=options.source)
        _warn_of_names(options, archive)
    _print(options, places, located_lines)
    return SUCCESS


def _recheck(options: argparse.Namespace, settings: Settings) -> int:
    from ui.opening import open_archive
    from ui.rechecked import read_saved_file, rechecked_lines

    saved = read_saved_file(options.file)
    with open_archive(settings) as archive:
        checked = archive.recheck(saved)
    _print(options, checked, rechecked_lines)
    return SUCCESS if checked.stands else CHANGED


def _show(options: argparse.Namespace, settings: Settings) -> int:
    from ui.opening import stored_article
    from ui.terminal import article_lines

    try:
        article = stored_article(settings, options.article, as_of=options.as_of)
    except KeyError:
        raise ArchiveError(
            f"there is no article {options.article!r} in {settings.archive}; 'dateline search' "
            "prints the id of each article that it finds"
        ) from None
    _print(options, article, article_lines)
    return SUCCESS


def _sources(options: argparse.Namespace, settings: Settings) -> int:
    from ui.opening import stored_outlets
    from ui.terminal import list_sources, source_lines, to_json

    outlets = stored_outlets(settings)
    sources = list_sources(outlets.by_source, outlets.hidden_by_source)
    if options.json:
        print(to_json(sources))
    else:
        hidden = outlets.hidden.in_words(outlets.articles)
        print(source_lines(sources, articles=outlets.articles, hidden=hidden))
    return SUCCESS


def _articles(options: argparse.Namespace, settings: Settings) -> int:
    from ui.article_list import article_table, coverage_table
    from ui.opening import open_archive

    filters = _restrictions(options)
    if options.coverage and options.about:
        raise QuestionError("--coverage counts all articles under the filters; leave out the words")
    if options.coverage and (options.limit or options.start):
        raise SettingsError("--coverage lists no articles; leave out --limit and --from")
    with open_archive(settings) as archive:
        _warn_of_names(options, archive)
        if options.coverage:
            _print(options, archive.coverage(**filters), coverage_table)
            return SUCCESS
        first, limit = (options.start or 1) - 1, options.limit or LISTED
        listing = archive.browse(options.about, first=first, limit=limit, **filters)
        _tell_notes(listing.notes, options.about, filters, archive)
    _print(options, listing, article_table)
    return SUCCESS


def _chat(options: argparse.Namespace, settings: Settings) -> int:
    from ui.serve import serve_chat

    _require_own_address(options.host, options.port)
    return serve_chat(
        settings, port=options.port, host=options.host, open_browser=not options.no_browser
    )


def _serve(options: argparse.Namespace, settings: Settings) -> int:
    from pathlib import Path

    from api.access import Audit
    from rag.addresses import home_expanded
    from ui.site import Serving, is_loopback, serve

    if options.audit_questions and options.audit is None:
        raise SettingsError(
            "--audit-questions adds the questions to the file of --audit; add --audit FILE"
        )
    audit = Audit(
        path=None if options.audit is None else Path(home_expanded(options.audit)),
        with_questions=options.audit_questions,
    )
    _require_own_address(options.host, options.port)
    is_own = is_loopback(options.host)
    return serve(
        settings,
        Serving(
            host=options.host,
            port=options.port,
            needs_keys=options.require_key or not (is_own or options.open),
            has_page=is_own if options.page is None else options.page,
            audit=audit,
            otlp=options.otlp,
        ),
    )


def _keys(options: argparse.Namespace, settings: Settings) -> int:
    from ui.key_commands import run_keys

    return run_keys(options, settings)


def _require_own_address(host: str, port: int) -> None:
    """Do nothing if this machine can listen on a port of an address.

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
    with socket.socket(family, kind) as probe:
        # As servers do, or the port of one that has just ended would seem to be in use.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((address[0], port, *address[2:]))
        except OSError as error:
            raise SettingsError(_why_not(port, error)) from error


def _why_not(port: int, error: OSError) -> str:
    """Return in words why a port cannot be listened on, and what to do."""
    import errno

    if error.errno == errno.EADDRINUSE:
        return f"port {port} is in use; choose another with --port"
    if error.errno == errno.EACCES:
        return f"port {port} is for the system's own services; choose one above 1023 with --port"
    return f"port {port} cannot be used ({error.strerror}); choose another with --port"


def _doctor(options: argparse.Namespace, settings: Settings) -> int:
    from ui.doctor import examine
    from ui.terminal import to_json

    diagnosis = examine(settings, deep=options.deep)
    print(to_json(diagnosis) if options.json else str(diagnosis))
    return FAILURE if diagnosis.problems else SUCCESS


def _backup(options: argparse.Namespace, settings: Settings) -> int:
    from ui.backup_commands import run_backup

    return run_backup(options, settings)


def _restore(options: argparse.Namespace, settings: Settings) -> int:
    from ui.backup_commands import run_restore

    return run_restore(options, settings)


def _copy(options: argparse.Namespace, settings: Settings) -> int:
    from ui.backup_commands import run_copy

    return run_copy(options, settings)


def _upgrade(options: argparse.Namespace, settings: Settings) -> int:
    from ingest.interrupts import polite_stop
    from ingest.progress import Progress
    from ingest.upgrade import upgrade

    with polite_stop():
        manifest = upgrade(settings, Progress.for_stderr())
    if options.json:
        from ui.terminal import to_json

        articles = manifest.articles if manifest else None
        print(
            to_json({"archive": settings.archive, "upgraded": bool(manifest), "articles": articles})
        )
    elif manifest is None:
        print(f"{settings.archive} has the format of this version already")
    else:
        print(
            f"{settings.archive} has the format of this version now: {manifest.articles:,} "
            f"articles in {manifest.passages:,} passages"
        )
    return SUCCESS


_COMMANDS: dict[str, Callable[[argparse.Namespace, Settings], int]] = {
    "ingest": _ingest,
    "ask": _ask,
    "search": _search,
    "timeline": _timeline,
    "locate": _locate,
    "recheck": _recheck,
    "show": _show,
    "articles": _articles,
    "sources": _sources,
    "chat": _chat,
    "serve": _serve,
    "keys": _keys,
    "doctor": _doctor,
    "backup": _backup,
    "restore": _restore,
    "copy": _copy,
    "upgrade": _upgrade,
}
# These work on what is stored, so a server that only answers is of no use to them.
_ON_THE_ARCHIVE_ITSELF = frozenset(
    ("ingest", "chat", "serve", "doctor", "backup", "restore", "copy", "upgrade")
)


if __name__ == "__main__":
    sys.exit(main())
