"""The bot's JSON pages on the wiki, which Lua shows: their content, without a wiki."""
