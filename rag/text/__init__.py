"""What is known of English and of news text: sentences, terms, word forms, datelines, languages.

Everything here takes a text and gives facts about it; it knows no archive, no question and no date.
To teach Dateline something about the language, change it here.
"""
