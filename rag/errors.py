"""Defines all errors of Dateline in one tree; the text after each class says who can act on it.

    DatelineError
    ├── SettingsError        the operator: a setting or option has an impossible value
    ├── InputError           the person who supplied the file: it cannot be read as what it claims
    ├── ModelError           the operator: a model is missing, altered, or gives wrong vectors
    ├── ArchiveError         the person who named the archive
    │   ├── ArchiveNotFound      nothing has been ingested there
    │   ├── ArchiveMismatch      made with another model, chunking or version
    │   ├── ArchiveDamaged       what is stored is not what was written
    │   ├── ArchiveBusy          another ingest holds it
    │   └── ArchiveUnavailable   a server does not answer, or the disk is full or read-only
    │       └── UnknownServer        what answers at the address is no server of this kind
    ├── ScratchUnavailable   the operator: there is no room for temporary files
    ├── WritingError         the operator or the model's server: no answer was written, or part
    ├── QuestionError        the person who asks: the question or its filter makes no sense
    └── QuoteError           nobody should see it: a quote is not in its article

Ordinary outcomes are values, not errors: no hits, "the archive does not say", a skipped file.
A library's own errors are translated at the module that owns the library.
"""


class DatelineError(Exception):
    """The root of all errors that Dateline raises on purpose; messages say what to do next."""


class SettingsError(DatelineError):
    """A setting or option has a value that cannot work."""


class InputError(DatelineError):
    """A file or text cannot be read as the article or record it should be; an ingest skips it."""


class ModelError(DatelineError):
    """A model is missing, was altered, or does not give the vectors it must give."""


class ArchiveError(DatelineError):
    """The archive cannot be used as asked."""


class ArchiveNotFound(ArchiveError):
    """There is no archive at this place."""


class ArchiveMismatch(ArchiveError):
    """The archive was made with another model, chunking or format version."""


class ArchiveDamaged(ArchiveError):
    """The archive does not hold what its manifest says."""


class ArchiveBusy(ArchiveError):
    """Another ingest is writing to this archive."""


class ArchiveUnavailable(ArchiveError):
    """The storage behind the archive cannot be reached or written."""


class UnknownServer(ArchiveUnavailable):
    """What answers at the address of a server is another kind of server."""


class ScratchUnavailable(DatelineError):
    """The folder of temporary files is full, or cannot be written."""


class WritingError(DatelineError):
    """The answer of a language model did not come, stopped early, or is of no use.

    The quotes still answer the question. `reason` says in a word what happened: "unreachable",
    "refused", "busy", "failed", "timeout", "cut", "garbled", "too long", "repeated", "language",
    "empty" or "stopped". `retry_after` is the number of seconds after which another try may help,
    or None if it would not help.
    """

    def __init__(self, message: str, *, reason: str, retry_after: float | None = None) -> None:
        super().__init__(message)
        self.reason = reason
        self.retry_after = retry_after


class QuestionError(DatelineError):
    """A question or its filter makes no sense as asked."""


class QuoteError(DatelineError):
    """A quote is not at its offsets in the stored article, so it must not be shown."""
