"""The tool's pages, a module for each errand a visitor comes with."""
