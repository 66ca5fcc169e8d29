FROM python:3.11-slim
WORKDIR /app
COPY pyproject.toml constraints.txt README.md LICENSE ./
COPY rag rag
COPY ingest ingest
COPY ui ui
RUN pip install --no-cache-dir -c constraints.txt '.[server,llm]'
RUN useradd --create-home dateline && mkdir /archive && chown dateline /archive
USER dateline
# Prepare the embedding model while the image is built, so that the first question does not wait.
RUN python -c "from rag.models.embedding import load_embedder; from rag.settings import load_settings; load_embedder(load_settings())"
ENV DATELINE_ARCHIVE=/archive
VOLUME /archive
EXPOSE 8501
CMD ["dateline", "chat", "--host", "0.0.0.0", "--no-browser"]
