-- {{Space calendar}}: a month of published events as a grid of weeks with an agenda
-- below. The month is the first argument, '2026-11' or '+1'; without one it is the month
-- that the page's name ends in, such as …/2026-11, or the current one in UTC.
local Data = require('Module:Space/Data')
local Entry = require('Module:Space/Entry')
local Filter = require('Module:Space/Filter')
local Grid = require('Module:Space/Grid')
local List = require('Module:Space/List')
local Messages = require('Module:Space/Messages')
local Month = require('Module:Space/Month')
local Notice = require('Module:Space/Notice')
local Settings = require('Module:Space/Settings')
local Style = require('Module:Space/Style')
local Text = require('Module:Space/Text')
local Times = require('Module:Space/Times')

local Calendar = {}

local MOST = 1000
local STYLES = { 'month', 'grid', 'agenda', month = true, grid = true, agenda = true }
local OPTIONS = { [1] = true, month = true, style = true, nocat = true }
local PRELOAD = 'Template:Space calendar/preload'

-- Whether a text is a month in which a page may have an event.
local function isMonth(text)
	return Times.isInRange(text .. '-01')
end

-- The first day of the month asked for, and today's date if the page depends on it; nil
-- for a text that is no month.
local function asked(text)
	local page = mw.title.getCurrentTitle().subpageText
	if text == '' and isMonth(page) then
		text = page
	end
	if isMonth(text) then
		return text .. '-01'
	end
	local months = text == '' and 0 or tonumber(text:match('^[+-]%d%d?$'))
	if not months then
		return nil
	end
	local today = Times.today()
	return Month.first(today, months), today
end

-- The events of the month on the wall of their places, by start and page id; and whether
-- all could be read.
local function inMonth(filter, month)
	local found = {}
	local complete = Data.eachEvent(month.key, month.key, function (event)
		if event.start:sub(1, 10) <= month.last
			and Times.lastDay(event.start, event['end']) >= month.first
			and filter.matches(event)
		then
			table.insert(found, event)
		end
		return found[MOST] ~= nil
	end)
	table.sort(found, function (a, b)
		if a.start ~= b.start then
			return a.start < b.start
		end
		return a.id < b.id
	end)
	return found, complete
end

-- A function from a day of the month to the id in the agenda of the events that begin on
-- it, or on the last day before it with any.
local function anchors(month, events)
	local begins = {}
	for _, event in ipairs(events) do
		begins[event.start:sub(1, 10)] = true
	end
	return function (day)
		for earlier = day, 1, -1 do
			local date = Month.date(month, earlier)
			if begins[date] then
				return 'space-' .. date
			end
		end
		return 'space-' .. events[1].start:sub(1, 10)
	end
end

-- The day on which an event begins.
local function dayOf(event)
	return { event.start:sub(1, 10) }
end

-- A list with a row for each day on which events begin. `named` has the days of which a
-- row has its id already.
local function dayRows(events, named)
	local days, groups = List.grouped(events, dayOf)
	return List.render(days, function (day)
		local id = not named[day] and 'space-' .. day or nil
		named[day] = true
		return Entry.day(day, groups[day]):attr('id', id)
	end)
end

-- The events by day; with `today`, those that are over are folded.
local function agenda(events, today)
	local over, rest, named = {}, {}, {}
	for _, event in ipairs(events) do
		local isOver = today and Times.lastDay(event.start, event['end']) < today
		table.insert(isOver and over or rest, event)
	end
	local earlier = over[1] and tostring(Style.readers(
		Style.element('div', 'space-earlier', 'mw-collapsible', 'mw-collapsed')
			:attr('data-expandtext', Messages.get('wiki-calendar-earlier'))
			:attr('data-collapsetext', Messages.get('wiki-calendar-earlier-hide'))
			:node(Style.element('div', 'mw-collapsible-content')
				:wikitext(dayRows(over, named))))) or ''
	return earlier .. (rest[1] and dayRows(rest, named) or '')
end

-- Events that are too long for the grid, a line each above it; '' for none.
local function long(events)
	if not events[1] then
		return ''
	end
	local heading = Style.readers(Style.element('p', 'space-muted'))
		:wikitext(Messages.get('wiki-calendar-long'))
	return tostring(heading) .. List.render(events, Entry.compact, 'space-compact')
