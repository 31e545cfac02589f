-- A recurrence rule (RFC 5545 RRULE) in words, for the common ones; others as they are.
local Messages = require('Module:Space/Messages')
local Times = require('Module:Space/Times')
local Text = require('Module:Space/Text')

local Recurrence = {}

-- 1 January 2024 was a Monday.
local WEEKDAYS = {
	MO = '2024-01-01', TU = '2024-01-02', WE = '2024-01-03', TH = '2024-01-04',
	FR = '2024-01-05', SA = '2024-01-06', SU = '2024-01-07',
}
local FREQUENCIES = { DAILY = true, WEEKLY = true, MONTHLY = true, YEARLY = true }
-- What each part of a rule may look like; those that can be said in words are true.
local NUMBER = '^[1-9]%d?%d?$'
local SHAPES = {
	FREQ = '^%u+$', INTERVAL = NUMBER, COUNT = NUMBER, UNTIL = '^%d%d%d%d%d%d%d%d',
	BYDAY = '%u%u$', BYMONTHDAY = '%d$', BYMONTH = '%d$', BYSETPOS = '%d$', WKST = '^%u%u$',
}
local SAID = { FREQ = true, INTERVAL = true, BYDAY = true, BYMONTHDAY = true,
	COUNT = true, UNTIL = true }
local PLACES = {
	['1'] = 'first', ['2'] = 'second', ['3'] = 'third', ['4'] = 'fourth', ['-1'] = 'last',
}

local function weekday(item)
	local name = item:match('^[+-]?[1-9]?%d?(%u%u)$')
	return name and WEEKDAYS[name]
end

local function partFits(name, value)
	if not SHAPES[name] or not value:find(SHAPES[name]) then
		return false
	end
	-- Beyond the years of events it would mean "for ever", which is no UNTIL.
	if name == 'UNTIL' and (value < '1900' or value >= '2200') then
		return false
	end
	for item in value:gmatch('[^,]+') do
		if name == 'BYDAY' and not weekday(item) then
			return false
		end
	end
	return name ~= 'FREQ' or FREQUENCIES[value]
end

-- The parts of a rule by name, or nil where it is none.
local function parts(rule)
	local found = {}
	for part in rule:gmatch('[^;]+') do
		local name, value = part:match('^(%u+)=([%u%d,+-]+)$')
		if not name or found[name] or not partFits(name, value) then
			return nil
		end
		found[name] = value
	end
	if not found.FREQ or found.COUNT and found.UNTIL then
		return nil
	end
	return found
end

-- Canonical text of a rule, or nil.
function Recurrence.read(text)
	local rule = text:upper():gsub('%s', ''):gsub('^RRULE:', ''):gsub(';$', '')
	if not parts(rule) then
		return nil
	end
	return rule
end

local function isSaid(found)
	for name in pairs(found) do
		if not SAID[name] then
			return false
		end
	end
	return true
end

-- 'Monday', 'last Friday', or nil for what has no word here.
local function day(item)
	local place = item:match('^%+?(-?%d*)')
	local name = Times.write('wiki-format-weekday-long', weekday(item))
	if place == '' then
		return name
	end
	return PLACES[place] and Messages.get('wiki-repeats-' .. PLACES[place], name)
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

local function ending(found)
	if found.COUNT then
		return Messages.get('wiki-repeats-count', tonumber(found.COUNT))
	elseif found.UNTIL then
		local date = found.UNTIL:gsub('^(%d%d%d%d)(%d%d)(%d%d).*$', '%1-%2-%3')
		return Messages.get('wiki-repeats-until', Times.writeDate(date))
	end
	return nil
end

-- The days of a rule in words, '' without any, or nil for what has no words here.
local function on(found)
	if found.BYDAY then
		return not found.BYMONTHDAY and days(found.BYDAY) or nil
	elseif found.BYMONTHDAY then
		local number = found.FREQ == 'MONTHLY' and found.BYMONTHDAY:match('^%d+$')
		return number and Messages.get('wiki-repeats-month-day', number) or nil
	end
	return ''
end

-- A canonical rule in words.
function Recurrence.describe(rule)
	local found = parts(rule)
	local names = found and isSaid(found) and on(found)
	if not names then
		return mw.text.nowiki(rule)
	end
	return Text.facts(
		Messages.get('wiki-repeats-' .. found.FREQ:lower(), tonumber(found.INTERVAL) or 1),
		names,
		ending(found)
	)
end

return Recurrence
