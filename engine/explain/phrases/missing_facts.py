"""The sentences on facts that are missing."""

from __future__ import annotations

NO_PUPILS_TITLE = "data of pupils"
NOTHING_WAITS = "No rule waits for a fact that is missing."


def name_a_file(file: str) -> str:
    """Say how a file of pupils is named in the school's file."""
    return f"Name a file of pupils under “pupils:” in {file}; termwise new shows how."


def where_files_are_named(file: str) -> str:
    """Say where files of pupils are named."""
    return f"{file}, pupils: files"


def no_pupils(file: str, rules: int, besides: str) -> str:
    """Say that pupils' data is missing, for how many rules, and what else is; `besides` may be empty."""
    told = (
        f"Pupils' data is missing: name a file under “pupils:” in {file}. "
        f"{rules} rule{' waits' if rules == 1 else 's wait'} for it, and so does the "
        "advice that hangs on them."
    )
    return f"{told} Besides, {besides}" if besides else told


def counted(facts: int, rules: int) -> str:
    """Say how many facts are missing and how many rules can't be decided without them."""
    one = facts == 1
    are = "1 fact is" if one else f"{facts} facts are"
    first = "" if one else " The fact on which most of the advice hangs comes first."
    return (
        f"{are} missing, and without {'it' if one else 'them'} {rules} rule"
        f"{'' if rules == 1 else 's'} can't be decided for all that they look at.{first}"
    )
