"""Reads what a question takes for granted: whom it names, who did what, when, and who says it.

`rag.evidence.fitness` holds sentences against it. To read one more thing of a question, write a
module here and name it in `reading`.
"""

from rag.question.premises.asked_names import AskedName
from rag.question.premises.deeds import Deed
from rag.question.premises.reading import Premises, read_premises

__all__ = ["AskedName", "Deed", "Premises", "read_premises"]
