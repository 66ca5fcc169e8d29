"""Writes the articles that an answer cites as references, for reference managers and footnotes.

`entries` has what every style needs, and there is one module for each style: `csl`, `bibtex`,
`ris` and `footnotes`. Their text comes from articles, so each escapes what its own format obeys.
"""
