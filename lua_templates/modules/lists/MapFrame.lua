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
-- Kartographer makes the part of the world that a map opens with as small as it can, so
-- one place would be a map of twenty metres. Points no further apart than this, in
-- degrees, get a zoom by how finely the coarsest of them is known.
local NEAR = 0.01
local ZOOMS = { country = 5, city = 11, exact = 14 }
-- What is coming, going on and over differ by symbol, and not by colour alone.
local STYLES = {
	upcoming = { color = '#3366cc', symbol = 'circle' },
	ongoing = { color = '#177860', symbol = 'star' },
	past = { color = '#72777d', symbol = 'cross' },
}

-- 'upcoming', 'ongoing' or 'past' by the UTC day.
local function stateOf(event)
	local today = Times.today()
	local from, to = event.from or event.start, event.to or event.start
	if from:sub(1, 10) > today then
		return 'upcoming'
	end
	return to <= today .. 'T00:00Z' and 'past' or 'ongoing'
end

-- The state of a place by its events: 'ongoing' if any is, else 'upcoming', else 'past'.
local function stateAt(place)
	local found = {}
	for _, event in ipairs(place.events) do
		found[stateOf(event)] = true
	end
	return found.ongoing and 'ongoing' or found.upcoming and 'upcoming' or 'past'
end

local function line(event)
	return Times.writeDate(event.start, 'wiki-format-date-short') .. ' '
		.. (Text.titled(event))
end

-- As many events as fit into LONGEST characters, and the number of the others.
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

-- Adds a place to the smallest and the largest of latitudes and longitudes.
local function widen(box, place)
	for _, name in ipairs({ 'lat', 'lon' }) do
		local found = box[name] or { place[name], place[name] }
		box[name] = {
			math.min(found[1], place[name]), math.max(found[2], place[name]),
		}
	end
end

-- The attributes with which a map of close places opens; none where Kartographer fits
-- the map itself.
local function view(places)
	local box, zoom = {}, ZOOMS.exact
	for _, place in ipairs(places) do
		widen(box, place)
		zoom = math.min(zoom, ZOOMS[place.precision] or ZOOMS.exact)
	end
	local lat, lon = box.lat, box.lon
	if lat[2] - lat[1] > NEAR or lon[2] - lon[1] > NEAR then
		return {}
	end
	return {
		zoom = tostring(zoom),
		latitude = string.format('%.6f', (lat[1] + lat[2]) / 2),
		longitude = string.format('%.6f', (lon[1] + lon[2]) / 2),
	}
end

-- The <mapframe> of the places with points; '' where the wiki has no maps or no place
-- has a point.
function MapFrame.show(places)
	if not mw.message.new('kartographer-desc'):exists() then
		return ''
	end
	local features, drawn = {}, {}
	for _, place in ipairs(places) do
		if place.lat then
			table.insert(features, feature(place))
			table.insert(drawn, place)
		end
	end
	if not drawn[1] then
		return ''
	end
	local attributes = view(drawn)
	attributes.width, attributes.height, attributes.frameless = 'full', HEIGHT, '1'
	attributes.alt = Messages.get('wiki-map-alt')
	return mw.getCurrentFrame():extensionTag(
		'mapframe',
		mw.text.jsonEncode({ type = 'FeatureCollection', features = features }),
		attributes
	)
end

return MapFrame
