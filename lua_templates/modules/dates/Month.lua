-- A month in weeks and the events in them. Days are numbers from 1; the first days of
-- the first week may be 0 or less, the last days of the last week more than the month
-- has.
local Times = require('Module:Space/Times')

local Month = {}

-- What takes longer would fill whole weeks and is told once, beside them.
local LONG = 7
local LANES = 4

-- The first day of the month that lies a number of months after that of a date.
function Month.first(date, months)
	local year, month = date:match('^(%d+)-(%d+)')
	local number = tonumber(year) * 12 + tonumber(month) - 1 + months
	return string.format('%04d-%02d-01', math.floor(number / 12), number % 12 + 1)
end

-- A month by its first day:
--   key          '2026-11'
--   first, last  dates
--   days         how many it has
function Month.new(first)
	local last = Times.lastOfMonth(first)
	return {
		key = first:sub(1, 7), first = first, last = last, days = tonumber(last:sub(9)),
	}
end

-- The date, '2026-11-28', of a day of the month.
function Month.date(month, day)
	return string.format('%s-%02d', month.key, day)
end

-- The first day of each week; `start` is the day that weeks begin with, 1 for Monday.
function Month.weeks(month, start)
	local weeks, day = {}, 1 - (Times.weekday(month.first) - start) % 7
	while day <= month.days do
		table.insert(weeks, day)
		day = day + 7
	end
	return weeks
end

-- The first and the last day of the month on which an event is, and whether it takes
-- more than a week.
local function stretch(month, event)
	local first = event.start:sub(1, 10)
	local last = Times.lastDay(event.start, event['end'])
	local long = Times.addDays(first, LONG - 1) < last
	local from = first < month.first and 1 or tonumber(first:sub(9))
	local to = last > month.last and month.days or tonumber(last:sub(9))
	return from, to, long
end

-- Events of the month by what they are in a grid: `single`, lists by day; `spans` of
-- several days, each with event, from and to; `long` ones; and the `rest`, all but those.
function Month.sort(month, events)
	local found = { single = {}, spans = {}, long = {}, rest = {} }
	for _, event in ipairs(events) do
		local from, to, long = stretch(month, event)
		table.insert(long and found.long or found.rest, event)
		if not long and Times.lastDay(event.start, event['end']) > event.start:sub(1, 10) then
			table.insert(found.spans, { event = event, from = from, to = to })
		elseif not long then
			found.single[from] = found.single[from] or {}
			table.insert(found.single[from], event)
		end
	end
	return found
end

local function free(lane, from)
	local last = lane[#lane]
	return not last or last.to < from
end

-- The spans that touch the week which begins with a day, in lanes in which no two
-- overlap, each with from and to in the week; and those for which no lane is left.
function Month.lanes(spans, week)
	local lanes, rest = {}, {}
	for _, span in ipairs(spans) do
		local from, to = math.max(span.from, week), math.min(span.to, week + 6)
		if from <= to then
			local place = 1
			while lanes[place] and not free(lanes[place], from) do
				place = place + 1
			end
			if place > LANES then
				table.insert(rest, { event = span.event, from = from, to = to })
			else
				lanes[place] = lanes[place] or {}
				table.insert(lanes[place], {
					event = span.event, from = from, to = to,
					begun = span.from < from, goesOn = span.to > to,
				})
			end
		end
	end
	return lanes, rest
end

return Month
