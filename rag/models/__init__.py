"""Runs the trained models: one turns texts into vectors, another reads passages for a question.

Only this package uses ONNX Runtime and sentence-transformers. The packaged models are beside the
code that opens them. To use another embedding model or reader, start with `embedding` or `reading`.
"""
