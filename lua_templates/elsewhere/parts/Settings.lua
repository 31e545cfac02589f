-- The settings of the wiki where the pages are, as far as the table of contents has them.
local Tables = require('Module:Space/Tables')

local Settings = {}

function Settings.get(name)
	return Tables.fact(name)
end

-- The tool's URL for a path such as '/events', or nil where there is no tool.
function Settings.tool(path)
	local address = Tables.fact('tool')
	return address and address:gsub('/$', '') .. path
end

return Settings
