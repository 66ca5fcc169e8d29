"""Looks after the directory of an embedded archive: its generations, its readers and its lock.

    archive/
      current             the name of the served generation; replaced atomically
      lock                held (flock) by the one ingest that may write
      generations/
        00000007/         manifest.json + shard/, never written again
        00000008.part/    being built; stays after a kill, for the next run to continue
      views/
        1234-ab12cd/      one reader's hard links to a generation's files

This package knows files and processes, but not what the engine stores. `generations` names, checks,
builds and serves generations. `inheriting` begins a build with the files of the generation before.
`views` gives each reader its own view, and `mirrors` a copy of an archive that cannot be written.
`lock` lets one ingest write, and `disk` copies, links and syncs files. `engine_files` says which
files of the engine may be shared.
"""

from rag.store.directory.generations import ArchiveDirectory

__all__ = ["ArchiveDirectory"]
