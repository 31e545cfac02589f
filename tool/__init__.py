"""The web tool: entry point and the tool's adapter to the wiki."""
