"""From a question to verified citations: find passages, read them, choose, and check each quote.

The modules are used in this order: `retrieval`, `signals`, `reader`, `choosing`, `citations`, and
`when` for the date of a when-question.
"""
