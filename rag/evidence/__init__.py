"""Goes from a question to checked citations: finds passages, reads them, and checks each quote.

Its modules are used in this order: `retrieval` finds passages, `signals` and `reader` weigh their
sentences, `choosing` chooses from them, and `citations` checks the quotes. `when` works out the
date for a when-question.
"""
