"""What a question asks: its kind, its parts, the time it names, and what earlier turns add to it.

A question is read once, here; everything after takes what it needs from the result. To understand
a new way of asking, change this package.
"""
