-- An event or a post of the data pages as an item of a list.
local Fields = mw.loadData('Module:Space/Fields')
local Language = require('Module:Space/Language')
local Messages = require('Module:Space/Messages')
local Series = require('Module:Space/Series')
local Style = require('Module:Space/Style')
local Talk = require('Module:Space/Talk')
local Text = require('Module:Space/Text')
local Times = require('Module:Space/Times')
local Topics = require('Module:Space/Topics')
local Translation = require('Module:Space/Translation')

local Entry = {}

local SHORT = 'wiki-format-date-short'

local function tile(date)
	local box = Style.element('div', 'space-tile'):attr('aria-hidden', 'true')
	box:node(Style.element('div', 'space-tile-month')
		:wikitext(Times.write('wiki-format-month-short', date)))
	box:node(Style.element('div', 'space-tile-day')
		:wikitext(Times.write('wiki-format-day', date)))
	return box
end

local function item(date, body)
	return Style.element('li', 'space-item'):node(tile(date)):node(body)
end

local function line(class, text)
	return Style.element('div', class):wikitext(text)
end

local function small(title, facts)
	return Style.element('li', 'space-compact-item')
		:node(line('space-compact-title', title))
		:node(line('space-item-facts', facts))
end

-- The language that an event's title is most likely in: the only one it is held in, or
-- nil.
local function language(event)
	local languages = event.languages
	return languages and not languages[2] and languages[1] or nil
end

local function link(entry, code)
	return tostring(Style.foreign('span', code)
		:wikitext(Text.link(entry.page, entry.title)))
end

local function flag(label)
	return ' ' .. tostring(Style.element('span', 'space-flag'):wikitext(label))
end

-- Words such as 'cancelled' or 'not confirmed', each after a space; '' for an event that
-- takes place as planned.
function Entry.flags(event)
	local text = ''
	if event.status and event.status ~= 'confirmed' then
		text = flag(Text.choice('status', event.status))
	end
	local unconfirmed = Series.flag(event)
	return unconfirmed and text .. flag(unconfirmed) or text
end

-- The title as a link, with the flags of the event.
function Entry.title(event)
	return link(event, language(event)) .. Entry.flags(event)
end

-- Reader → function that returns the wikitext of one value; Text.value knows the others.
local WRITERS = {
	date = function (value) return Times.writeDate(value, SHORT) end,
	topic = function (value) return Text.plain(Topics.label(value)) end,
}

-- A field of an entry as wikitext, or nil where the entry has none.
function Entry.field(kind, entry, name)
	local value, writer = entry[name], WRITERS[Fields[kind].fields[name].reader]
	local function write(one)
		return writer and writer(one) or Text.value(kind, name, one)
	end
	if type(value) == 'table' then
		return Text.list(value, write)
	end
	return value and write(value)
end

-- The names of the fields that lists show of a kind, in the schema's order (`x-shown`).
function Entry.shown(kind)
	local shown = Fields[kind].shown
	return shown and shown.list or {}
end

-- The fields of `x-shown` that an entry has, on one line; '' for none.
local function shownFields(kind, entry)
	local made = {}
	for _, name in ipairs(Entry.shown(kind)) do
		table.insert(made, Entry.field(kind, entry, name))
	end
	return Text.facts(unpack(made))
end

-- The times of an event on the wall of its place in a <time> element, with the zone
-- unless it takes whole days.
function Entry.when(event)
	local range = Times.writeRange(event.start, event['end'], SHORT)
	if not Times.isAllDay(event.start) then
		range = Messages.get('wiki-time-zoned', range, event.zone)
	end
	return tostring(mw.html.create('time'):attr('datetime', event.from):wikitext(range))
end

-- An event as a list item with a tile of its date; with its summary unless `brief`.
function Entry.event(event, brief)
	local body = Style.element('div', 'space-item-body')
	body:node(line('space-item-title', Entry.title(event)))
	body:node(line('space-item-facts',
		Text.facts(Entry.when(event), Text.place(event),
			shownFields('event', event), Talk.ofEntry(event))))
	if event.summary and not brief then
		local summary = Style.foreign('div', language(event))
		body:node(Style.dress(summary, 'space-item-summary')
			:wikitext(mw.text.nowiki(event.summary)))
	end
	return item(event.start:sub(1, 10), body)
end

-- An event as a list item of two short lines, for narrow columns.
function Entry.compact(event)
	return small(Entry.title(event), Text.facts(Entry.when(event), Text.place(event)))
end

-- Links to a post in other languages, by their own names.
function Entry.versions(versions)
	return Text.list(versions, function (version)
		local name = Language.name(version.language)
		local label = name ~= '' and name or version.language
		return tostring(Style.foreign('span', version.language)
			:wikitext(Text.link(version.page, label)))
	end)
end

-- The title of a post as a link, marked with its language.
function Entry.titled(post)
	return link(post, post.language)
end

local function byline(post, code)
	local date = Times.writeDate(post.date or post.published, SHORT)
	return Text.facts(
		date,
		post.authors and Messages.get('wiki-by', Text.list(post.authors, Text.plain)),
		post.language and Text.languageName(post.language),
		post.versions and Messages.get('wiki-versions', Entry.versions(post.versions)),
		shownFields('post', post),
		Talk.ofEntry(post),
		code and Translation.link(post, code)
	)
end

-- A post as a list item with a tile of its date; `code` is the language it waits to be
-- translated into, or nil.
function Entry.post(post, code)
	local body = Style.element('div', 'space-item-body')
	body:node(line('space-item-title', link(post, post.language)))
	body:node(line('space-item-facts', byline(post, code)))
	if post.summary then
		local summary = Style.foreign('div', post.language)
		body:node(Style.dress(summary, 'space-item-summary')
			:wikitext(mw.text.nowiki(post.summary)))
	end
	return item((post.date or post.published):sub(1, 10), body)
end

-- A post as a list item of two short lines; `code` is as for Entry.post.
function Entry.compactPost(post, code)
	return small(link(post, post.language), byline(post, code))
end

return Entry
