"""Names the version of Dateline, for those who import little of it."""

__version__ = "0.4.0.dev0"
