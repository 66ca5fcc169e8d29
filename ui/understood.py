"""Says how a follow-up was understood, in the words that the terminal and the page show."""

import re

from rag.records import Answer

# Before any of these, a backslash makes it a letter like others.
_MARKS_UP = re.compile(r"[!-/:-@\[-`{-~]")


def say_understood(answer: Answer) -> str:
    """Return how a question was understood; empty if it was asked as it was put.

    That is what was added to it from earlier ones, and the outlets that it names as its sources.

    A language model may have written the question anew; then that is shown if nothing was added.
    """
    said = [f"About: {', '.join(answer.carried)}"] if answer.carried else []
    if answer.follows:
        said.append(f"Read after: “{answer.follows}”")
    if not said and answer.understood:
        said.append(f"Understood as: {answer.understood}")
    if answer.outlets:
        said.append(f"Only from: {', '.join(answer.outlets)}")
    return "\n".join(said)


def escape_markdown(text: str) -> str:
    """Return a text so that Markdown shows it letter for letter."""
    return _MARKS_UP.sub(r"\\\g<0>", " ".join(text.split()))
