"""The HTTP interface: other programs ask an archive over the network. Imports `rag` only.

`app.create_app` makes the application, and `dateline serve` runs it beside the page. To add a
route, add it to a module in `routes/`.
"""
