-- Plain values as safe wikitext, and the small phrases that lists and pages share.
local Language = require('Module:Space/Language')
local Messages = require('Module:Space/Messages')
local Fields = mw.loadData('Module:Space/Fields')

local Text = {}

-- Plain text that shows as it is written, its direction kept to itself.
function Text.plain(text)
	return tostring(mw.html.create('bdi'):wikitext(mw.text.nowiki(text)))
end

-- A link to a page, by a label of plain text.
function Text.link(page, label)
	return '[[:' .. page .. '|' .. Text.plain(label or page) .. ']]'
end

function Text.external(address, label)
	return '[' .. address .. ' ' .. label .. ']'
end

local QUERY = { 'section', 'preload', 'editintro', 'preloadtitle' }

-- The address that opens a page's source filled in: `query` by the names above, and the
-- parameters of its preload.
function Text.edit(title, query, parameters)
	local parts = { 'action=edit' }
	for _, name in ipairs(QUERY) do
		if query[name] then
			table.insert(parts, name .. '=' .. mw.uri.encode(query[name]))
		end
	end
	for _, parameter in ipairs(parameters) do
		table.insert(parts, 'preloadparams%5B%5D=' .. mw.uri.encode(parameter))
	end
	return title:fullUrl(table.concat(parts, '&'))
end

-- The label of a field of a kind, 'event' or 'post'.
function Text.label(kind, name)
	return Messages.get('field-' .. kind .. '-' .. name:gsub('_', '-') .. '-label')
end

function Text.choice(name, choice)
	return Messages.get('choice-' .. name:gsub('_', '-') .. '-' .. choice)
end

-- A country by its name; a code nobody knows as it is.
function Text.country(code)
	local key = 'country-' .. code
	return Messages.exists(key) and Messages.get(key) or mw.text.nowiki(code)
end

-- Names for categories, which have to be the same for every reader.
function Text.countryInEnglish(code)
	local key = 'country-' .. code
	return Messages.english(key) or code
end

function Text.languageInEnglish(code)
	local name = Language.name(code, 'en')
	return name ~= '' and name or code
end

function Text.languageName(code)
	local name = Language.name(code, Messages.code())
	return name ~= '' and name or mw.text.nowiki(code)
end

-- The same, its direction kept to itself: names in lists may be of any script.
function Text.languageLabel(code)
	return Text.plain(Text.languageName(code))
end

-- Reader → function (value, field's name) that returns the wikitext of one value.
local WRITERS = {
	choice = function (value, name) return Text.choice(name, value) end,
	country = Text.country,
	language = Text.languageName,
	page = function (value) return Text.link(value) end,
	url = function (value) return Text.external(value, Text.plain(value)) end,
}

-- One value of a field as wikitext by the field's reader, plain text by default.
function Text.value(kind, name, value)
	local writer = WRITERS[Fields[kind].fields[name].reader]
	return writer and writer(value, name) or Text.plain(value)
end

-- Walks a list from JSON or from arguments: each item through `make`, joined as a
-- list in a sentence's facts.
function Text.list(items, make)
	local made = {}
	for _, item in ipairs(items) do
		table.insert(made, make and make(item) or item)
	end
	return table.concat(made, Messages.get('wiki-list-separator'))
end

-- Joins the facts of one line; absent ones are left out.
function Text.facts(...)
	local made = {}
	for place = 1, select('#', ...) do
		local fact = select(place, ...)
		if fact and fact ~= '' then
			table.insert(made, fact)
		end
	end
	return table.concat(made, ' · ')
end

-- Where an event is, in a few words: city and country, online, or both.
function Text.place(event)
	local mode = event.mode or Fields.event.fields.mode.default
	local place
	if event.city and event.country then
		place = Messages.get(
			'wiki-place-city', Text.plain(event.city), Text.country(event.country)
		)
	elseif event.country then
		place = Text.country(event.country)
	elseif event.city then
		place = Text.plain(event.city)
	end
	if mode == 'in-person' then
		return place
	end
	local online = Text.choice('mode', 'online')
	if mode == 'hybrid' and place then
		return Messages.get('wiki-place-hybrid', place)
	end
	return online
end

return Text
