"""Do what has to wait until everything is read: ties, removals, moves and copies."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from ingest.catalog import Catalog
from ingest.copies import Signed, find_clusters
from ingest.decisions import Recount
from ingest.plan import Options, Plan
from ingest.removal import Removal, Removed, find_warnings
from ingest.word_pass import WordPass
from rag.groups import grouped
from rag.store.interface import Builder

# How many articles are asked for at once, to list them.
_PAGE = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """What was removed, how many articles were replaced, and which records count otherwise."""

    removal: Removal
    replaced: int
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
    replaced = _drop_what_was_edited(plan, catalog)
    removal = _drop_what_is_gone(plan, builder, catalog, options) if options.delete_missing else _NO
    if not options.dry_run:
        _write(plan, () if removal.refused else plan.gone, builder, catalog, words)
    return Settled(removal=removal, replaced=replaced, recounts=Counter(recounts))


_NO = Removal()


def _drop_what_was_edited(plan: Plan, catalog: Catalog) -> int:
    """Forget what gave way in its own place: edited files, and files that are read otherwise."""
    catalog.places.drop_edited(records_too=False)
    for name in plan.otherwise:
        catalog.places.drop_records(name)
    return len(catalog.homeless())


def _drop_what_is_gone(plan: Plan, builder: Builder, catalog: Catalog, options: Options) -> Removal:
    """Forget the inputs that hold their articles no more, unless that has to be confirmed first."""
    places, replaced = catalog.places, set(catalog.homeless())
    with catalog.trial() as trial:
        if plan.gone:
            for path in places.paths():
                if plan.there.is_missing(path):
                    places.drop(path)
        for file in plan.files:
            places.drop_members(file.name)
        places.drop_edited(records_too=True)
        gone = [article_id for article_id in catalog.homeless() if article_id not in replaced]
        removal = _removal(gone, plan, builder).decided(options.confirm)
        trial.kept = not removal.refused
    return removal


def _removal(gone: Sequence[str], plan: Plan, builder: Builder) -> Removal:
    if not gone:
        return _NO
    articles = (builder.articles(page).values() for page in grouped(gone, _PAGE))
    listed = [
        Removed(id=article.id, title=article.title, path=article.path)
        for page in articles
        for article in page
    ]
    return Removal(
        articles=tuple(sorted(listed, key=lambda one: (one.path, one.id))),
        warnings=find_warnings(gone, builder.heads(), plan.there),
    )


def _write(
    plan: Plan, gone: Sequence[str], builder: Builder, catalog: Catalog, words: WordPass
) -> None:
    """Remove articles, say where the others are, mark files as read and put copies together."""
    homeless = catalog.homeless()
    removed = builder.articles(homeless).values()
    older = plan.files_of(version.path for article in removed for version in article.versions)
    builder.remove(homeless)
    catalog.forget(homeless)
    # A removed article had an older version in an input that is still there.
    words.read_again(older)
    builder.set_paths(dict(catalog.places.moved()))
    lost = {skip.path for skip in words.lost}
    builder.mark([mark for name, mark in words.marks(plan.there.file_of) if name not in lost])
    builder.unmark([*gone, *sorted(lost)])
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
                    published_at=head.published_at,
                    corrects=head.corrects,
                )

    wanted = find_clusters(signed())
    changed = {i: wanted.get(i, "") for i in sorted(current.keys() | wanted.keys())}
    builder.set_clusters(
        {i: cluster for i, cluster in changed.items() if cluster != current.get(i, "")}
    )
