-- Series that nobody has confirmed for long, as space/publication/series.py says it.
local Messages = require('Module:Space/Messages')
local Settings = require('Module:Space/Settings')
local Times = require('Module:Space/Times')

local Series = {}

local MONTH = 100

-- A number to compare days by, in which a month is MONTH.
local function months(date)
	local year, month, day = date:match('^(%d+)-(%d+)-(%d+)')
	return (year * 12 + month) * MONTH + day
end

-- Since when nobody has confirmed a series, in words, or nil where it does not ask.
-- `confirmed` is the day of the last sign that it goes on, `last` that of its end.
function Series.unconfirmed(confirmed, last)
	if not confirmed then
		return nil
	end
	local after = tonumber(Settings.get('confirm_months')) * MONTH
	local today = months(Times.today())
	if months(confirmed) + after > today or last and months(last) < today + after then
		return nil
	end
	return Times.writeDate(confirmed)
end

-- The flag in lists of an entry of the data pages, or nil.
function Series.flag(event)
	local since = Series.unconfirmed(event.confirmed, event['until'])
	return since and Messages.get('wiki-unconfirmed', since)
end

return Series
