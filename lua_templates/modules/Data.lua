-- The bot's data pages, User:<bot>/Space/….json: the published events, posts and
-- places. Tables from JSON are walked with ipairs only; `#` says 0 there. Each page
-- read costs one expensive function call, of which a wiki allows 100 or more.
local Config = require('Module:Space/Config')

local Data = {}

local MOST_PAGES = 60

-- The data of one page, or nil where it is missing or broken.
function Data.load(name)
	local title = 'User:' .. Config.bot .. '/Space/' .. name .. '.json'
	local found, data = pcall(mw.loadJsonData, title)
	if found then
		return data
	end
	-- loadJsonData does not note that this page waits for a missing one; this does.
	mw.title.new(title):getContent()
	return nil
end

local function partName(kind, part)
	local name = kind .. '/' .. part.key
	return part.part > 1 and name .. '/' .. part.part or name
end

-- The parts an index lists whose key is in from…to; either may be nil.
local function parts(kind, from, to)
	local found = {}
	local index = Data.load(kind)
	for _, part in ipairs(index and index.parts or {}) do
		if (not from or part.key >= from) and (not to or part.key <= to) then
			table.insert(found, part)
		end
	end
	return found
end

-- Goes through entries part by part until `visit` returns true.
local function walk(kind, field, list, visit)
	for number, part in ipairs(list) do
		if number > MOST_PAGES then
			return
		end
		local page = Data.load(partName(kind, part))
		for _, entry in ipairs(page and page[field] or {}) do
			if visit(entry) then
				return
			end
		end
	end
end

-- Every occurrence of an event in the months from…to ('2026-11'), by start, once;
-- stops when `visit` returns true. Months may be nil for no bound.
function Data.eachEvent(from, to, visit)
	local seen = {}
	walk('Events', 'events', parts('Events', from, to), function (event)
		local key = event.id .. ' ' .. event.start
		if not seen[key] then
			seen[key] = true
			return visit(event)
		end
		return false
	end)
end

-- Every post, newest first; stops when `visit` returns true.
function Data.eachPost(visit)
	local years = parts('Posts')
	table.sort(years, function (a, b)
		if a.key ~= b.key then
			return a.key > b.key
		end
		return a.part < b.part
	end)
	walk('Posts', 'posts', years, visit)
end

-- Goes through a list that a page begins and its further parts go on with.
local function eachOf(name, field, visit)
	local first = Data.load(name)
	for number = 1, math.min(first and first.parts or 1, MOST_PAGES) do
		local part = number == 1 and first or Data.load(name .. '/' .. number)
		for _, entry in ipairs(part and part[field] or {}) do
			visit(entry)
		end
	end
end

-- The places of the map page and its further parts, each with its events.
function Data.places()
	local found = {}
	eachOf('Map', 'places', function (place)
		table.insert(found, place)
	end)
	return found
end

-- Every row of the review queue, the longest wait first.
function Data.eachWaiting(visit)
	eachOf('Queue', 'rows', visit)
end

-- How many pages wait; costs one page, however long the queue is.
function Data.waiting()
	local queue = Data.load('Queue')
	return queue and queue.waiting or 0
end

-- The figures of review by month, the newest first.
function Data.months()
	local figures = Data.load('Figures')
	return figures and figures.months or {}
end

return Data
