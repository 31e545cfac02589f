-- Events as a table with a caption: when, title, where, and the fields of `x-shown`.
local Entry = require('Module:Space/Entry')
local Messages = require('Module:Space/Messages')
local Style = require('Module:Space/Style')
local Text = require('Module:Space/Text')

local Table = {}

local COLUMNS = { 'wiki-column-when', 'wiki-kind-event', 'wiki-where' }

local function caption(period, written)
	written = mw.text.trim(written or '')
	return written ~= '' and written
		or Messages.get('wiki-caption-' .. period.word:gsub(' ', '-'), period.days)
end

local function heads()
	local row = mw.html.create('tr')
	local function head(text)
		row:tag('th'):attr('scope', 'col'):wikitext(text)
	end
	for _, key in ipairs(COLUMNS) do
		head(Messages.get(key))
	end
	for _, name in ipairs(Entry.shown('event')) do
		head(Text.label('event', name))
	end
	return row
end

local function row(event, isSeries)
	local cells = mw.html.create('tr')
		:node(Style.element('td', 'space-cell'):wikitext(
			Text.facts(Entry.when(event), isSeries and Entry.later(event))))
		:node(Style.element('th', 'space-cell-title'):attr('scope', 'row')
			:wikitext(Entry.title(event)))
		:node(Style.element('td', 'space-cell'):wikitext(Text.place(event)))
	for _, name in ipairs(Entry.shown('event')) do
		cells:node(Style.element('td', 'space-cell')
			:wikitext(Entry.field('event', event, name)))
	end
	return cells
end

-- The table of events; `written` is its caption, nil or blank for that of the period.
-- `isSeries` is as for Entry.event.
function Table.events(events, period, written, isSeries)
	local rows = { tostring(heads()) }
	for _, event in ipairs(events) do
		table.insert(rows, tostring(row(event, isSeries)))
	end
	local text = caption(period, written)
	local body = Style.element('table', 'space-table'):addClass('wikitable')
		:node(mw.html.create('caption'):wikitext(Text.plain(text)))
		:wikitext(table.concat(rows))
	return tostring(Style.readers(Style.scroll(text)):node(body))
end

return Table
