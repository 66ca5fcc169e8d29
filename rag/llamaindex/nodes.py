"""Turns hits and answers into nodes of LlamaIndex, and a query of LlamaIndex into a question.

Nodes are passages as they are stored. Their offsets point into the article, so the output of a
pipeline can still be checked.
"""

from typing import Any

from llama_index.core.schema import (
    NodeRelationship,
    NodeWithScore,
    QueryBundle,
    RelatedNodeInfo,
    TextNode,
)

from rag.errors import QuestionError
from rag.interchange import to_plain
from rag.records import Answer, Citation, Hit, derive_id

_FOR_PROGRAMS = (
    *("article_id", "start", "end", "quote", "quote_start", "quote_end"),
    *("copies", "times"),
)


def to_node(
    hit: Hit, citation: Citation | None = None, *, is_repeated: bool = False
) -> NodeWithScore:
    """Return a hit as a node with its score; the metadata names the article and the place.

    All of the metadata is plain JSON: the copies and the times are lists of objects.
    With a citation, the node also has the quote, its number, and its offsets in the article. A
    passage that is cited twice becomes two nodes, and the second one has an id of its own.
    """
    metadata: dict[str, Any] = {
        "article_id": hit.article_id,
        "title": hit.title,
        "source": hit.source,
        "url": hit.url,
        "published": hit.published.isoformat() if hit.published else "",
        "section": hit.section,
        "start": hit.start,
        "end": hit.end,
        "note": hit.note,
        "copies": to_plain(hit.copies),
        "times": to_plain(hit.times),
    }
    hidden = [*_FOR_PROGRAMS, *(key for key in ("note", "section") if not metadata[key])]
    node_id = derive_id("passage", hit.article_id, str(hit.start), str(hit.end))
    if citation:
        metadata |= {
            "citation": citation.number,
            "quote": citation.quote,
            "quote_start": citation.start,
            "quote_end": citation.end,
        }
        if is_repeated:
            node_id = derive_id("citation", node_id, str(citation.number))
    node = TextNode(
        id_=node_id,
        text=hit.text,
        start_char_idx=hit.start,
        end_char_idx=hit.end,
        metadata=metadata,
        excluded_embed_metadata_keys=list(metadata),
        excluded_llm_metadata_keys=[key for key in hidden if key in metadata],
        relationships={NodeRelationship.SOURCE: RelatedNodeInfo(node_id=hit.article_id)},
    )
    return NodeWithScore(node=node, score=hit.score)


def to_source_nodes(answer: Answer) -> list[NodeWithScore]:
    """Return the passages read for an answer, first the cited ones by number, then the others."""
    cited: dict[int, NodeWithScore] = {}
    others: list[NodeWithScore] = []
    for hit in answer.nearest:
        quotes = [
            citation
            for citation in (*answer.citations, *answer.also_found)
            if citation.article_id == hit.article_id
            and hit.start <= citation.start
            and citation.end <= hit.end
        ]
        for citation in quotes:
            is_repeated = citation is not quotes[0]
            cited[citation.number] = to_node(hit, citation, is_repeated=is_repeated)
        if not quotes:
            others.append(to_node(hit))
    return [*(cited[number] for number in sorted(cited)), *others]


def read_question(query_bundle: QueryBundle) -> str:
    """Return the question of a query.

    Raises:
        QuestionError: the query has an embedding, or other texts to embed than its question. Both
            would be ignored: vectors of another model mean nothing here, and the question is also
            searched by its words and read.
    """
    given = [name for name in ("embedding", "custom_embedding_strs") if getattr(query_bundle, name)]
    if given:
        raise QuestionError(
            f"the query has {' and '.join(given)}, which an archive cannot use, because it "
            "searches with its own embedding model and by words; give it query_str alone"
        )
    return query_bundle.query_str
