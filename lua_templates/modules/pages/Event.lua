-- {{Space event}} on its own page: a card with times, place and facts, and the
-- categories.
local Banner = require('Module:Space/Banner')
local Data = require('Module:Space/Data')
local Entry = require('Module:Space/Entry')
local Facts = require('Module:Space/Facts')
local Fields = mw.loadData('Module:Space/Fields')
local Messages = require('Module:Space/Messages')
local Page = require('Module:Space/Page')
local Reader = require('Module:Space/Reader')
local Settings = require('Module:Space/Settings')
local Style = require('Module:Space/Style')
local Text = require('Module:Space/Text')
local Times = require('Module:Space/Times')
local Translation = require('Module:Space/Translation')

local Event = {}

local GEOHACK = 'https://geohack.toolforge.org/geohack.php?params='
local WIKIDATA = 'https://www.wikidata.org/wiki/'
local SHORT = 'wiki-format-date-short'
local CALLED_OFF = { cancelled = true, postponed = true }
local FINENESS = { country = 1, city = 2, exact = 3 }

-- A function from a field's name to its value, nil for places finer than `precision`
-- allows. The source has them still, as a problem tells the author.
local function shown(page)
	local finest = FINENESS[Page.choice(page, 'precision')]
	return function (name)
		local place = Fields.event.fields[name].place
		if place and FINENESS[place] > finest then
			return nil
		end
		return page.values[name]
	end
end

local function line(class, text)
	return tostring(Style.element('div', class):wikitext(text))
end

-- The dates of a series that are not over, as the bot found them; nil for other pages, for
-- what is not published and for what is called off.
local function coming(page)
	local values, standing = page.values, page.standing
	return (values.recurrence or values.also) and standing and standing.published
		and not CALLED_OFF[Page.choice(page, 'status')]
		and Data.dates(page.title.id) or nil
end

-- The dates of a series after the next one, on one line; '' for none.
local function then_(dates)
	local days = {}
	for place, date in ipairs(dates.next) do
		if place > 1 then
			table.insert(days, Times.writeDate(date.start, SHORT))
		end
	end
	local further = dates.further and Messages.get('wiki-list-later', dates.further)
	return days[1] and line('space-muted',
		Messages.get('wiki-further-dates', Text.facts(Text.list(days), further))) or ''
end

-- The zone of a wall time with its offset, and the times in UTC.
local function zoned(first, last, from, to, zone)
	if Times.isAllDay(first) or zone == 'UTC' then
		return line('space-muted', zone)
	end
	local offset = Times.offset(first, zone)
	if offset ~= zone then
		zone = Messages.get('wiki-time-zone-offset', zone, offset)
	end
	local utc = Times.writeRange(Times.utc(from), last and Times.utc(to), SHORT)
	return line('space-muted', Text.facts(zone, Messages.get('wiki-time-utc', utc)))
end

-- The times in the event's zone and in UTC, of a series those of its next date; '' where
-- the start or the zone is unknown.
local function when(page)
	local values, dates = page.values, coming(page)
	local date = dates and dates.next[1] or values
	local first, last, zone = date.start, date['end'], values.timezone
	local from, to
	if first and zone then
		from, to = Times.span(first, last, zone)
	end
	if not from then
		return ''
	end
	return (dates and line('space-kicker', Messages.get('wiki-next-date')) or '')
		.. line('space-when', tostring(Times.element(from, Times.writeRange(first, last))))
		.. zoned(first, to and to ~= from and last, from, to, zone)
		.. (dates and then_(dates) or '')
end

-- Links to a map of a point and to the item of the place, each absent without one.
local function placeLinks(point, item)
	local links = {}
	if point then
		local lat, lon = point:match('^(%S+), (%S+)$')
		table.insert(links,
			Text.external(GEOHACK .. lat .. ';' .. lon, Messages.get('wiki-where-map')))
	end
	if item then
		-- Wikis that Wikidata serves know what it calls the place.
		local name = mw.wikibase and mw.wikibase.getLabel(item)
		table.insert(links, Text.external(WIKIDATA .. item,
			name and Text.plain(name) or Messages.get('wiki-where-item')))
	end
	return Text.facts(unpack(links))
