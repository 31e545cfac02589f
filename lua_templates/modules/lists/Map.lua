-- {{Space map}}: places of events that are not over for two weeks, as a map where the
-- wiki has Kartographer, and always as a list by country.
local Data = require('Module:Space/Data')
local Entry = require('Module:Space/Entry')
local Filter = require('Module:Space/Filter')
local MapFrame = require('Module:Space/MapFrame')
local Messages = require('Module:Space/Messages')
local Notice = require('Module:Space/Notice')
local Period = require('Module:Space/Period')
local Series = require('Module:Space/Series')
local Style = require('Module:Space/Style')
local Text = require('Module:Space/Text')
local Times = require('Module:Space/Times')

local Map = {}

local OPTIONS = { nocat = true }

local function eventLine(event)
	local date = Times.writeDate(event.start, 'wiki-format-date-short')
	return Text.facts(date,
		Entry.title(event), Series.flag(event))
end

local function sooner(a, b)
	return a.events[1].start < b.events[1].start
end

-- Country code, empty for none, → places by their first event; and the codes by name.
local function byCountry(places)
	local countries, codes = {}, {}
	for _, place in ipairs(places) do
		local code = place.country or ''
		if not countries[code] then
			countries[code] = {}
			table.insert(codes, code)
		end
		table.insert(countries[code], place)
	end
	for _, list in pairs(countries) do
		table.sort(list, sooner)
	end
	local order = Messages.get('countries')
	local function at(code)
		return code ~= '' and order:find(code, 1, true) or #order
	end
	table.sort(codes, function (one, other)
		return at(one) < at(other) or at(one) == at(other) and one < other
	end)
	return countries, codes
end

-- A place as a list item: one event on its line, several below its name.
local function placeItem(place)
	local item = mw.html.create('li')
	local name = place.label and Text.plain(place.label) or ''
	if not place.events[2] then
		return item:wikitext(Text.facts(eventLine(place.events[1]), name))
	end
	local list = item:wikitext(name):tag('ul')
	for _, event in ipairs(place.events) do
		list:tag('li'):wikitext(eventLine(event))
	end
	return item
end

local function table_(places)
	local countries, codes = byCountry(places)
	local box = Style.readers(Style.element('dl', 'space-places'))
	for _, code in ipairs(codes) do
		local name = code == '' and Messages.get('wiki-map-elsewhere') or Text.country(code)
		local items = {}
		for number, place in ipairs(countries[code]) do
			items[number] = tostring(placeItem(place))
		end
		box:node(Style.element('dt', 'space-places-name'):wikitext(name))
		box:node(Style.element('dd', 'space-places-list')
			:node(mw.html.create('ul'):wikitext(table.concat(items))))
	end
	return tostring(box)
end

-- An event with the fields that it has from its place, as filters ask for both.
local function whole(event, place)
	local around = { country = place.country, city = place.city, venue = place.label }
	return setmetatable({}, { __index = function (_, key)
		local own = event[key]
		return own == nil and around[key] or own
	end })
end

-- The place with those of its events that are wanted, or nil for none.
local function narrowed(place, isWanted)
	local events = {}
	for _, event in ipairs(place.events) do
		table.insert(events, isWanted(whole(event, place)) and event or nil)
	end
	return events[1] and {
		lat = place.lat, lon = place.lon, label = place.label, country = place.country,
		precision = place.precision, events = events,
	}
end

-- Whether a place continues the entry before it: the bot splits places with many events.
local function goesOn(last, place)
	return last and last.lat == place.lat and last.lon == place.lon
		and last.label == place.label and last.country == place.country
		and last.precision == place.precision
end

-- The places that the arguments ask for, whether all could be read, and whether any key
-- is given; or nil and a problem.
local function wanted(arguments)
	local filter, problem = Filter.new('event', arguments, OPTIONS)
	if not filter then
		return nil, problem
	end
	local period = Period.new('all', filter)
	local found = {}
	local complete = Data.eachPlace(function (place)
		local kept = narrowed(place, function (event)
			return (not event.from or Period.has(period, event)) and filter.matches(event)
		end)
		local last = found[#found]
		if kept and goesOn(last, kept) then
			for _, event in ipairs(kept.events) do
				table.insert(last.events, event)
			end
		else
			table.insert(found, kept)
		end
	end)
	return { places = found, complete = complete, narrow = filter.narrow }
end

-- The wikitext of {{Space map}}, or a notice about the first argument that is not
-- understood.
function Map.show(frame)
	local arguments = frame:getParent().args
	local found, problem = wanted(arguments)
	if problem then
		return Notice.problem(problem, arguments)
	end
	local body = found.places[1] and MapFrame.show(found.places) .. table_(found.places)
		or Notice.nothing(Messages.get(
			found.narrow and 'wiki-map-empty-here' or 'wiki-map-empty'))
	return Style.sheet() .. body .. (found.complete and '' or Notice.incomplete(arguments))
end

return Map
