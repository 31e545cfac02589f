"""Adapters of the tool to its wiki, Parsoid, Wikidata and Wikimedia Commons."""
