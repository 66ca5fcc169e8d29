"""Checks the quotes of a saved answer against the archive as it is now.

The entry point is `recheck`. `records` has what it returns.
"""

from rag.rechecking.recheck import recheck
from rag.rechecking.records import Recheck, RecheckedQuote, RecheckStatus

__all__ = ["Recheck", "RecheckStatus", "RecheckedQuote", "recheck"]
