"""A disposable real MediaWiki with sign-in, users and sample content."""
