-- The fields on the card of a page as wikitext: `x-shown` of the schema says which and
-- in what order, a field's reader how its values are written.
local Fields = mw.loadData('Module:Space/Fields')
local Names = require('Module:Space/Names')
local Reader = require('Module:Space/Reader')
local Recurrence = require('Module:Space/Recurrence')
local Style = require('Module:Space/Style')
local Text = require('Module:Space/Text')
local Times = require('Module:Space/Times')
local Topics = require('Module:Space/Topics')
local Value = require('Module:Space/Value')

local Facts = {}

local WIKIDATA = 'https://www.wikidata.org/wiki/'

local function date(value)
	return Times.writeRange(value)
end

-- A contact, with a link if it is a user.
local function contact(name)
	return Value.isPrivateContact(name) and Text.plain(name)
		or Text.link('User:' .. name, name)
end

-- A person or a group, with a link if the page names a user.
local function person(name, page)
	local user = page.users[name]
	return user and Text.link(user, name) or Reader.wikitext(name)
end

-- Reader → function (value, page) that returns the wikitext of one value; Text.value
-- knows the others.
local WRITERS = {
	contact = contact,
	date = date,
	inline = function (value) return Reader.wikitext(value) end,
	item = function (value) return Text.external(WIKIDATA .. value, value) end,
	moment = date,
	page = function (value) return Text.link(Names.meant(value)) end,
	recurrence = function (value, page)
		return Recurrence.describe(value, page.values.start)
	end,
	user = person,
	wiki = function (value) return mw.text.nowiki(value) end,
}

-- Topics as chips, by their labels.
local function chips(topics)
	local made = {}
	for place, topic in ipairs(topics) do
		made[place] = tostring(Style.element('span', 'space-chip')
			:wikitext(Text.plain(Topics.label(topic))))
	end
	return table.concat(made, ' ')
end

-- The value of a field, text or a list, as wikitext.
function Facts.write(page, name, value)
	local reader = Fields[page.kind].fields[name].reader
	if reader == 'topic' then
		return chips(value)
	end
	local writer = WRITERS[reader]
	local function write(item)
		return writer and writer(item, page) or Text.value(page.kind, name, item)
	end
	return type(value) == 'table' and Text.list(value, write) or write(value)
end

-- People and groups as wikitext; nil for nil.
function Facts.people(page, names)
	return names and Text.list(names, function (name)
		return person(name, page)
	end)
end

-- The rows { label, wikitext } of a page's card, absent fields left out. `value(name)` is
-- the value that readers may see, or nil; `instead` holds wikitext by the name of fields.
function Facts.rows(page, value, instead)
	local rows = {}
	for _, name in ipairs(Fields[page.kind].shown.page) do
		local shown = value(name)
		local text = instead[name] or shown and Facts.write(page, name, shown)
		table.insert(rows, text and { Text.label(page.kind, name), text })
	end
	return rows
end

return Facts
