-- One event or post of the data pages, as lists show it.
local Messages = require('Module:Space/Messages')
local Style = require('Module:Space/Style')
local Talk = require('Module:Space/Talk')
local Text = require('Module:Space/Text')
local Times = require('Module:Space/Times')

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

-- A state worth a word beside the title, or ''.
local function flag(event)
	if not event.status or event.status == 'confirmed' then
		return ''
	end
	local label = Text.choice('status', event.status)
	return ' ' .. tostring(Style.element('span', 'space-flag'):wikitext(label))
end

local function languages(event)
	return event.languages and Text.list(event.languages, Text.languageName)
end

-- '10:00–16:00 (Pacific/Auckland)' on the day, the whole range where it has several.
local function when(event)
	local range = Times.writeRange(event.start, event['end'], SHORT)
	if not Times.isAllDay(event.start) then
		range = Messages.get('wiki-time-zoned', range, event.zone)
	end
	return tostring(mw.html.create('time'):attr('datetime', event.from):wikitext(range))
end

function Entry.event(event)
	local body = Style.element('div', 'space-item-body')
	local title = Text.link(event.page, event.title)
	body:node(line('space-item-title', title .. flag(event)))
	body:node(line('space-item-facts',
		Text.facts(when(event), Text.place(event), languages(event),
			Talk.ofEntry(event))))
	if event.summary then
		body:node(line('space-item-summary', Text.plain(event.summary)))
	end
	return item(event.start:sub(1, 10), body)
end

local function byline(post)
	local date = Times.writeDate(post.date or post.published, SHORT)
	return Text.facts(
		date,
		post.authors and Messages.get('wiki-by', Text.list(post.authors, Text.plain)),
		post.language and Text.languageName(post.language),
		Talk.ofEntry(post)
	)
end

function Entry.post(post)
	local body = Style.element('div', 'space-item-body')
	local title = Style.foreign('span', post.language)
		:wikitext(Text.link(post.page, post.title))
	body:node(line('space-item-title', tostring(title)))
	body:node(line('space-item-facts', byline(post)))
	if post.summary then
		local summary = Style.foreign('div', post.language)
		body:node(Style.dress(summary, 'space-item-summary')
			:wikitext(mw.text.nowiki(post.summary)))
	end
	return item((post.date or post.published):sub(1, 10), body)
end

return Entry
