-- An event or a post of the data pages as an item of a list.
local Fields = mw.loadData('Module:Space/Fields')
local Language = require('Module:Space/Language')
local Messages = require('Module:Space/Messages')
local Series = require('Module:Space/Series')
local Style = require('Module:Space/Style')
local Talk = require('Module:Space/Talk')
local Text = require('Module:Space/Text')
local Times = require('Module:Space/Times')
local TimeZone = require('Module:Space/TimeZone')
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

-- The thumbnail of an entry's picture, nil without one. It leads to the file's page, where
-- author and licence are, so it needs a name: its description, else that of the file.
-- Whether the wiki has the file is not asked, which would be expensive for each: the sheet
-- hides what stands for a missing one.
local function picture(entry)
	local name = entry.image
	if not name or name:find('[%[%]{}|<>#]') then
		return nil
	end
	local alt = entry.image_alt or name:gsub('%.%w+$', '')
	return Style.element('div', 'space-picture'):wikitext(
		'[[File:' .. name .. '|frameless|120x90px|alt=' .. mw.text.nowiki(alt) .. ']]')
end

local function item(date, body, entry)
	return Style.element('li', 'space-item')
		:node(tile(date)):node(body):node(picture(entry))
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

local function link(page, title, code)
	return tostring(Style.foreign('span', code):wikitext(Text.link(page, title)))
end

local function flag(label)
	return ' ' .. tostring(Style.element('span', 'space-flag'):wikitext(label))
end

-- What is particular about an event, as flags after spaces, '' for most: that it is not to
-- take place as planned, such as 'cancelled', and that it is announced elsewhere and was
-- not reviewed.
function Entry.flags(event)
	local flags = ''
	if event.source and not event.reviewed then
		flags = flag(Messages.get('wiki-list-' .. event.source))
	end
	if event.status and event.status ~= 'confirmed' then
		flags = flags .. flag(Text.choice('status', event.status))
	end
	return flags
end

-- A title of an event, struck out if the event is cancelled; its flags say so in words.
function Entry.struck(event, title)
	if event.status ~= 'cancelled' then
		return title
	end
	return tostring(mw.html.create('s'):wikitext(title))
end

-- The title as a link, with the flags of the event.
function Entry.title(event)
	local text, code = Text.titled(event)
	local title = tostring(Style.foreign('span', code or language(event)):wikitext(text))
	return Entry.struck(event, title) .. Entry.flags(event)
end

-- '+ 4 more dates' of an event that stands for its series, nil for any other event and
-- for a series that is cancelled.
function Entry.later(event)
	if event.status == 'cancelled' then
		return nil
	elseif event.later then
		return Messages.get('wiki-list-later', event.later)
	end
	return event.confirmed and not event['until'] and Messages.get('wiki-list-goes-on') or nil
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
		range = Messages.get('wiki-time-zoned', range, TimeZone.place(event.zone))
	end
	return tostring(mw.html.create('time'):attr('datetime', event.from):wikitext(range))
end

-- An event as a card: a tile of its date, its facts, its summary and its picture.
-- `isSeries` says that it stands for all dates of its series.
function Entry.event(event, isSeries)
	local body = Style.element('div', 'space-item-body')
	body:node(line('space-item-title', Entry.title(event)))
	body:node(line('space-item-facts', Text.facts(
		Entry.when(event), isSeries and Entry.later(event), Text.place(event),
		shownFields('event', event), Series.flag(event), Talk.ofEntry(event))))
	local _, _, code = Text.told(event)
	if event.summary and not code then -- which is in the event's own language
		local summary = Style.foreign('div', language(event))
		body:node(Style.dress(summary, 'space-item-summary')
			:wikitext(mw.text.nowiki(event.summary)))
	end
	return item(event.start:sub(1, 10), body, event)
end

-- An event as a list item of two short lines, for narrow columns; `isSeries` is as for
-- Entry.event.
function Entry.compact(event, isSeries)
	return small(Entry.title(event), Text.facts(Entry.when(event),
		isSeries and Entry.later(event), Text.place(event), Series.flag(event)))
end

-- The time of an event on the day it begins, with its last day if that is a later one.
local function timeOfDay(event)
	local last = Times.lastDay(event.start, event['end'])
	local days = last ~= event.start:sub(1, 10)
		and Times.writeRange(event.start:sub(1, 10), last, SHORT) or nil
	if Times.isAllDay(event.start) then
		return days
	end
	local time = Times.writeTime(event.start)
	if event['end'] and event['end'] ~= event.start and not days then
		time = Messages.get('wiki-time-range-short', time, Times.writeTime(event['end']))
	end
	return Text.facts(Messages.get('wiki-time-zoned', time, TimeZone.place(event.zone)), days)
end

-- An event as a list item of two short lines, on a row of the day on which it begins.
local function ofDay(event)
	return small(Entry.title(event), Text.facts(timeOfDay(event), Text.place(event),
		shownFields('event', event), Series.flag(event)))
end

-- The events that begin on a day, as a list item with a tile of its date.
function Entry.day(date, events)
	local list = Style.element('ul', 'space-compact')
	for _, event in ipairs(events) do
		list:node(ofDay(event))
	end
	return Style.element('li', 'space-item'):node(tile(date))
		:node(Style.element('div', 'space-item-body'):node(list))
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
	return link(post.page, post.title, post.language)
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
	body:node(line('space-item-title', Entry.titled(post)))
	body:node(line('space-item-facts', byline(post, code)))
	if post.summary then
		local summary = Style.foreign('div', post.language)
		body:node(Style.dress(summary, 'space-item-summary')
			:wikitext(mw.text.nowiki(post.summary)))
	end
	return item((post.date or post.published):sub(1, 10), body, post)
end

-- A post as a list item of two short lines; `code` is as for Entry.post.
function Entry.compactPost(post, code)
	return small(Entry.titled(post), byline(post, code))
end

return Entry
