"""Lets a language model write the answer, if one is configured, and checks every sentence of it.

`writer` asks the model, `support` checks its sentences against the quotes, and `written_answers`
keeps the supported ones. An answer in quotes needs nothing from this package.
"""
