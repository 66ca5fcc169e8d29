"""A topic becomes a timeline: which sentences belong to the story, and on which days they happened.

`build` is the way in.
"""
