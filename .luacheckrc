-- Scribunto: Lua 5.1 with MediaWiki's library and without the outside world.
std = "lua51"
read_globals = { "mw" }
max_line_length = 92
-- Generated data; its lines are as long as the texts.
files["lua_templates/modules/text/Messages"] = { max_line_length = false }
files["lua_templates/modules/tables"] = { max_line_length = false }
files["tests/lua/host.lua"] = {
	globals = { "mw", "mw_interface", "invoke", "evaluate" },
}
exclude_files = { ".venv", "node_modules", ".sandbox" }
