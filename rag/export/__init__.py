"""Turns answers into what people take away: links to quotes, citations, and evidence packs.

`links` makes the addresses that open at a quote, `citing/` writes citations in the forms of
reference managers, and `packs` has the evidence pack. The entry point is `export_answer` in
`formats`; to add a format, add it there.
"""