end

-- The filters of a call as wikitext, with which another month's page is preloaded.
local function written(arguments)
	local found = {}
	for key, value in pairs(arguments) do
		if type(key) == 'string' and key ~= 'month' and mw.text.trim(value) ~= '' then
			table.insert(found, '|' .. key .. '=' .. mw.text.trim(value))
		end
	end
	table.sort(found)
	return table.concat(found)
end

-- The title whose subpages are the pages of months: the page itself or the one above it.
local function family()
	local title = mw.title.getCurrentTitle()
	return isMonth(title.subpageText) and title.basePageTitle or title
end

-- The opening and the closing of a link to another month: its page on the wiki, else the
-- tool's, else a new page with the call filled in.
local function address(key, arguments)
	local title = mw.title.new(family().prefixedText .. '/' .. key)
	if title.exists then
		return '[[:' .. title.prefixedText .. '|', ']]'
	end
	local filters = written(arguments)
	local tool = filters == '' and Settings.tool('/calendar/' .. key)
	if tool then
		return '[' .. tool .. ' ', ']'
	end
	local begun = Text.edit(title, {
		preload = PRELOAD, editintro = PRELOAD .. '/intro',
	}, { filters })
	return '[' .. begun .. ' ', ']'
end

-- Links to the months before and after; '' on pages of templates.
local function others(month, arguments)
	if mw.title.getCurrentTitle().namespace == 10 then
		return ''
	end
	local row = Style.element('div', 'space-months', 'plainlinks')
		:attr('role', 'navigation')
		:attr('aria-label', Messages.get('wiki-calendar-months',
			Times.write('wiki-format-month', month.first)))
	for _, step in ipairs({ -1, 1 }) do
		local first = Month.first(month.first, step)
		if isMonth(first:sub(1, 7)) then
			local open, close = address(first:sub(1, 7), arguments)
			local key = step < 0 and 'wiki-calendar-before' or 'wiki-calendar-after'
			local name = Times.write('wiki-format-month', first)
			row:tag('span'):wikitext(open .. Messages.get(key, name) .. close)
		end
	end
	return tostring(Style.readers(row))
end

local function draw(style, month, events, today)
	local parts = {}
	if style ~= 'agenda' then
		local sorted = Month.sort(month, events)
		events = sorted.rest
		table.insert(parts, long(sorted.long))
		table.insert(parts, tostring(Style.readers(mw.html.create('div')):wikitext(
			Grid.show(month, sorted, today, style == 'month' and anchors(month, events) or nil))))
	end
	if style ~= 'grid' and events[1] then
		table.insert(parts, agenda(events, today))
	end
	return table.concat(parts)
end

local function read(arguments)
	local text = mw.text.trim(arguments[1] or arguments.month or '')
	local first, today = asked(text)
	if not first then
		return nil, { code = 'calendar-month', params = { text } }
	end
	local filter, problem = Filter.new('event', arguments, OPTIONS)
	local look
	if filter and (filter.from or filter.to) then
		problem = { code = 'calendar-range', params = {} }
	elseif filter then
		look, problem = List.look(arguments, STYLES)
	end
	if problem then
		return nil, problem
	end
	return { month = Month.new(first), today = today, filter = filter, style = look.style }
end

-- The wikitext of {{Space calendar}}, or a notice about the first argument that is not
-- understood.
function Calendar.show(frame)
	local arguments = frame:getParent().args
	local wanted, problem = read(arguments)
	if problem then
		return Notice.problem(problem, arguments)
	end
	local month = wanted.month
	local events, complete = inMonth(wanted.filter, month)
	local parts = {
		Style.sheet(), others(month, arguments),
		draw(wanted.style, month, events, wanted.today),
	}
	if not events[1] then
		local name = Text.plain(Times.write('wiki-format-month', month.first))
		table.insert(parts, List.nothing('wiki-no-events-month', 'Events', name))
	end
	if not complete then
		table.insert(parts, Notice.incomplete(arguments))
	end
	return table.concat(parts)
end

return Calendar
