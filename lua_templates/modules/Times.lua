-- Wall times, zones and instants. A wall time is '2026-11-28 10:00', or '2026-11-28'
-- for a whole day; an instant is a number of seconds since 1970 in UTC. MediaWiki
-- knows the zones: a time that does not exist or exists twice resolves there as
-- Python's fold=0 does.
local Messages = require('Module:Space/Messages')

local Times = {}

local DAY = 86400
local english
local days, written = {}, {}
local today

local function lang()
	english = english or mw.language.new('en')
	return english
end

-- The zone as PHP wants it after a time: 'UTC+05:30' is '+05:30' there.
local function php(zone)
	return (zone:gsub('^UTC([+-])', '%1'))
end

function Times.isAllDay(wall)
	return not wall:find(':', 1, true)
end

-- The instant of a wall time in a zone, or nil where there is no such date or zone.
function Times.instant(wall, zone)
	local date, clock = wall:match('^(%d%d%d%d%-%d%d%-%d%d) ?(.*)$')
	if not date then
		return nil
	end
	clock = clock ~= '' and clock or '00:00'
	local known, seconds = pcall(function ()
		return lang():formatDate('U', date .. ' ' .. clock .. ' ' .. php(zone))
	end)
	return known and tonumber(seconds) or nil
end

function Times.isZone(zone)
	return Times.instant('2026-01-01', zone) ~= nil
end

function Times.isDate(date)
	local instant = Times.instant(date, 'UTC')
	return instant ~= nil and Times.date(instant) == date
end

-- The UTC date of an instant.
function Times.date(instant)
	return lang():formatDate('Y-m-d', '@' .. instant)
end

-- The date some days after a date.
function Times.addDays(date, number)
	local key = date .. ' ' .. number
	days[key] = days[key] or Times.date(Times.instant(date, 'UTC') + number * DAY)
	return days[key]
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
	local seconds = Times.instant(wall, 'UTC') - Times.instant(wall, zone)
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
	return lang():formatDate('Y-m-d H:i', '@' .. instant)
end

-- The instant as <time datetime>, round a text that is safe as wikitext.
function Times.element(instant, text)
	return mw.html.create('time')
		:attr('datetime', lang():formatDate('Y-m-d\\TH:i\\Z', '@' .. instant))
		:wikitext(text)
end

return Times
