"""The tool's adapters to the wiki and its neighbours."""
