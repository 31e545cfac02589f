-- The Gregorian calendar in pure Lua: dates such as '2026-11-28' as days since
-- 1970-01-01, and back. Years have four digits and begin with 0001, as in Python.
local Dates = {}

local MONTHS = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 }
local EPOCH = 719468 -- 1970-01-01 in days since 0000-03-01
local ERA = 146097 -- days in 400 years

local floor = math.floor

local function isLeap(year)
	return year % 4 == 0 and (year % 100 ~= 0 or year % 400 == 0)
end

-- The number of days of a month, 1 to 12.
function Dates.length(year, month)
	return MONTHS[month] + (month == 2 and isLeap(year) and 1 or 0)
end

-- The number of days from 1970-01-01 to a date. Years begin in March here, so that the
-- leap day comes last.
function Dates.count(year, month, day)
	if month < 3 then
		year = year - 1
	end
	local ofYear = floor((153 * ((month + 9) % 12) + 2) / 5) + day - 1
	return 365 * year + floor(year / 4) - floor(year / 100) + floor(year / 400)
		+ ofYear - EPOCH
end

-- The days since 1970-01-01 of a date; nil for a text that is no date and for a day that
-- the calendar lacks.
function Dates.read(text)
	local year, month, day = text:match('^(%d%d%d%d)%-(%d%d)%-(%d%d)$')
	year, month, day = tonumber(year), tonumber(month), tonumber(day)
	if not year or year < 1 or month < 1 or month > 12
		or day < 1 or day > Dates.length(year, month)
	then
		return nil
	end
	return Dates.count(year, month, day)
end

-- Year, month and day of a number of days since 1970-01-01.
function Dates.parts(number)
	local days = number + EPOCH
	local era = floor(days / ERA)
	days = days - era * ERA
	local year = floor(
		(days - floor(days / 1460) + floor(days / 36524) - floor(days / (ERA - 1))) / 365
	)
	days = days - (365 * year + floor(year / 4) - floor(year / 100))
	local month = floor((5 * days + 2) / 153)
	local day = days - floor((153 * month + 2) / 5) + 1
	month = month < 10 and month + 3 or month - 9
	return year + era * 400 + (month < 3 and 1 or 0), month, day
end

-- The date, '2026-11-28', of a number of days since 1970-01-01.
function Dates.write(number)
	return string.format('%04d-%02d-%02d', Dates.parts(number))
end

-- The day of the week, 1 for Monday to 7 for Sunday.
function Dates.weekday(number)
	return (number + 3) % 7 + 1
end

return Dates
