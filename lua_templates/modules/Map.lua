-- The map of events not yet over: a frame with a map where the wiki has Kartographer,
-- and always the same places as a list by country, which needs no map to be read.
-- {{Space map}}, {{Space map|country=NZ; PG}}.
local Data = require('Module:Space/Data')
local Entry = require('Module:Space/Entry')
local Filter = require('Module:Space/Filter')
local Messages = require('Module:Space/Messages')
local Notice = require('Module:Space/Notice')
local Style = require('Module:Space/Style')
local Text = require('Module:Space/Text')
local Times = require('Module:Space/Times')

local Map = {}

local HEIGHT = '420'
local OPTIONS = { nocat = true }

local function eventLine(event)
	local date = Times.writeDate(event.start, 'wiki-format-date-short')
	return Text.facts(date, Text.link(event.page, event.title) .. Entry.flags(event))
end

-- A point of GeoJSON (RFC 7946: longitude first); the texts are read as wikitext.
local function feature(place)
	local lines = {}
	for _, event in ipairs(place.events) do
		table.insert(lines, eventLine(event))
	end
	return {
		type = 'Feature',
		properties = {
			title = place.label and Text.plain(place.label) or nil,
			description = table.concat(lines, '<br>'),
		},
		geometry = { type = 'Point', coordinates = { place.lon, place.lat } },
	}
end

local function frameOf(places)
	if not places[1] or not mw.message.new('kartographer-desc'):exists() then
		return ''
	end
	local features = {}
	for _, place in ipairs(places) do
		table.insert(features, feature(place))
	end
	return mw.getCurrentFrame():extensionTag(
		'mapframe',
		mw.text.jsonEncode({ type = 'FeatureCollection', features = features }),
		{ width = 'full', height = HEIGHT, frameless = '1',
			alt = Messages.get('wiki-map-alt') }
	)
end

local function sooner(a, b)
	return a.events[1].start < b.events[1].start
end

-- Country name → its places by their first event, and the names in order.
local function byCountry(places)
	local countries, names = {}, {}
	for _, place in ipairs(places) do
		local name = place.country and Text.country(place.country)
			or Messages.get('wiki-map-elsewhere')
		if not countries[name] then
			countries[name] = {}
			table.insert(names, name)
		end
		table.insert(countries[name], place)
	end
	for _, list in pairs(countries) do
		table.sort(list, sooner)
	end
	table.sort(names)
	return countries, names
end

-- One event and its place in a line; several below the name of theirs.
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
	local countries, names = byCountry(places)
	local box = Style.readers(Style.element('dl', 'space-places'))
	for _, name in ipairs(names) do
		local items = {}
		for number, place in ipairs(countries[name]) do
			items[number] = tostring(placeItem(place))
		end
		box:node(Style.element('dt', 'space-places-name'):wikitext(name))
		box:node(Style.element('dd', 'space-places-list')
			:node(mw.html.create('ul'):wikitext(table.concat(items))))
	end
	return tostring(box)
end

-- The places that the arguments ask for; or nil and a problem. Places have a country
-- and nothing else that a filter could ask about.
local function wanted(arguments)
	local filter, problem = Filter.new('place', arguments, OPTIONS)
	if not filter then
		return nil, problem
	end
	local places, complete = Data.places()
	local found = {}
	for _, place in ipairs(places) do
		if filter.matches(place) then
			table.insert(found, place)
		end
	end
	return { places = found, complete = complete, narrow = filter.narrow }
end

function Map.show(frame)
	local arguments = frame:getParent().args
	local found, problem = wanted(arguments)
	if problem then
		return Notice.problem(problem, arguments)
	end
	local body = found.places[1] and frameOf(found.places) .. table_(found.places)
		or Notice.nothing(Messages.get(
			found.narrow and 'wiki-map-empty-here' or 'wiki-map-empty'))
	return Style.sheet() .. body .. (found.complete and '' or Notice.incomplete(arguments))
end

return Map
