"""Holds the rules that read time expressions, one module for each sort of expression.

Each module has its `RULES`. To understand one more phrase, add a rule to the module of its sort.
"""
