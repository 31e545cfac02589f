-- A month of published events: a grid of weeks, and below it the events in words.
-- {{Space calendar}}, {{Space calendar|+1}}, {{Space calendar|2026-11|country=NZ}}.
local Config = require('Module:Space/Config')
local Data = require('Module:Space/Data')
local Entry = require('Module:Space/Entry')
local Filter = require('Module:Space/Filter')
local List = require('Module:Space/List')
local Messages = require('Module:Space/Messages')
local Style = require('Module:Space/Style')
local Text = require('Module:Space/Text')
local Times = require('Module:Space/Times')

local Calendar = {}

local MOST = 1000
local MOST_A_DAY = 4
local OPTIONS = { [1] = true, from = true, to = true }

-- The first day of a month some months after that of a date.
local function monthFrom(date, months)
	local year, month = date:match('^(%d+)-(%d+)')
	local number = tonumber(year) * 12 + tonumber(month) - 1 + months
	return string.format('%04d-%02d-01', math.floor(number / 12), number % 12 + 1)
end

-- The month asked for as its first day, and today's date if the page depends on it.
local function asked(text)
	text = mw.text.trim(text or '')
	if text:match('^%d%d%d%d%-%d%d$') and Times.isDate(text .. '-01') then
		return text .. '-01'
	end
	local months = text == '' and 0 or tonumber(text:match('^[+-]%d%d?$'))
	if not months then
		return nil
	end
	local today = Times.today()
	return monthFrom(today, months), today
end

-- The last day of an event on the wall calendar of its zone: an end at midnight ends
-- the day before.
local function lastDay(event)
	local last = event['end']
	if not last then
		return event.start:sub(1, 10)
	end
	if last:sub(12) == '00:00' and last > event.start then
		return Times.addDays(last:sub(1, 10), -1)
	end
	return last:sub(1, 10)
end

-- Day → the events on it.
local function byDay(events, first, last)
	local days = {}
	for _, event in ipairs(events) do
		local day, final = event.start:sub(1, 10), lastDay(event)
		day = day < first and first or day
		while day <= final and day <= last do
			days[day] = days[day] or {}
			table.insert(days[day], event)
			day = Times.addDays(day, 1)
		end
	end
	return days
end

local function label(event, day)
	local text = Text.link(event.page, event.title)
	if event.status == 'cancelled' then
		text = tostring(mw.html.create('s'):wikitext(text))
	end
	if event.start:sub(1, 10) == day and not Times.isAllDay(event.start) then
		text = Times.writeTime(event.start) .. ' ' .. text
	end
	return text
end

local function cell(day, events, today)
	local box = Style.element('td', 'space-day')
	local number = Style.element('div', 'space-day-number')
		:wikitext(Times.write('wiki-format-day', day))
	if day == today then
		Style.dress(box, 'space-day-today')
		number:attr('title', Messages.get('wiki-today'))
	end
	box:node(number)
	if events then
		local list = box:tag('ul')
		Style.dress(list, 'space-day-list')
		for place, event in ipairs(events) do
			if place <= MOST_A_DAY then
				list:node(Style.element('li', 'space-day-item')
					:wikitext(label(event, day)))
			end
		end
		if #events > MOST_A_DAY then
			list:node(Style.element('li', 'space-day-item')
				:wikitext(Messages.get('wiki-calendar-more', #events - MOST_A_DAY)))
		end
	end
	return box
end

local function weekdays()
	local row = mw.html.create('tr')
	for place = 0, 6 do
		-- 1 January 2024 was a Monday.
		local date = Times.addDays('2024-01-01', place)
		row:node(Style.element('th', 'space-weekday'):attr('scope', 'col')
			:wikitext(Times.write('wiki-format-weekday', date)))
	end
	return row
end

local function grid(first, last, days, today)
	local table_ = Style.element('table', 'space-month')
	table_:node(Style.element('caption', 'space-month-name')
		:wikitext(Times.write('wiki-format-month', first)))
	table_:node(weekdays())
	local weekday = tonumber(mw.language.new('en'):formatDate('N', first))
	local day = Times.addDays(first, 1 - weekday)
	while day <= last do
		local row = table_:tag('tr')
		for _ = 1, 7 do
			if day < first or day > last then
				row:node(Style.element('td', 'space-day', 'space-day-out'))
			else
				row:node(cell(day, days[day], today))
			end
			day = Times.addDays(day, 1)
		end
	end
	return Style.element('div', 'space-month-frame'):node(table_)
end

-- Events of the month by the wall calendar of their zones.
local function inMonth(filter, first, last)
	local found = {}
	local month = first:sub(1, 7)
	Data.eachEvent(month, month, function (event)
		if event.start:sub(1, 10) <= last and lastDay(event) >= first
			and filter.matches(event)
		then
			table.insert(found, event)
		end
		return found[MOST] ~= nil
	end)
	return found
end

function Calendar.show(frame)
	local arguments = frame:getParent().args
	local first, today = asked(arguments[1])
	if not first then
		return List.problem({
			code = 'calendar-month', params = { mw.text.nowiki(arguments[1]) },
		})
	end
	local filter, problem = Filter.new('event', arguments, OPTIONS)
	if problem then
		return List.problem(problem)
	end
	local last = Times.addDays(monthFrom(first, 1), -1)
	local events = inMonth(filter, first, last)
	return Style.sheet()
		.. tostring(grid(first, last, byDay(events, first, last), today))
		.. List.render(events, Entry.event,
			Messages.get('wiki-no-events', Config.root .. '/Events'))
end

return Calendar
