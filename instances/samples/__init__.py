"""Bundled schools: each module has ``build()``; the workbooks are written from them."""
