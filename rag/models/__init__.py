"""The trained models: texts become vectors, a question and its passages become readings.

This package alone runs ONNX Runtime and sentence-transformers. The packaged models lie beside the
code that opens them. To use another embedding model or reader, start with `embedding` or `reading`.
"""
