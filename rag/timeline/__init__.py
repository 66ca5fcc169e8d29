"""Makes a timeline of a topic: which sentences belong to its story, and when their events happened.

The entry point is `build`.
"""
