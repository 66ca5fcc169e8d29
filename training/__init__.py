"""Training of the reader that ships in `rag/models/`; not installed with the product."""
