-- {{Space event}} on its own page: a card with times, place and facts, and the
-- categories.
local Banner = require('Module:Space/Banner')
local Facts = require('Module:Space/Facts')
local Fields = mw.loadData('Module:Space/Fields')
local Messages = require('Module:Space/Messages')
local Page = require('Module:Space/Page')
local Reader = require('Module:Space/Reader')
local Settings = require('Module:Space/Settings')
local Style = require('Module:Space/Style')
local Text = require('Module:Space/Text')
local Times = require('Module:Space/Times')

local Event = {}

local GEOHACK = 'https://geohack.toolforge.org/geohack.php?params='
local WIKIDATA = 'https://www.wikidata.org/wiki/'
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

-- The times in the event's zone and in UTC; '' where the start or the zone is unknown.
local function when(values)
	if not values.start or not values.timezone then
		return ''
	end
	local from, to = Times.span(values.start, values['end'], values.timezone)
	if not from then
		return ''
	end
	local range = Times.writeRange(values.start, values['end'])
	local text = line('space-when', tostring(Times.element(from, range)))
	if Times.isAllDay(values.start) then
		return text .. line('space-muted', values.timezone)
	end
	local last = to and to ~= from and Times.utc(to) or nil
	local zone = values.timezone
	if zone == 'UTC' then
		return text .. line('space-muted', zone)
	end
	local offset = Times.offset(values.start, zone)
	if offset ~= zone then
		zone = Messages.get('wiki-time-zone-offset', zone, offset)
	end
	return text .. line('space-muted', Text.facts(zone,
		Messages.get('wiki-time-utc',
			Times.writeRange(Times.utc(from), last, 'wiki-format-date-short'))))
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
	local point = value('coordinates')
	if point then
		local lat, lon = point:match('^(%S+), (%S+)$')
		table.insert(parts, Text.external(GEOHACK .. lat .. ';' .. lon, point))
	end
	local item = value('wikidata')
	if item then
		table.insert(parts, Text.external(WIKIDATA .. item, item))
	end
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

-- A link to the event's .ics file in the tool; nil before it is published.
local function calendarLink(page)
	local file = Settings.tool('/events/' .. page.title.id .. '.ics')
	if not file or not page.standing.published then
		return nil
	end
	return Text.external(file, Messages.get('wiki-add-to-calendar'))
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

-- The wikitext of {{Space event}}.
function Event.show(frame)
	local page = Page.read('event', frame)
	local values = page.values
	local card = Style.element('div', 'space-card'):wikitext(table.concat({
		Page.image(page),
		kicker(page),
		Page.heading(page),
		when(values),
		Page.lead(page, Messages.pageCode()),
		facts(page),
		page.standing and Page.foot(page, calendarLink(page)) or '',
	}))
	return Page.wrap(page, {
		Banner.show(page), Banner.unconfirmed(page), Page.problems(page), tostring(card),
		categories(page),
	})
end

return Event
