-- Recurrence rules (RFC 5545 §3.3.10) as canonical text and in words. Rules beyond the
-- common ones are shown as they are.
local Messages = require('Module:Space/Messages')
local Normal = require('Module:Space/Normal')
local Times = require('Module:Space/Times')
local Text = require('Module:Space/Text')

local Recurrence = {}

-- 1 January 2024 was a Monday.
local WEEKDAYS = {
	MO = '2024-01-01', TU = '2024-01-02', WE = '2024-01-03', TH = '2024-01-04',
	FR = '2024-01-05', SA = '2024-01-06', SU = '2024-01-07',
}
local CODES = { 'MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU' }
local NUMBERS = { MO = 1, TU = 2, WE = 3, TH = 4, FR = 5, SA = 6, SU = 7 }
local MOST = 999
local MOST_DAYS = 36525 -- beyond a hundred years nobody asks for the last day
local FREQUENCIES = { DAILY = true, WEEKLY = true, MONTHLY = true, YEARLY = true }
local SAID = { FREQ = true, INTERVAL = true, BYDAY = true, BYMONTHDAY = true,
	COUNT = true, UNTIL = true }
local PLACES = { 'first', 'second', 'third', 'fourth', [-1] = 'last' }

-- The ordinal, '' without one, and the name of a day such as '-1FR'; nil for other
-- texts.
local function weekday(item)
	local place, name = item:match('^([+-]?%d*)(%u%u)$')
	if not WEEKDAYS[name] or place ~= '' and not place:find('^[+-]?[1-9]%d?$') then
		return nil
	end
	return place, name
end

-- A test for whole numbers from 1 to `highest`, with `fromEnd` negative ones too.
local function upTo(highest, fromEnd)
	return function (value)
		local sign, digits = value:match('^([+-]?)(%d+)$')
		local number = tonumber(digits)
		return number and number >= 1 and number <= highest and (fromEnd or sign ~= '-')
	end
end

local function isUntil(value)
	local year, month, day, rest = value:match('^(%d%d%d%d)(%d%d)(%d%d)(.*)$')
	if not year or not Times.isInRange(year .. '-' .. month .. '-' .. day) then
		return false
	end
	local hours, minutes, seconds = rest:match('^T(%d%d)(%d%d)(%d%d)Z?$')
	return rest == '' or hours and tonumber(hours) < 24 and tonumber(minutes) < 60
		and tonumber(seconds) < 60
end

-- Tests for values by part, as space/dates/recurrence.py reads them; of those in LISTS, for
-- each item.
local TESTS = {
	FREQ = function (value) return FREQUENCIES[value] end,
	INTERVAL = upTo(MOST), COUNT = upTo(MOST), UNTIL = isUntil,
	BYDAY = function (value) return weekday(value) end,
	BYMONTHDAY = upTo(31, true), BYMONTH = upTo(12), BYSETPOS = upTo(366, true),
	WKST = function (value) return WEEKDAYS[value] end,
}
local LISTS = { BYDAY = true, BYMONTHDAY = true, BYMONTH = true, BYSETPOS = true }

local function fits(name, value)
	local items = LISTS[name] and Normal.split(value, ',') or { value }
	for _, item in ipairs(items) do
		if not TESTS[name](item) then
			return false
		end
	end
	return true
end

-- Whether parts may stand together; RFC 5545 forbids some pairs.
local function agree(found)
	local monthly = found.FREQ == 'MONTHLY' or found.FREQ == 'YEARLY'
	return not (found.COUNT and found.UNTIL)
		and (monthly or not (found.BYDAY or ''):find('%d'))
		and not (found.BYMONTHDAY and found.FREQ == 'WEEKLY')
		and (not found.BYSETPOS or found.BYDAY or found.BYMONTHDAY or found.BYMONTH)
end

-- The parts of a rule by name, or nil for a text that is no rule.
local function parts(rule)
	local found = {}
	for _, part in ipairs(Normal.split(rule, ';')) do
		local name, value = part:match('^(%u+)=([%u%d,+-]+)$')
		if not TESTS[name] or found[name] or not fits(name, value) then
			return nil
		end
		found[name] = value
	end
	return found.FREQ and agree(found) and found or nil
end

-- Rules in a word.
local RULES = {
	DAILY = 'FREQ=DAILY', WEEKLY = 'FREQ=WEEKLY', MONTHLY = 'FREQ=MONTHLY',
	YEARLY = 'FREQ=YEARLY',
}

-- The canonical text of a rule, or nil for a text that is no rule.
function Recurrence.read(text)
	local rule = Normal.ascii(text):gsub(' ', ''):upper()
	rule = Normal.trimEnd(rule:gsub('^RRULE:', ''), ';')
	rule = RULES[rule] or rule
	return parts(rule) and rule or nil
end

local LONGEST = { MONTHLY = 31, YEARLY = 366 }
local SHORTEST = { MONTHLY = 28, YEARLY = 52 * 7 }

