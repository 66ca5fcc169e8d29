"""Knows English and news text: sentences, search terms, word forms, datelines and languages.

Each module takes a text and returns facts about it. None of them knows about archives, questions or
the date. To teach Dateline a fact about the language, change this package.
"""
