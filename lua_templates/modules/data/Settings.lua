-- The settings page of this wiki, <root>/Settings.
local Calls = require('Module:Space/Calls')
local Config = require('Module:Space/Config')
local Fields = mw.loadData('Module:Space/Fields')
local Messages = require('Module:Space/Messages')
local Problems = require('Module:Space/Problems')
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

-- What is wrong with the setting of a name, or for nil with none in particular.
local function wrong(problems, name)
	local own = {}
	for _, problem in ipairs(problems) do
		if problem.field == name then
			table.insert(own, { code = problem.code, params = problem.params })
		end
	end
	return Problems.behind(own, 'settings')
end

-- {{Space settings}}: the page's settings as a table of names and values, each with what
-- is wrong with it.
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
			:tag('td'):wikitext(text .. wrong(page.problems, name)):done()
			:tag('td'):wikitext(Messages.get(key .. '-help')):done())
	end
	local list = mw.html.create('table'):addClass('wikitable')
	for _, row in ipairs(rows) do
		list:node(row)
	end
	return tostring(list) .. wrong(page.problems, nil)
end

-- Whether the bot may ask an address: one of https, on its usual port.
local function isAsked(address)
	local host = address:match('^https://([^/?#]+)')
	return host and (not host:find(':', 1, true) or host:find(':443$'))
end

-- {{Space calendar source}}: a public calendar whose events are listed, with what is wrong
-- with its line.
function Settings.calendar(frame)
	local page = Reader.page('calendars', frame:getParent().args)
	local address = page.values.address
	local name = Text.plain(page.values.name or address or '')
	if address and not isAsked(address) then
		table.insert(page.problems, {
			code = 'public-calendar-address', field = 'address', params = { address },
		})
	end
	return '\n* ' .. (address and Text.external(address, name) or name)
		.. Problems.behind(page.problems, 'calendars')
end

return Settings
