-- Places as a map of Kartographer (mediawiki.org/wiki/Help:Extension:Kartographer):
-- GeoJSON with simplestyle properties, as strict as the extension reads it. Titles and
-- descriptions have one line of at most 400 characters, which are read as wikitext.
local Messages = require('Module:Space/Messages')
local Text = require('Module:Space/Text')
local Times = require('Module:Space/Times')

local MapFrame = {}

local HEIGHT = '420'
local LONGEST = 400
local ROOM = LONGEST - 20 -- beside the number of those that are left out
-- What is coming, going on and over differ by symbol, and not by colour alone.
local STYLES = {
	upcoming = { color = '#3366cc', symbol = 'circle' },
	ongoing = { color = '#177860', symbol = 'star' },
	past = { color = '#72777d', symbol = 'cross' },
}

-- 'upcoming', 'ongoing' or 'past', by the UTC day.
local function stateOf(event)
	local today = Times.today()
	local from, to = event.from or event.start, event.to or event.start
	if from:sub(1, 10) > today then
		return 'upcoming'
	end
	return to <= today .. 'T00:00Z' and 'past' or 'ongoing'
end

-- What most is to be seen of a place.
local function stateAt(place)
	local found = {}
	for _, event in ipairs(place.events) do
		found[stateOf(event)] = true
	end
	return found.ongoing and 'ongoing' or found.upcoming and 'upcoming' or 'past'
end

local function line(event)
	return Times.writeDate(event.start, 'wiki-format-date-short') .. ' '
		.. Text.link(event.page, event.title)
end

-- As many of the events as fit, and the number of the others.
local function description(events)
	local lines, length = {}, 0
	local left = 0
	for _, event in ipairs(events) do
		local text = line(event)
		length = length + mw.ustring.len(text) + #'<br>'
		if left == 0 and length <= ROOM then
			table.insert(lines, text)
		else
			left = left + 1
		end
	end
	if left > 0 then
		table.insert(lines, '+' .. left)
	end
	return table.concat(lines, '<br>')
end

local function title(place)
	local label = place.label or place.country and Text.country(place.country)
	local text = label and Text.plain(label)
	return text and mw.ustring.len(text) <= LONGEST and text or nil
end

-- A point of GeoJSON (RFC 7946: longitude first).
local function feature(place)
	local style = STYLES[stateAt(place)]
	return {
		type = 'Feature',
		properties = {
			title = title(place),
			description = description(place.events),
			['marker-color'] = style.color,
			['marker-symbol'] = style.symbol,
			['marker-size'] = place.events[2] and 'large' or 'medium',
		},
		geometry = { type = 'Point', coordinates = { place.lon, place.lat } },
	}
end

-- The frame, or nothing where the wiki has no maps or no place has a point.
function MapFrame.show(places)
	if not mw.message.new('kartographer-desc'):exists() then
		return ''
	end
	local features = {}
	for _, place in ipairs(places) do
		table.insert(features, place.lat and feature(place) or nil)
	end
	return features[1] and mw.getCurrentFrame():extensionTag(
		'mapframe',
		mw.text.jsonEncode({ type = 'FeatureCollection', features = features }),
		{ width = 'full', height = HEIGHT, frameless = '1',
			alt = Messages.get('wiki-map-alt') }
	) or ''
end

return MapFrame
