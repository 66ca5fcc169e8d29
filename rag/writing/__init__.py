"""A language model writes the answer, if one is configured, and every sentence of it is checked.

`writer` asks the model, `support` checks what it wrote against the quotes, and `written_answers`
keeps what stands. Nothing here is needed for an answer in quotes.
"""
