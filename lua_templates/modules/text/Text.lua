-- Plain values as safe wikitext, and the short phrases that lists and pages share.
local Language = require('Module:Space/Language')
local Messages = require('Module:Space/Messages')
local Normal = require('Module:Space/Normal')
local Fields = mw.loadData('Module:Space/Fields')

local Text = {}

-- Plain text as safe wikitext, isolated in its direction.
function Text.plain(text)
	return tostring(mw.html.create('bdi'):wikitext(mw.text.nowiki(text)))
end

-- What no title may have (Manual:Page title): it would end the link, or be no link.
local NO_TITLE = '[%[%]{}|<>%c\127]'

-- A title as the target of a link. The words of `__NOINDEX__` count inside of links, too,
-- in some languages with signs of their own.
local function target(page)
	if page:find('[&_~\']') then
		page = mw.text.nowiki(page)
	end
	return (page:gsub('＿', '&#65343;'))
end

-- A link to a page; `label` is plain text, nil for the title. Only the label where a page
-- can have no such title.
function Text.link(page, label)
	local text = Text.plain(label or page)
	if page:find(NO_TITLE) then
		return text
	end
	return '[[:' .. target(page) .. '|' .. text .. ']]'
end

-- A link to a URL; `label` is wikitext.
function Text.external(address, label)
	return '[' .. address .. ' ' .. label .. ']'
end

local QUERY = { 'section', 'preload', 'editintro', 'preloadtitle' }

-- The URL that opens the source editor of a title; `query` has values for the names
-- above, `parameters` are those of its preload.
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

-- What an event of a data page is called in the best language for the reader: the title,
-- the page to link and the language's code; its own title and page, and nil, where it has
-- not been translated.
function Text.told(event)
	for place, code in ipairs(event.texts and Messages.chain() or {}) do
		local key = Language.normal(code)
		-- English ends every chain, so it counts only where it was asked for.
		local title = (place == 1 or code ~= 'en') and event.texts[key]
		if title then
			local pages = event.text_pages or {}
			return title, pages[key] or event.page .. '/' .. key, key
		end
	end
	return event.title, event.page, nil
end

-- What an event of a data page is called, as a link, and the language's code as
-- Text.told gives it. An event of a calendar has no page: its link is its website.
function Text.titled(event)
	local title, page, code = Text.told(event)
	if page then
		return Text.link(page, title), code
	end
	local text = Text.plain(title)
	return event.website and Text.external(event.website, text) or text, code
end

-- The label of a field of a kind, 'event' or 'post'.
function Text.label(kind, name)
	return Messages.get('field-' .. kind .. '-' .. name:gsub('_', '-') .. '-label')
end

-- The label of a choice of a field.
function Text.choice(name, choice)
	return Messages.get('choice-' .. name:gsub('_', '-') .. '-' .. choice)
end

-- The name of a country in the reader's language; an unknown code as it is.
function Text.country(code)
	local key = 'country-' .. code
	return Messages.exists(key) and Messages.get(key) or mw.text.nowiki(code)
end

-- The English name of a country, for categories; an unknown code as it is.
function Text.countryInEnglish(code)
	local key = 'country-' .. code
	return Messages.english(key) or code
end

-- The English name of a language, for categories; its code where that is not known. Some
-- wikis know a language only by its name in itself, of which the bot that makes pages of
-- categories may know nothing (space/publication/categories.py).
function Text.languageInEnglish(code)
	local name = Language.name(code, 'en')
	local known = mw.loadData('Module:Space/LanguageNames')[Normal.lookup(name)]
	return known and name or code
end

-- The name of a language in the reader's language; an unknown code as it is.
function Text.languageName(code)
	local name = Language.name(code, Messages.code())
	return name ~= '' and name or mw.text.nowiki(code)
end

-- Text.languageName, isolated in its direction.
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

-- One value of a field as wikitext by the field's reader; plain text for readers without
-- a writer.
function Text.value(kind, name, value)
	local writer = WRITERS[Fields[kind].fields[name].reader]
	return writer and writer(value, name) or Text.plain(value)
end

-- The items, each through `make` (nil: as they are), with the list separator of the
-- reader's language.
function Text.list(items, make)
	local made = {}
	for _, item in ipairs(items) do
		table.insert(made, make and make(item) or item)
	end
	return table.concat(made, Messages.get('wiki-list-separator'))
end

-- The non-empty arguments on one line; '' for none.
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

-- Whether a city has the name of its country, as Singapore has.
local function isCountry(city, code)
	return mw.loadData('Module:Space/Codes').countryNames[Normal.lookup(city)] == code
end

-- City and country, 'online' or both; nil for an event in person without a place.
function Text.place(event)
	local mode = event.mode or Fields.event.fields.mode.default
	local place
	if event.city and event.country and not isCountry(event.city, event.country) then
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
