-- Wall times, zones and instants. A wall time is '2026-11-28 10:00', or '2026-11-28'
-- for a whole day; an instant is a number of seconds since 1970 in UTC. MediaWiki writes
-- dates in the reader's language, but is never asked about zones or whether a date is one.
local Dates = require('Module:Space/Dates')
local Messages = require('Module:Space/Messages')
local TimeZone = require('Module:Space/TimeZone')

local Times = {}

local DAY = 86400
local FIRST_YEAR, LAST_YEAR = 1900, 2199 -- as in space/dates/moments.py
local written = {}
local today

function Times.isAllDay(wall)
	return not wall:find(':', 1, true)
end

-- The seconds since 1970 that the clock of a wall time would count, or nil where there
-- is no such date or time.
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

-- The instant of a wall time in a zone, or nil where there is no such time or zone.
function Times.instant(wall, zone)
	local seconds = clock(wall)
	local offset = seconds and TimeZone.offset(zone, seconds)
	return offset and seconds - offset
end

function Times.isDate(date)
	return Dates.read(date) ~= nil
end

-- Whether a page may have a date: beyond these years it is a slip of the keyboard.
function Times.isInRange(date)
	local year = tonumber(date:sub(1, 4))
	return Times.isDate(date) and year >= FIRST_YEAR and year <= LAST_YEAR
end

-- The UTC date of an instant.
function Times.date(instant)
	return Dates.write(math.floor(instant / DAY))
end

-- The date some days after a date.
function Times.addDays(date, number)
	return Dates.write(Dates.read(date) + number)
end

-- The last day of the month of a date.
function Times.lastOfMonth(date)
	local year, month = Dates.parts(Dates.read(date))
	return string.format('%04d-%02d-%02d', year, month, Dates.length(year, month))
end

-- How many days after the first date the second is.
function Times.daysBetween(first, second)
	return Dates.read(second) - Dates.read(first)
end

-- The day of the week of a date, 1 for Monday to 7 for Sunday.
function Times.weekday(date)
	return Dates.weekday(Dates.read(date))
end

-- Today's UTC date. The magic words, unlike Lua's clock, end the life of the cached
-- page at midnight; ask only where the page depends on the day.
function Times.today()
	today = today or mw.getCurrentFrame():preprocess(
		'{{CURRENTYEAR}}-{{CURRENTMONTH}}-{{CURRENTDAY2}}'
	)
	return today
end

-- From and to of an event: instants, `to` exclusive. An event without an end is over
-- when it starts, or at the end of its day. Nil where its start or zone is unknown.
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

-- 'UTC+13:00' as the offset of a zone at a wall time.
function Times.offset(wall, zone)
	local seconds = TimeZone.offset(zone, clock(wall))
	local sign = seconds < 0 and '−' or '+'
	local minutes = math.abs(seconds) / 60
	return string.format('UTC%s%02d:%02d', sign, math.floor(minutes / 60), minutes % 60)
end

-- How the reader's language writes a date: `key` names a message with the format, as
-- mw.language:formatDate takes it.
function Times.write(key, wall)
	local known = key .. ' ' .. wall
	written[known] = written[known]
		or Messages.language():formatDate(Messages.get(key), wall)
	return written[known]
end

-- A date; `key` names another format than the long one.
function Times.writeDate(wall, key)
	return Times.write(key or 'wiki-format-date', wall:sub(1, 10))
end

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

-- '28 November 2026, 10:00–16:00' and its longer kin, in the times given; `key` as
-- for writeDate.
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

-- The last day of an event on the wall of its place: an end at midnight ends the day
-- before.
function Times.lastDay(first, last)
	if not last then
		return first:sub(1, 10)
	end
	if last:sub(12) == '00:00' and last > first then
		return Times.addDays(last:sub(1, 10), -1)
	end
	return last:sub(1, 10)
end

-- The wall time of an instant in UTC.
function Times.utc(instant)
	local minutes = math.floor(instant % DAY / 60)
	return string.format('%s %02d:%02d',
		Times.date(instant), math.floor(minutes / 60), minutes % 60)
end

-- The instant as <time datetime>, round a text that is safe as wikitext.
function Times.element(instant, text)
	return mw.html.create('time')
		:attr('datetime', Times.utc(instant):gsub(' ', 'T') .. 'Z')
		:wikitext(text)
end

return Times
