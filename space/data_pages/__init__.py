"""The JSON pages that the bot writes and Lua shows, without the wiki."""
