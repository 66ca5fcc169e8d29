import asyncio

from rag.archive import Archive


def test_the_retriever_gives_passages_with_their_place(archive: Archive) -> None:
    (node, *_) = archive.as_retriever(limit=2).retrieve("northern truce")
    place = node.node.metadata
    text = archive.article(place["article_id"]).text
    assert text[place["start"] : place["end"]] == node.text
    assert place["published"] == "2020-11-10"


def test_the_query_engine_answers_as_ask_does(archive: Archive) -> None:
    question = "When did the northern truce take effect?"
    response = archive.as_query_engine().query(question)
    answer = archive.ask(question)
    assert str(response) == answer.text
    assert response.metadata is not None
    assert response.metadata["answer"] == answer
    assert len(response.source_nodes) == len(answer.nearest)


def test_both_work_asynchronously(archive: Archive) -> None:
    question = "When did the northern truce take effect?"
    response = asyncio.run(archive.as_query_engine().aquery(question))
    assert str(response) == archive.ask(question).text
    assert asyncio.run(archive.as_retriever(limit=1).aretrieve(question))
