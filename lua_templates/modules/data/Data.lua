-- The bot's data pages, User:<bot>/Space/….json (docs/data-pages.md): published events,
-- posts and places. Arrays from JSON are walked with ipairs only; `#` is 0 there. Each
-- page read is one expensive parser function call, of which a wiki allows a page 100 or
-- more: a list reads at most MOST_PAGES and says so where these were not enough.
local Config = require('Module:Space/Config')

local Data = {}

local MOST_PAGES = 60

-- The JSON value of a data page, or nil where the page is missing or broken. The second
-- value says whether the wiki refused to read one more page.
function Data.load(name)
	local title = 'User:' .. Config.bot .. '/Space/' .. name .. '.json'
	local found, data = pcall(mw.loadJsonData, title)
	if found then
		return data, false
	end
	-- loadJsonData does not note that this page waits for a missing one; this does.
	mw.title.new(title):getContent()
	return nil, tostring(data):find('too many expensive', 1, true) ~= nil
end

local function partName(kind, part)
	local name = kind .. '/' .. part.key
	return part.part > 1 and name .. '/' .. part.part or name
end

-- The parts in an index with keys from…to, either of which may be nil; and whether the
-- wiki refused to read the index.
local function parts(kind, from, to)
	local found = {}
	local index, refused = Data.load(kind)
	for _, part in ipairs(index and index.parts or {}) do
		if (not from or part.key >= from) and (not to or part.key <= to) then
			table.insert(found, part)
		end
	end
	return found, refused
end

-- Passes the entries and the key of each part to `visit` until it returns true. Returns
-- false where the wiki refused a page or there were too many.
local function walk(kind, field, list, visit)
	for number, part in ipairs(list) do
		if number > MOST_PAGES then
			return false
		end
		local page, refused = Data.load(partName(kind, part))
		if refused then
			return false
		end
		if visit(page and page[field] or {}, part.key) then
			return true
		end
	end
	return true
end

local function reversed(list)
	local found = {}
	for place, item in ipairs(list) do
		found[place] = item
	end
	for place = 1, math.floor(#found / 2) do
		local other = #found + 1 - place
		found[place], found[other] = found[other], found[place]
	end
	return found
end

-- The key of the month in which an event is visited: that of its start in UTC, or the
-- nearest of the months first…last.
local function home(event, first, last)
	local month = event.from:sub(1, 7)
	return month < first and first or month > last and last or month
end

-- Passes every occurrence in the months from…to ('2026-11', nil for no bound) to `visit`
-- once, by start, with `backwards` the last one first, until it returns true. Returns
-- whether all could be read.
function Data.eachEvent(from, to, visit, backwards)
	local list, refused = parts('Events', from, to)
	if refused or not list[1] then
		return not refused
	end
	local first, last = list[1].key, list[#list].key
	if #list > MOST_PAGES and not backwards then
		last = list[MOST_PAGES].key
	elseif #list > MOST_PAGES then
		first = list[#list + 1 - MOST_PAGES].key
	end
	list = backwards and reversed(list) or list
	return walk('Events', 'events', list, function (events, key)
		for _, event in ipairs(backwards and reversed(events) or events) do
			if home(event, first, last) == key and visit(event) then
				return true
			end
		end
		return false
	end)
end

-- Passes every post of the years from…to ('2026', nil for no bound) to `visit`, newest
-- first, until it returns true. Returns whether all could be read.
function Data.eachPost(from, to, visit)
	local years, refused = parts('Posts', from, to)
	table.sort(years, function (a, b)
		if a.key ~= b.key then
			return a.key > b.key
		end
		return a.part < b.part
	end)
	return not refused and walk('Posts', 'posts', years, function (posts)
		for _, post in ipairs(posts) do
			if visit(post) then
				return true
			end
		end
		return false
	end)
end

-- The entry of a page id in its block of a hundred ids, nil for none. A page reads one.
local function ofBlock(kind, field, id)
	local page = Data.load(kind .. '/' .. math.floor(id / 100))
	for _, entry in ipairs(page and page[field] or {}) do
		if entry.id == id then
			return entry
		end
	end
	return nil
end

-- What the page of a post shows beside its text, by the post's page id: { before, after,
-- related, events, versions }, each absent where there is none; or nil.
function Data.beside(id)
	return ofBlock('Beside', 'posts', id)
end

-- The dates of a series that are not over, by its page id: { next, further }, the latter
-- absent for none and for a series without an end; or nil.
function Data.dates(id)
	return ofBlock('Dates', 'events', id)
end

-- The pages of an event in other languages, each { language, page }, by the event's page
-- id; nil for none.
function Data.texts(id)
	local entry = ofBlock('Texts', 'events', id)
	return entry and entry.texts
end

-- Passes the entries of a data page and of its further parts to `visit`. Returns whether
-- all could be read.
local function eachOf(name, field, visit)
	local first, refused = Data.load(name)
	local count = first and first.parts or 1
	for number = 1, math.min(count, MOST_PAGES) do
		local part = first
		if number > 1 then
			part, refused = Data.load(name .. '/' .. number)
		end
		if refused then
			return false
		end
		for _, entry in ipairs(part and part[field] or {}) do
			visit(entry)
		end
	end
	return count <= MOST_PAGES
end

-- Passes every place of the map, with its events, to `visit`. Returns whether all could
-- be read.
function Data.eachPlace(visit)
	return eachOf('Map', 'places', visit)
end

-- Passes every row of the review queue to `visit`, what is urgent first.
function Data.eachWaiting(visit)
	eachOf('Queue', 'rows', visit)
end

-- The number of pages that wait for review; reads one page, however long the queue is.
function Data.waiting()
	local queue = Data.load('Queue')
	return queue and queue.waiting or 0
end

-- Pairs of ids of events without a page here that may be one event; often none.
function Data.pairs()
	local queue = Data.load('Queue')
	return queue and queue.pairs or {}
end

-- The statistics of review by month, newest first; an empty list before the first run of
-- the bot.
function Data.months()
	local figures = Data.load('Figures')
	return figures and figures.months or {}
end

-- Month, '2026-11' -> { after7, after30 }, the median views of its posts by these days,
-- each absent where none is counted yet; empty where readers are not counted.
function Data.readers()
	local found, page = {}, Data.load('Readers')
	for _, month in ipairs(page and page.months or {}) do
		found[month.month] = month
	end
	return found
end

-- The UTC day on which the bot last read the whole wiki, '2026-11-28'; nil for none.
function Data.lastRead()
	local page = Data.load('Read')
	return page and page.day
end

return Data
