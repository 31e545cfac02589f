"""The kit of HTTP: errors, headers, caching, assets, language, links, the visitor."""
