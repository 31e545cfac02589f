-- The stretch of time that a list of events shows: `when` in words, `from` and `to`.
--
-- `from` and `to` are UTC days, as in the tool and in feeds. "Today", "weekend" and
-- "7 days" are days on the wall where each event takes place, which is what people
-- mean by them; which day is today is asked in UTC. There is no "now": a wiki keeps a
-- page for hours, and a list that depends on the day is kept until midnight in UTC.
local Month = require('Module:Space/Month')
local Normal = require('Module:Space/Normal')
local Times = require('Module:Space/Times')

local Period = {}

local MOST_DAYS = 366
local WEEKS = 14 -- days from which an event is one of weeks
local CHOICES = 'upcoming, today, weekend, week, next month, 7 days, past, all'

-- The instant at which a UTC day begins, '2026-11-28T00:00Z', as data pages write it.
local function midnight(day)
	return day .. 'T00:00Z'
end

-- Saturday and Sunday of the current week, without the days that are over.
local function weekend(today)
	local weekday = Times.weekday(today)
	return Times.addDays(today, math.max(0, 6 - weekday)), Times.addDays(today, 7 - weekday)
end

local WORDS = {}

function WORDS.all() end

function WORDS.upcoming(period)
	period.after = midnight(Times.today())
end

function WORDS.past(period)
	period.over = midnight(Times.today())
end

function WORDS.today(period)
	period.first = Times.today()
	period.last = period.first
end

function WORDS.weekend(period)
	period.first, period.last = weekend(Times.today())
end

local function days(period, number)
	period.first = Times.today()
	period.last = Times.addDays(period.first, number - 1)
	period.days = number
end

function WORDS.week(period)
	days(period, 7)
end

WORDS['next month'] = function (period)
	period.first = Month.first(Times.today(), 1)
	period.last = Times.lastOfMonth(period.first)
end

-- Words of lists that look ahead from today.
local AHEAD = {
	upcoming = true, today = true, weekend = true, days = true, ['next month'] = true,
}

-- Sets the bounds of a word of `when` on the period; returns whether there is such a
-- word.
local function read(period, written)
	local spelt = Normal.fold(written):gsub('-', ' ')
	local word = spelt:gsub('^this ', '')
	local number = tonumber(Normal.ascii(spelt):gsub('^next ', ''):match('^(%d%d?%d?) days?$'))
	if number and number >= 1 and number <= MOST_DAYS then
		days(period, number)
		period.word = 'days'
	elseif WORDS[word] then
		WORDS[word](period)
		period.word = period.days and 'days' or word
	end
	return period.word ~= nil
end

-- The period of a list whose filter has `from` and `to`. `written` is what `when` says;
-- without it a list begins today, unless it has a `from`. The second value is a problem.
--   after, before  instants that the events touch, before is exclusive
--   first, last    days that they touch on the wall
--   over           the instant at which they are over
--   word, days     which word it was, to say it again
--   begun          the day before which events have begun, where the list has those of
--                  weeks apart, as `apart` asks for
function Period.new(written, filter, apart)
	written = mw.text.trim(written or '')
	local period = {}
	if Normal.fold(written) == 'now' then
		return nil, { code = 'list-now', params = {} }
	end
	if written == '' then
		written = filter.from and 'all' or 'upcoming'
	end
	if not read(period, written) then
		return nil, { code = 'list-choice', params = { 'when', written, CHOICES } }
	end
	period.begun = apart and AHEAD[period.word] and Times.today() or nil
	local from = filter.from and midnight(filter.from)
	if from and (not period.after or from > period.after) then
		period.after = from
	end
	-- After all of that day; the last day there is has no day after it.
	period.before = filter.to and filter.to .. 'T99'
	return period
end

-- Whether an event touches the period. An event without a length touches the instant at
-- which it begins.
function Period.has(period, event)
	local after, before, over = period.after, period.before, period.over
	if before and event.from >= before
		or after and event.to <= after and event.from < after
		or over and (event.to > over or event.from >= over)
	then
		return false
	end
	return not period.first or event.start:sub(1, 10) <= period.last
		and Times.lastDay(event.start, event['end']) >= period.first
end

-- Whether an event of the period lasts for weeks and has begun before today, so that its
-- start says little.
function Period.goesOn(period, event)
	local first = event.start:sub(1, 10)
	return period.begun and first < period.begun and event['end'] ~= nil
		and Times.daysBetween(first, Times.lastDay(event.start, event['end'])) >= WEEKS
end

-- The first and the last month ('2026-11') with events of the period; nil for no bound.
function Period.months(period)
	local from, to
	for _, bound in ipairs({ period.after or '', period.first or '' }) do
		from = bound ~= '' and (not from or bound > from) and bound or from
	end
	for _, bound in ipairs({ period.before or '', period.last or '', period.over or '' }) do
		to = bound ~= '' and (not to or bound < to) and bound or to
	end
	return from and from:sub(1, 7), to and to:sub(1, 7)
end

return Period
