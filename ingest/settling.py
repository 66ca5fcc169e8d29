"""Do what has to wait until everything is read: ties, removals, moves and copies."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from ingest.catalog import Catalog
from ingest.copies import Signed, find_clusters
from ingest.decisions import Recount
from ingest.plan import Options, Plan
from ingest.word_pass import WordPass
from rag.store.interface import Builder


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """How many articles were removed, and which records are counted otherwise."""

    removed: int
    recounts: Mapping[Recount, int]


def settle(
    plan: Plan, *, builder: Builder, catalog: Catalog, words: WordPass, options: Options
) -> Settled:
    """Do what can be done once all files of a plan are read.

    Raises:
        ArchiveError: the archive cannot be written, or there is no room for it.
    """
    paths, recounts = catalog.settle()
    if not options.dry_run:
        words.read_again(plan.files_of(paths))
        unwritten, _ = catalog.settle()
        words.lose(plan.files_of(unwritten))
    homeless = _drop_what_is_gone(plan, catalog, options)
    if not options.dry_run:
        _write(plan, homeless, builder, catalog, words)
    return Settled(removed=len(homeless), recounts=Counter(recounts))


def _drop_what_is_gone(plan: Plan, catalog: Catalog, options: Options) -> list[str]:
    """Forget the inputs that hold their articles no more; return the articles that none holds."""
    places = catalog.places
    if plan.gone:
        for path in places.paths():
            if plan.there.is_missing(path):
                places.drop(path)
    if options.delete_missing:
        for file in plan.files:
            places.drop_members(file.name)
    places.drop_edited(records_too=options.delete_missing)
    return catalog.homeless()


def _write(
    plan: Plan, homeless: list[str], builder: Builder, catalog: Catalog, words: WordPass
) -> None:
    """Remove articles, say where the others are, mark files as read and put copies together."""
    removed = builder.articles(homeless).values()
    older = plan.files_of(version.path for article in removed for version in article.versions)
    builder.remove(homeless)
    catalog.forget(homeless)
    # A removed article had an older version in an input that is still there.
    words.read_again(older)
    builder.set_paths(dict(catalog.places.moved()))
    lost = {skip.path for skip in words.lost}
    builder.mark([mark for name, mark in words.held.items() if name not in lost])
    builder.unmark([*plan.gone, *sorted(lost)])
    if builder.unpublished:
        cluster_copies(builder)


def cluster_copies(builder: Builder) -> None:
    """Put near-identical articles together; a function of the articles, whatever came when."""
    current: dict[str, str] = {}

    def signed() -> Iterator[Signed]:
        for head in builder.heads():
            if head.cluster:
                current[head.id] = head.cluster
            if head.signature and not head.withdrawn:
                yield Signed(
                    article_id=head.id,
                    signature=head.signature,
                    source=head.source,
                    agency=head.agency,
                    published=head.published,
                    corrects=head.corrects,
                )

    wanted = find_clusters(signed())
    changed = {i: wanted.get(i, "") for i in sorted(current.keys() | wanted.keys())}
    builder.set_clusters(
        {i: cluster for i, cluster in changed.items() if cluster != current.get(i, "")}
    )
