"""Reads a question and says what it asks: its kind, its parts, its time, and its context.

A question is read once, by this package, and later steps take what they need from the result. To
understand a new way of asking, change this package.
"""
