"""The page codec: wikitext to values and back, total and byte-exact."""
