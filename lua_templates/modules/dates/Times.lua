-- Wall times, zones and instants. A wall time is '2026-11-28 10:00', or '2026-11-28' for
-- a whole day; an instant is seconds since 1970 in UTC. MediaWiki formats dates in the
-- reader's language, but is never asked about zones or the validity of dates.
local Dates = require('Module:Space/Dates')
local Messages = require('Module:Space/Messages')
local TimeZone = require('Module:Space/TimeZone')

local Times = {}

local DAY = 86400
local FIRST_YEAR, LAST_YEAR = 1900, 2199 -- as in space/dates/moments.py
local written = {}
local today

-- Whether a wall time is a date without a time.
function Times.isAllDay(wall)
	return not wall:find(':', 1, true)
end

-- A wall time in seconds since 1970 of its own clock; nil for a date or time that does
-- not exist.
local function clock(wall)
	local days = Dates.read(wall:sub(1, 10))
	if not days or #wall == 10 then
		return days and days * DAY
	end
	local hours, minutes = wall:match('^ (%d%d):(%d%d)$', 11)
	hours, minutes = tonumber(hours), tonumber(minutes)
	return hours and hours < 24 and minutes < 60
		and days * DAY + hours * 3600 + minutes * 60 or nil
end

-- The instant of a wall time in a zone; nil for an unknown zone or a time that does not
-- exist.
function Times.instant(wall, zone)
	local seconds = clock(wall)
	local offset = seconds and TimeZone.offset(zone, seconds)
	return offset and seconds - offset
end

-- Whether a text is a date, '2026-11-28', that the calendar has.
function Times.isDate(date)
	return Dates.read(date) ~= nil
end

-- Whether a date is one that a page may have; others are slips of the keyboard.
function Times.isInRange(date)
	local year = tonumber(date:sub(1, 4))
	return Times.isDate(date) and year >= FIRST_YEAR and year <= LAST_YEAR
end

-- The UTC date of an instant, '2026-11-28'.
function Times.date(instant)
	return Dates.write(math.floor(instant / DAY))
end

-- The date a number of days after a date.
function Times.addDays(date, number)
	return Dates.write(Dates.read(date) + number)
end

-- The last day of the month of a date.
function Times.lastOfMonth(date)
	local year, month = Dates.parts(Dates.read(date))
	return string.format('%04d-%02d-%02d', year, month, Dates.length(year, month))
end

-- The number of days from the first date to the second.
function Times.daysBetween(first, second)
	return Dates.read(second) - Dates.read(first)
end

-- The day of the week of a date, 1 for Monday to 7 for Sunday.
function Times.weekday(date)
	return Dates.weekday(Dates.read(date))
end

-- Today's date in UTC. The magic words end the parser cache's copy of the page at
-- midnight, which Lua's clock does not; ask only where the page depends on the day.
function Times.today()
	today = today or mw.getCurrentFrame():preprocess(
		'{{CURRENTYEAR}}-{{CURRENTMONTH}}-{{CURRENTDAY2}}'
	)
	return today
end

-- The instants at which an event begins and ends (exclusive), from its wall times.
-- Without an end (nil) it ends when it starts, or at the end of its day. Nil where the
-- start or the zone is unknown.
function Times.span(first, last, zone)
	local from = Times.instant(first, zone)
	if not from then
		return nil
	end
	if Times.isAllDay(first) then
		local day = Times.isDate(last or first) and last or first
		return from, Times.instant(Times.addDays(day, 1), zone)
	end
	return from, last and Times.instant(last, zone) or from
end

-- The offset of a zone at a wall time, written as 'UTC+13:00'.
function Times.offset(wall, zone)
	local seconds = TimeZone.offset(zone, clock(wall))
	local sign = seconds < 0 and '−' or '+'
	local minutes = math.abs(seconds) / 60
	return string.format('UTC%s%02d:%02d', sign, math.floor(minutes / 60), minutes % 60)
end

-- A wall time in the reader's language; `key` names the message with the format, as
-- mw.language:formatDate takes it.
function Times.write(key, wall)
	local known = key .. ' ' .. wall
	written[known] = written[known]
		or Messages.language():formatDate(Messages.get(key), wall)
	return written[known]
end

-- The date of a wall time in words; `key` names a format other than the long one.
function Times.writeDate(wall, key)
	return Times.write(key or 'wiki-format-date', wall:sub(1, 10))
end

-- The time of a wall time, '10:00', in the reader's language.
function Times.writeTime(wall)
	return Times.write('wiki-format-time', wall)
end

-- '1 – 30 November 2026': days of one month or year, as short as the language has it.
local function writeDays(first, last)
	local kind = first:sub(1, 7) == last:sub(1, 7) and 'month'
		or first:sub(1, 4) == last:sub(1, 4) and 'year'
	if not kind then
		return nil
	end
	local key = 'wiki-format-days-' .. kind
	return Messages.get('wiki-time-range',
		Times.write(key .. '-first', first), Times.write(key .. '-last', last))
end

-- A range of wall times in words, '28 November 2026, 10:00–16:00', as short as the
-- language has it; `last` may be nil, `key` is as for Times.writeDate.
function Times.writeRange(first, last, key)
	local start = Times.writeDate(first, key)
	if Times.isAllDay(first) then
		if not last or last == first then
			return start
		end
		return key and writeDays(first, last)
			or Messages.get('wiki-time-range', start, Times.writeDate(last, key))
	end
	start = Messages.get('wiki-time-moment', start, Times.writeTime(first))
	if not last or last == first then
		return start
	end
	if last:sub(1, 10) == first:sub(1, 10) then
		return Messages.get('wiki-time-range-short', start, Times.writeTime(last))
	end
	return Messages.get('wiki-time-range', start,
		Messages.get('wiki-time-moment', Times.writeDate(last, key), Times.writeTime(last)))
end

-- The last date of an event on the wall of its place; an end at midnight belongs to the
-- day before.
function Times.lastDay(first, last)
	if not last then
		return first:sub(1, 10)
	end
	if last:sub(12) == '00:00' and last > first then
		return Times.addDays(last:sub(1, 10), -1)
	end
	return last:sub(1, 10)
end

-- The wall time of an instant in UTC, '2026-11-28 10:00'.
function Times.utc(instant)
	local minutes = math.floor(instant % DAY / 60)
	return string.format('%s %02d:%02d',
		Times.date(instant), math.floor(minutes / 60), minutes % 60)
end

-- A <time> element with the instant as its datetime, round a text that is safe as
-- wikitext.
function Times.element(instant, text)
	return mw.html.create('time')
		:attr('datetime', Times.utc(instant):gsub(' ', 'T') .. 'Z')
		:wikitext(text)
end

return Times