end

local function where(page, value)
	local parts = {}
	for _, name in ipairs({ 'venue', 'address' }) do
		local text = value(name)
		if text then
			table.insert(parts, name == 'venue' and Reader.wikitext(text) or Text.plain(text))
		end
	end
	local place = Text.place({
		mode = Page.choice(page, 'mode'), city = value('city'), country = page.values.country,
	})
	table.insert(parts, place)
	local links = placeLinks(value('coordinates'), value('wikidata'))
	table.insert(parts, links ~= '' and links or nil)
	return table.concat(parts, '<br>')
end

-- A sentence in place of the link to the call that only registered people get; nil for a
-- public link or none.
local function onlineLink(page)
	return page.values.online_link and Page.choice(page, 'link_access') == 'registered'
		and Messages.get('wiki-link-registered') or nil
end

local function facts(page)
	local value = shown(page)
	local rows = Facts.rows(page, value, { online_link = onlineLink(page) })
	table.insert(rows, 1, { Messages.get('wiki-where'), where(page, value) })
	return Page.facts(rows)
end

local function kicker(page)
	local status = Page.choice(page, 'status')
	local text = Messages.get('wiki-kind-event')
	if status ~= 'confirmed' then
		text = text .. ' ' .. tostring(Style.element('span', 'space-flag')
			:wikitext(Text.choice('status', status)))
	end
	return line('space-kicker', text)
end

-- Links to the event in the tool, where its map is, to its .ics file unless it is called
-- off, and to its translation; nil before it is published.
local function links(page)
	if not page.standing.published then
		return nil
	end
	local home = Settings.tool('/events/' .. page.title.id)
	local isOff = CALLED_OFF[Page.choice(page, 'status')]
	local found = Text.facts(
		home and Text.external(home, Messages.get('wiki-open-in-tool')),
		home and not isOff
			and Text.external(home .. '.ics', Messages.get('wiki-add-to-calendar')),
		Translation.event(page.title)
	)
	return found ~= '' and found or nil
end

local function categories(page)
	local values = page.values
	local names = { 'events' }
	if values.start then
		table.insert(names, 'events in ' .. values.start:sub(1, 7))
	end
	if values.country then
		table.insert(names, 'events in ' .. Text.countryInEnglish(values.country))
	end
	if Page.choice(page, 'mode') ~= 'in-person' then
		table.insert(names, 'events online')
	end
	for _, code in ipairs(values.languages or {}) do
		table.insert(names, 'events in ' .. Text.languageInEnglish(code))
	end
	return Page.categories(page, names)
end

-- The line of links to the event in other languages; '' for none.
local function versions(page)
	local found = page.standing and page.standing.published and Data.texts(page.title.id)
	return found and line('space-muted',
		Messages.get('wiki-versions', Entry.versions(found))) or ''
end

-- The card of an event. `text` is the page whose title and summary stand on it, in
-- `language`: the event's own, or a translation's; `foot` is wikitext.
function Event.card(page, text, language, foot)
	return tostring(Style.element('div', 'space-card'):wikitext(table.concat({
		Page.image(page),
		kicker(page),
		versions(page),
		Page.heading(text),
		when(page),
		Page.lead(text, language),
		facts(page),
		foot,
	})))
end

-- The wikitext of {{Space event}}.
function Event.show(frame)
	local page = Page.read('event', frame)
	local foot = page.standing and Page.foot(page, links(page)) or ''
	return Page.wrap(page, {
		Banner.show(page), Banner.unconfirmed(page), Page.problems(page),
		Event.card(page, page, Messages.pageCode(), foot), categories(page),
	})
end

return Event
