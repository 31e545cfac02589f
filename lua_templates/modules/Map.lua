-- The map of events not yet over: a frame with a map where the wiki has Kartographer,
-- and always the same places as a list by country, which needs no map to be read.
local Data = require('Module:Space/Data')
local Messages = require('Module:Space/Messages')
local Style = require('Module:Space/Style')
local Text = require('Module:Space/Text')
local Times = require('Module:Space/Times')

local Map = {}

local HEIGHT = '420'

local function eventLine(event)
	local date = Times.writeDate(event.start, 'wiki-format-date-short')
	return Text.facts(date, Text.link(event.page, event.title))
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

-- Country name → lines of its places, and the names in order.
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
	table.sort(names)
	return countries, names
end

local function placeItem(place)
	local item = mw.html.create('li')
	if place.label then
		item:wikitext(Text.plain(place.label))
	end
	local list = item:tag('ul')
	for _, event in ipairs(place.events) do
		list:tag('li'):wikitext(eventLine(event))
	end
	return item
end

local function table_(places)
	local countries, names = byCountry(places)
	local box = Style.element('dl', 'space-facts')
	for _, name in ipairs(names) do
		local list = mw.html.create('ul')
		for _, place in ipairs(countries[name]) do
			list:node(placeItem(place))
		end
		box:node(Style.element('dt', 'space-facts-name'):wikitext(name))
		box:node(Style.element('dd', 'space-facts-value'):node(list))
	end
	return tostring(box)
end

function Map.show()
	local places = Data.places()
	if not places[1] then
		return tostring(Style.element('p', 'space-nothing')
			:wikitext(Messages.get('wiki-map-empty')))
	end
	return Style.sheet() .. frameOf(places) .. table_(places)
end

return Map
