-- Confirmation of recurring events, as in space/publication/series.py
-- (SeriesConfirmation).
local Messages = require('Module:Space/Messages')
local Settings = require('Module:Space/Settings')
local Times = require('Module:Space/Times')

local Series = {}

local MONTH = 100

-- A number by which dates are compared: 100 for each month, 1 for each day.
local function months(date)
	local year, month, day = date:match('^(%d+)-(%d+)-(%d+)')
	return (year * 12 + month) * MONTH + day
end

-- The day of the last confirmation in words if a series needs a new one, else nil.
-- `confirmed` is that date, nil for no series; `last` the rule's UNTIL date or nil.
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

-- That an entry needs to be confirmed, in words; nil for others.
function Series.flag(event)
	local since = Series.unconfirmed(event.confirmed, event['until'])
	return since and Messages.get('wiki-unconfirmed', since)
end

return Series
