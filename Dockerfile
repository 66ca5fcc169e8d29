# The first stage installs Dateline; the second holds only the result. The images are pinned by their
# release. A digest would pin them closer, so set one with `@sha256:…` where your registry is reachable.
FROM python:3.11.14-slim-bookworm AS build
# `any` adds sentence-transformers and torch, which run other embedding models and readers than those
# that are packaged. They take most of a gigabyte, and the packaged models never load them.
ARG MODELS=packaged
RUN python -m venv /opt/dateline
ENV PATH=/opt/dateline/bin:$PATH
WORKDIR /build
COPY pyproject.toml constraints.txt README.md LICENSE ./
# PyPI has torch for CUDA, which takes gigabytes. This index has it for processors. The later step
# then finds torch installed: 2.13.0+cpu is 2.13.0 to it, and has no dependencies on CUDA.
RUN if [ "$MODELS" = any ]; then pip install --no-cache-dir --no-deps -c constraints.txt \
    --index-url https://download.pytorch.org/whl/cpu torch; fi
COPY rag rag
COPY ingest ingest
COPY api api
COPY ui ui
RUN if [ "$MODELS" = any ]; then pip install --no-cache-dir -c constraints.txt '.[llm,accounts,otel]'; else \
    python -c "import tomllib; project = tomllib.load(open('pyproject.toml', 'rb'))['project']; \
extras = sum((project['optional-dependencies'][name] for name in ('llm', 'accounts', 'otel')), []); \
print(*(need for need in project['dependencies'] + extras \
if not need.startswith('sentence-transformers')), sep='\n')" > needs.txt \
    && pip install --no-cache-dir -c constraints.txt -r needs.txt \
    && pip install --no-cache-dir --no-deps -c constraints.txt .; fi

FROM python:3.11.14-slim-bookworm
RUN useradd --create-home --uid 10001 dateline \
    && mkdir /archive /keys && chown dateline /archive /keys && chmod 700 /keys
COPY --from=build /opt/dateline /opt/dateline
ENV PATH=/opt/dateline/bin:$PATH \
    DATELINE_ARCHIVE=/archive \
    DATELINE_API_KEYS=/keys/keys.json \
    DATELINE_INGEST_COMMAND="docker run --rm -v dateline-archive:/archive -v FOLDER:/articles:ro dateline dateline ingest /articles"
USER dateline
WORKDIR /home/dateline
VOLUME /archive /keys
EXPOSE 8501 8600
HEALTHCHECK --interval=30s --timeout=10s --start-period=60s \
    CMD ["python", "-c", "from urllib.request import urlopen; urlopen('http://127.0.0.1:8501/_stcore/health', timeout=5)"]
CMD ["dateline", "chat", "--host", "0.0.0.0", "--no-browser"]
