-- The settings page of this wiki, <root>/Settings.
local Calls = require('Module:Space/Calls')
local Config = require('Module:Space/Config')
local Fields = mw.loadData('Module:Space/Fields')
local Messages = require('Module:Space/Messages')
local Reader = require('Module:Space/Reader')
local Text = require('Module:Space/Text')

local Settings = {}

local values

-- The canonical value of a setting, or its default; nil where it has neither.
function Settings.get(name)
	if not values then
		local call = Calls.read(Config.root .. '/Settings', Fields.settings.template)[1]
		values = Reader.call('settings', call or {}).values
	end
	return values[name] or Fields.settings.fields[name].default
end

-- Whether the settings let posts and events live in the namespace of a title.
function Settings.allows(title)
	for _, name in ipairs(Settings.get('namespaces')) do
		if name == title.nsText or name == '(main)' and title.namespace == 0 then
			return true
		end
	end
	return false
end

-- The tool's URL for a path such as '/events', or nil where the wiki has no tool.
function Settings.tool(path)
	local address = Settings.get('tool')
	return address and address:gsub('/$', '') .. path
end

-- {{Space settings}}: the page's settings as a table of names and values.
function Settings.show(frame)
	local page = Reader.page('settings', frame:getParent().args)
	local rows = {}
	for _, name in ipairs(Fields.settings.order) do
		local key = 'field-settings-' .. name:gsub('_', '-')
		local field = Fields.settings.fields[name]
		local value = page.values[name] or field.default
		local text = '–'
		if field.choices then
			text = Text.choice(name, value)
		elseif field.multiple and value then
			text = Text.list(value, Text.plain)
		elseif value then
			text = Text.plain(value)
		end
		table.insert(rows, mw.html.create('tr')
			:tag('th'):attr('scope', 'row'):wikitext(Messages.get(key .. '-label')):done()
			:tag('td'):wikitext(text):done()
			:tag('td'):wikitext(Messages.get(key .. '-help')):done())
	end
	local list = mw.html.create('table'):addClass('wikitable')
	for _, row in ipairs(rows) do
		list:node(row)
	end
	return tostring(list)
end

return Settings