-- Whether every month (or year) has all days that the parts name: some months have no
-- fifth Monday and no 31st.
local function isInEveryPeriod(found)
	if found.BYDAY and found.BYMONTHDAY then
		return false
	end
	local days = SHORTEST[found.FREQ]
	for place in (found.BYDAY or ''):gmatch('([%d]*)%u+') do
		if (tonumber(place) or 0) * 7 <= days then
			return true
		end
	end
	for day in (found.BYMONTHDAY or ''):gmatch('%d+') do
		if tonumber(day) <= days then
			return true
		end
	end
	return not (found.BYDAY or found.BYMONTHDAY)
end

-- The least number of days between two occurrences of a weekly rule.
local function weeklySpacing(found, interval)
	local weekStart = WEEKDAYS[found.WKST or 'MO']
	local isOn, places = {}, {}
	for item in (found.BYDAY or found.WKST or 'MO'):gmatch('%u+') do
		isOn[Times.daysBetween(weekStart, WEEKDAYS[item]) % 7] = true
	end
	for place = 0, 6 do
		if isOn[place] then
			table.insert(places, place)
		end
	end
	local least = places[1] + 7 * interval - places[#places]
	for number = 2, #places do
		least = math.min(least, places[number] - places[number - 1])
	end
	return least
end

-- A number of days that some two neighbouring dates of a canonical rule are not further
-- apart than; nil where only a walk through the dates could tell (spacing in
-- space/dates/recurrence.py).
function Recurrence.spacing(rule)
	local found = parts(rule)
	if not found or tonumber(found.COUNT) == 1 or found.BYMONTH or found.BYSETPOS then
		return nil
	end
	local interval = tonumber(found.INTERVAL) or 1
	if LONGEST[found.FREQ] then
		return isInEveryPeriod(found) and LONGEST[found.FREQ] * interval or nil
	elseif found.FREQ == 'DAILY' then
		return not found.BYDAY and not found.BYMONTHDAY and interval or nil
	end
	return weeklySpacing(found, interval)
end

local function isSaid(found)
	for name in pairs(found) do
		if not SAID[name] then
			return false
		end
	end
	return true
end

-- A day in words, 'Monday' or 'last Friday'; nil for ordinals that have no word here.
local function day(item)
	local place, weekdayName = weekday(item)
	local name = Times.write('wiki-format-weekday-long', WEEKDAYS[weekdayName])
	if place == '' then
		return name
	end
	local word = PLACES[tonumber(place)]
	return word and Messages.get('wiki-repeats-' .. word, name, NUMBERS[weekdayName])
end

local function days(list)
	local names = {}
	for item in list:gmatch('[^,]+') do
		local name = day(item)
		if not name then
			return nil
		end
		table.insert(names, name)
	end
	return Text.list(names)
end

local function untilDay(date)
	return Messages.get('wiki-repeats-until', Times.writeDate(date))
end

-- The last date of a rule with COUNT from the date of its start; nil where the frequency
-- is neither daily nor weekly on one day.
local function lastDay(found, first)
	local step = found.FREQ == 'DAILY' and 1 or found.FREQ == 'WEEKLY' and 7
	if not step or found.BYDAY and found.BYDAY ~= CODES[Times.weekday(first)] then
		return nil
	end
	local interval = tonumber(found.INTERVAL) or 1
	local later = step * interval * (tonumber(found.COUNT) - 1)
	return later <= MOST_DAYS and Times.addDays(first, later) or nil
end

local function ending(found, first)
	if found.COUNT then
		local last = first and lastDay(found, first)
		return Text.facts(
			Messages.get('wiki-repeats-count', tonumber(found.COUNT)),
			last and untilDay(last)
		)
	elseif found.UNTIL then
		local date = found.UNTIL:gsub('^(%d%d%d%d)(%d%d)(%d%d).*$', '%1-%2-%3')
		return untilDay(date)
	end
	return nil
end

-- The days of a rule in words, '' for a rule without any; nil for days that have no
-- words here.
local function on(found)
	if found.BYDAY then
		return not found.BYMONTHDAY and days(found.BYDAY) or nil
	elseif found.BYMONTHDAY then
		local number = found.FREQ == 'MONTHLY' and tonumber(found.BYMONTHDAY)
		return number and number > 0 and Messages.get('wiki-repeats-month-day', number) or nil
	end
	return ''
end

-- A canonical rule in words, or as it is. With the start of the series (nil for none) it
-- names the weekday that the rule leaves open, and the last day.
function Recurrence.describe(rule, start)
	local found, first = parts(rule), start and start:sub(1, 10)
	if found and first and found.FREQ == 'WEEKLY' and not found.BYDAY then
		found.BYDAY = CODES[Times.weekday(first)]
	end
	local names = found and isSaid(found) and on(found)
	if not names then
		return mw.text.nowiki(rule)
	end
	return Text.facts(
		Messages.get('wiki-repeats-' .. found.FREQ:lower(), tonumber(found.INTERVAL) or 1),
		names,
		ending(found, first)
	)
end

return Recurrence
