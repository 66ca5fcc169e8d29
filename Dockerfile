# The first stage installs Dateline; the second holds only the result.
FROM python:3.11.14-slim-bookworm AS build
RUN python -m venv /opt/dateline
ENV PATH=/opt/dateline/bin:$PATH
WORKDIR /build
COPY pyproject.toml constraints.txt README.md LICENSE ./
# PyPI has torch for CUDA, which takes gigabytes. This index has it for processors. The later step
# then finds torch installed: 2.13.0+cpu is 2.13.0 to it, and has no dependencies on CUDA.
RUN pip install --no-cache-dir --no-deps -c constraints.txt \
    --index-url https://download.pytorch.org/whl/cpu torch
COPY rag rag
COPY ingest ingest
COPY api api
COPY ui ui
RUN pip install --no-cache-dir -c constraints.txt '.[llm]'

FROM python:3.11.14-slim-bookworm
RUN useradd --create-home --uid 10001 dateline && mkdir /archive && chown dateline /archive
COPY --from=build /opt/dateline /opt/dateline
ENV PATH=/opt/dateline/bin:$PATH \
    DATELINE_ARCHIVE=/archive \
    DATELINE_INGEST_COMMAND="docker run --rm -v dateline-archive:/archive -v FOLDER:/articles:ro dateline dateline ingest /articles"
USER dateline
WORKDIR /home/dateline
VOLUME /archive
EXPOSE 8501
HEALTHCHECK --interval=30s --timeout=10s --start-period=60s \
    CMD ["python", "-c", "from urllib.request import urlopen; urlopen('http://127.0.0.1:8501/_stcore/health', timeout=5)"]
CMD ["dateline", "chat", "--host", "0.0.0.0", "--no-browser"]
