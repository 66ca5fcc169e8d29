"""Define the exit statuses of the command line, and turn errors into a status and a message."""

import os
import sys
from collections.abc import Callable

from ingest.interrupts import quiet_second_interrupt
from rag.errors import DatelineError, QuestionError, SettingsError

SUCCESS, FAILURE, USAGE, SKIPPED, CHANGED, INTERRUPTED = 0, 1, 2, 3, 4, 130


def guarded(run: Callable[[], int]) -> int:
    """Return what `run` returns, or the status of the error it ends with, reported on stderr."""
    try:
        with quiet_second_interrupt():
            return run()
    except (QuestionError, SettingsError) as error:
        print(f"dateline: {error}", file=sys.stderr)
        return USAGE
    except DatelineError as error:
        print(f"dateline: {error}", file=sys.stderr)
        return FAILURE
    except KeyboardInterrupt:
        print("dateline: interrupted; run the same command again to continue", file=sys.stderr)
        return INTERRUPTED
    except BrokenPipeError:
        # What reads our output is gone (`dateline search … | head`); nothing is left to say.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return SUCCESS
