-- Dates and times as people write them, in any script's digits: '2026-11-28 10:00',
-- '28 November 2026, 10:00', 'November 28, 2026 at 5:30 pm'. Orders that differ between
-- countries are not guessed at.
local Normal = require('Module:Space/Normal')
local Times = require('Module:Space/Times')

local Moments = {}

local MONTHS = {
	'january', 'february', 'march', 'april', 'may', 'june', 'july', 'august',
	'september', 'october', 'november', 'december',
}

-- The number of a month by its English name or the beginning of it; nil for none.
local function month(name)
	for number, full in ipairs(MONTHS) do
		if #name >= 3 and full:sub(1, #name) == name:lower() then
			return number
		end
	end
	return nil
end

-- The date at the beginning of a text, '2026-11-28', and the rest of the text; nil for
-- none.
local function date(text)
	local year, number, day, rest = text:match('^(%d%d%d%d)%-(%d%d?)%-(%d%d?)(.*)$')
	if not year then
		local name
		day, name, year, rest = text:match('^(%d%d?) (%a+)%.? (%d%d%d%d)(.*)$')
		if not day then
			name, day, year, rest = text:match('^(%a+)%.? (%d%d?),? (%d%d%d%d)(.*)$')
		end
		number = name and month(name)
	end
	if not number or rest:find('^%d') then
		return nil
	end
	local found = string.format('%s-%02d-%02d', year, number, day)
	return Times.isInRange(found) and found, rest
end

-- The hour of a day from one of its half, 'a' or 'p' in any case; nil for none that it has.
local function ofHalf(hour, half)
	if hour < 1 or hour > 12 then
		return nil
	end
	return hour % 12 + (half:lower() == 'p' and 12 or 0)
end

-- The time of day at the end of a text, behind what parts it from the date; nil for none.
local function clock(text)
	local rest = text:match('^T(%d.*)$') or text:match('^,? (%d.*)$')
		or text:match('^,? at (%d.*)$')
	local hour, minute, tail = (rest or ''):match('^(%d%d?):(%d%d)(.*)$')
	if hour then
		tail = tail:gsub('^:00', '')
	else
		hour, tail = (rest or ''):match('^(%d%d?)(.*)$')
	end
	local half = tail and tail:match('^ ?([AaPp])%.?[Mm]%.?$')
	if not hour or not half and (tail ~= '' or not minute) then
		return nil
	end
	hour = half and ofHalf(tonumber(hour), half) or not half and tonumber(hour)
	if not hour or hour > 23 or tonumber(minute or 0) > 59 then
		return nil
	end
	return string.format('%02d:%s', hour, minute or '00')
end

-- The canonical form of a date or wall time in ASCII; nil for any other text.
local function read(text)
	local day, rest = date(text)
	if not day or rest == '' then
		return day or nil
	end
	local time = clock(rest)
	return time and day .. ' ' .. time
end

-- Whether a text is a wall time with a time zone at its end.
local function hasZone(text)
	for _, zone in ipairs({ ' ?%a+', ' ?%a?%a?%a?[+-]%d%d?:?%d%d' }) do
		local shorter = text:match('^(.*%d)' .. zone .. '$')
		if shorter and read(shorter) then
			return true
		end
	end
	return false
end

-- The canonical form of a date or wall time, '2026-11-28 10:00'; or nil and a problem's
-- code. `day` is the date of a time that stands alone, nil where that is none.
function Moments.read(text, day)
	text = Normal.ascii(text)
	local found = read(text) or day and read(day .. ' ' .. text)
	if found then
		return found
	end
	return nil, hasZone(text) and 'moment-zone' or 'moment'
end

-- The canonical form of a date without a time; or nil and a problem's code.
function Moments.readDate(text)
	local found = Moments.read(text)
	if not found or not Times.isAllDay(found) then
		return nil, 'date'
	end
	return found
end

return Moments
