"""Single values of wikitext parameters, each kind with its spellings."""
