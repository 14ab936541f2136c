"""The whole plan as one tree: its sections in order, the same in every format, and names used once."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from html import unescape

from termwise.engine.documents.answers import rendered
from termwise.engine.documents.builders.plan import plan_document
from termwise.engine.documents.tree import (
    Block,
    Details,
    Figure,
    Section,
    Table,
    is_empty,
    plain,
    texts,
)
from tests import made_up_plan


def _within(blocks: tuple[Block, ...]) -> Iterator[Block]:
    for block in blocks:
        yield block
        if isinstance(block, Section | Details):
            yield from _within(block.blocks)


def test_what_is_done_stands_before_what_it_takes_and_that_before_what_it_rests_on() -> None:
    document = plan_document(made_up_plan.plan())
    titles = [plain(block.title) for block in document.blocks if isinstance(block, Section)]
    wanted = ["Priorities", "Agreed", "The plan at a glance", "People's time", "Budget"]
    wanted += ["What was left out", "Every step, with its reasons", "What is not known"]
    wanted += ["How the plan was proved"]
    assert [title for title in titles if title in wanted] == wanted


def test_a_page_and_markdown_say_every_text_of_the_tree() -> None:
    plan = made_up_plan.plan()
    page = unescape(re.sub(r"<[^>]+>", "", rendered(plan, "html").partition("<body>")[2]))
    said = {
        form: re.sub(r"\W+", "", shown)
        for form, shown in {"html": page, "md": rendered(plan, "md")}.items()
    }
    for block in (one for one in plan_document(plan).blocks if not is_empty(one)):
        for text in texts(block):
            for form, shown in said.items():
                words = re.sub(r"\W+", "", text)
                assert words in shown, f"{text} in {form}"


def test_no_two_rows_or_sections_have_one_name() -> None:
    blocks = list(_within(plan_document(made_up_plan.plan()).blocks))
    names = [one.name for one in blocks if isinstance(one, Section | Details) and one.name]
    tables = [one for one in blocks if isinstance(one, Table)]
    tables += [one.table for one in blocks if isinstance(one, Figure) and one.table]
    names += [row.id for table in tables for row in table.rows]
    assert all(names) and Counter(names).most_common(1)[0][1] == 1
