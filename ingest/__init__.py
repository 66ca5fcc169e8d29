"""Read files of news articles into an archive that can be asked.

    files -> found records -> articles -> passages with sentence spans -> the next generation

Imports `rag`, never `ui`.
"""
