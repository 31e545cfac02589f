-- Offsets from UTC by the tzdata that Python has (Module:Space/Zones). A wall time that
-- clocks skip has the offset before the change; of one that they show twice the first is
-- meant.
local Dates = require('Module:Space/Dates')

local TimeZone = {}

local DAY = 86400
local FIRST_LETTER = ('A'):byte()

local data

local function known(name)
	data = data or mw.loadData('Module:Space/Zones')
	return data.zones[data.aliases[name] or name]
end

-- The offset in seconds of a name such as 'UTC+05:30', or nil.
local function fixed(name)
	local sign, hours, minutes = name:match('^UTC([+-])(%d%d):(%d%d)$')
	local seconds = sign and (hours * 60 + minutes) * 60
	return seconds and (sign == '-' and -seconds or seconds)
end

-- The offset in seconds by the changes that a zone lists.
local function listed(zone, wall)
	local offset, at = zone.offsets[1], data.begin
	for minutes, seconds, letter in zone.changes:gmatch('([%l%d]+)%.?(%d*)(%u)') do
		at = at + tonumber(minutes, 36) * 60 + (tonumber(seconds) or 0)
		if at > wall then
			break
		end
		offset = zone.offsets[letter:byte() - FIRST_LETTER + 1]
	end
	return offset
end

-- The wall time, in seconds since 1970, at which a rule changes the clocks in a year.
local function change(rule, year)
	-- No unpack: it does not see what is in tables from loadData.
	local month, week, weekday, seconds = rule[1], rule[2], rule[3], rule[4]
	local first = Dates.count(year, month, 1)
	local day = (weekday - Dates.weekday(first)) % 7 + (week - 1) * 7
	while day >= Dates.length(year, month) do
		day = day - 7
	end
	return (first + day) * DAY + seconds
end

-- The offset in seconds by the newest change of a zone's rules; nil before the first.
local function ruled(zone, wall)
	local year = Dates.parts(math.floor(wall / DAY))
	local newest, offset = zone.since or data.begin, nil
	for _, rule in ipairs(zone.rules) do
		for each = year - 1, year + 1 do
			local at = change(rule, each)
			if at >= newest and at <= wall then
				newest, offset = at, rule[5]
			end
		end
	end
	return offset
end

-- The offset in seconds east of UTC at a wall time, given in seconds since 1970 of that
-- clock; nil for an unknown zone.
function TimeZone.offset(name, wall)
	if name == 'UTC' or fixed(name) then
		return fixed(name) or 0
	end
	local zone = known(name)
	if not zone then
		return nil
	end
	return zone.rules and wall >= (zone.since or wall) and ruled(zone, wall)
		or listed(zone, wall)
end

-- The place that a zone is named after, as in "Buenos Aires"; the name itself where it
-- has none, as in UTC+05:30. Signs of Etc/GMT+5 are turned round, so it stays whole.
function TimeZone.place(name)
	if name:find('^Etc/GMT') then
		return name
	end
	return (name:gsub('^.*/', ''):gsub('_', ' '))
end

return TimeZone
