"""What every page of the tool needs: errors, assets, caching, language, links."""
