"""Parts of URL rules that several errands share."""

PAGE_ID = "<int(max=4294967295):page_id>"
"""The part of a rule that is a page id, as wide as MediaWiki's own."""
