-- The grid of a month: for each week a row of days, the events of several days as bars
-- in lanes, and the events of single days.
local Entry = require('Module:Space/Entry')
local Messages = require('Module:Space/Messages')
local Month = require('Module:Space/Month')
local Style = require('Module:Space/Style')
local Text = require('Module:Space/Text')
local Times = require('Module:Space/Times')

local Grid = {}

local MOST_A_DAY = 4

local function label(event, time)
	local text = Entry.struck(event, (Text.titled(event)))
	if time and not Times.isAllDay(event.start) then
		text = Times.writeTime(event.start) .. ' ' .. text
	end
	return text .. Entry.flags(event)
end

local function weekdays(start)
	local row = mw.html.create('tr')
	for place = 0, 6 do
		-- 1 January 2024 was a Monday.
		local date = Times.addDays('2024-01-01', start - 1 + place)
		row:node(Style.element('th', 'space-weekday'):attr('scope', 'col')
			:attr('abbr', Times.write('wiki-format-weekday-long', date))
			:wikitext(Times.write('wiki-format-weekday', date)))
	end
	return row
end

local function number(month, day, today)
	local date = Month.date(month, day)
	local head = Style.element('th', 'space-day-head'):attr('scope', 'col')
	local text = mw.html.create('time'):attr('datetime', date)
		:attr('title', Times.writeDate(date))
		:wikitext(Times.write('wiki-format-day', date))
	if date == today then
		Style.dress(head, 'space-day-today')
		text:attr('title', Messages.get('wiki-today'))
	end
	return head:node(text)
end

local function numbers(month, week, today)
	local row = mw.html.create('tr')
	for day = week, week + 6 do
		if day < 1 or day > month.days then
			row:node(Style.element('td', 'space-day-head', 'space-day-out'))
		else
			row:node(number(month, day, today))
		end
	end
	return row
end

local function bar(span)
	local text = label(span.event, not span.begun)
	return Style.element('div', 'space-bar'):wikitext(
		span.begun and '… ' or '', text, span.goesOn and ' …' or '')
end

local function gap(row, from, to)
	for _ = from, to do
		row:node(Style.element('td', 'space-day-lane'))
	end
end

local function lane(spans, week)
	local row, day = mw.html.create('tr'), week
	for _, span in ipairs(spans) do
		gap(row, day, span.from - 1)
		row:node(Style.element('td', 'space-day-lane')
			:attr('colspan', span.to - span.from + 1):node(bar(span)))
		day = span.to + 1
	end
	gap(row, day, week + 6)
	return row
end

-- '3 more', as a link to the day's events in the agenda if there is an agenda.
local function more(count, anchor, day)
	local text = Messages.get('wiki-calendar-more', count)
	return anchor and '[[#' .. anchor(day) .. '|' .. text .. ']]' or text
end

local function cell(events, hidden, anchor, day)
	local box = Style.element('td', 'space-day')
	local list = Style.element('ul', 'space-day-list')
	for place, event in ipairs(events) do
		if place <= MOST_A_DAY then
			list:node(Style.element('li', 'space-day-item'):wikitext(label(event, true)))
		end
	end
	hidden = hidden + math.max(0, #events - MOST_A_DAY)
	if hidden > 0 then
		list:node(Style.element('li', 'space-day-item'):wikitext(more(hidden, anchor, day)))
	end
	return (events[1] or hidden > 0) and box:node(list) or box
end

local function hiddenOn(spans, day)
	local count = 0
	for _, span in ipairs(spans) do
		count = count + (span.from <= day and day <= span.to and 1 or 0)
	end
	return count
end

local function days(month, week, sorted, rest, anchor)
	local row = mw.html.create('tr')
	for day = week, week + 6 do
		if day < 1 or day > month.days then
			row:node(Style.element('td', 'space-day', 'space-day-out'))
		else
			row:node(cell(sorted.single[day] or {}, hiddenOn(rest, day), anchor, day))
		end
	end
	return row
end

-- The table of a month (Month.new) and its events (Month.sort). `today` is the date to
-- mark, or nil; `anchor` gives the id of a day in the agenda, nil without an agenda.
function Grid.show(month, sorted, today, anchor)
	local start = tonumber(Messages.get('week-start'))
	local rows = { tostring(weekdays(start)) }
	for _, week in ipairs(Month.weeks(month, start)) do
		local lanes, rest = Month.lanes(sorted.spans, week)
		table.insert(rows, tostring(numbers(month, week, today)))
		for _, spans in ipairs(lanes) do
			table.insert(rows, tostring(lane(spans, week)))
		end
		table.insert(rows, tostring(days(month, week, sorted, rest, anchor)))
	end
	local name = Times.write('wiki-format-month', month.first)
	local grid = Style.element('table', 'space-month')
		:node(Style.element('caption', 'space-month-name'):wikitext(name))
		:wikitext(table.concat(rows))
	-- Where the screen is narrow and there is an agenda, the sheet leaves the grid out.
	return tostring(Style.scroll(name):addClass(anchor and 'space-month-both'):node(grid))
end

return Grid
