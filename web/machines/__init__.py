"""For machines: the exchange with WECHANGE, tables, the sitemap and whom to tell of holes."""
