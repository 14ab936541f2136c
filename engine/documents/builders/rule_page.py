"""One rule as it is written: its condition, why it matters, its limits and its examples."""

from __future__ import annotations

from collections.abc import Iterator

from ...library import Library, Rule, say
from ...planning import shape_words
from ..tree import Bullets, Document, Fact, Facts, Listing, ListItem, Paragraph, Section, items


def rule_document(rule: Rule, library: Library) -> Document:
    """Lay out a rule, its ids in the words of the library it is from."""
    condition = tuple(say(rule.when, library.vocabulary()))
    sources = items(
        f"{library.sources[source].title} (read: {library.sources[source].read})"
        for source in rule.sources
    )
    examples = tuple(ListItem(f"{example.expect}: {example.say}") for example in rule.examples)
    return Document(
        f"{rule.id}: {rule.title}",
        (
            Paragraph(f"{rule.status.capitalize()} since {rule.since}, about a {rule.about}."),
            *_kept(rule, library),
            Paragraph(f"Written in {library.place('rule', rule.id, 'id')}"),
            Section("When", (Listing(condition, indent=2),)),
            Section("Because", (Paragraph(rule.because, indent=2),)),
            Section("Why it matters", (Paragraph(rule.why, indent=2),)),
            Section("What follows", (Facts(tuple(_follows(rule, library)), indent=2),)),
            Section("Where it is wrong", (Paragraph(rule.limits, indent=2),)),
            Section("Examples", (Bullets(examples),)),
            Section("Sources", (Bullets(sources),)),
        ),
        whole_words=True,
    )


def _kept(rule: Rule, library: Library) -> Iterator[Paragraph]:
    """Say who answers for a rule, who outside has reviewed it, and when it is looked at again."""
    if rule.owner:
        due = f"; to be looked at again by {rule.review_by}" if rule.review_by else ""
        yield Paragraph(f"Owned by {library.reviewers[rule.owner].title}{due}.")
    if rule.review:
        who = library.reviewers[rule.review.role].title
        yield Paragraph(f"Reviewed by {who} on {rule.review.on}.")


def _follows(rule: Rule, library: Library) -> Iterator[Fact]:
    for side, advised in (("For", rule.recommend), ("Against", rule.advise_against)):
        for one in advised:
            title = library.intervention(one.intervention).title
            yield Fact(side, f"{title} ({one.strength})")
    if rule.diagnose:
        yield Fact("Finds", library.needs[rule.diagnose.need].title)
    if rule.screen:
        reason = rule.screen.reason.replace("-", " ")
        yield Fact("Says", f"{rule.screen.state}, because {reason}")
    proposals = {one.id: one.title for one in library.progress.reviewing.proposals}
    if rule.propose:
        yield Fact("Proposes", proposals[rule.propose])
    for name in rule.oppose:
        yield Fact("Speaks against", proposals[name])
    if rule.shape:
        for does in shape_words(rule.shape, library):
            yield Fact("Shapes", does)
