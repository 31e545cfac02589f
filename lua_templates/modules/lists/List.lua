-- {{Space events}} and {{Space posts}}: lists of what is published, filtered, for any
-- page.
local Config = require('Module:Space/Config')
local Data = require('Module:Space/Data')
local Entry = require('Module:Space/Entry')
local Filter = require('Module:Space/Filter')
local Messages = require('Module:Space/Messages')
local Notice = require('Module:Space/Notice')
local Period = require('Module:Space/Period')
local Posts = require('Module:Space/Posts')
local Settings = require('Module:Space/Settings')
local Style = require('Module:Space/Style')
local Table = require('Module:Space/Table')
local Text = require('Module:Space/Text')
local Times = require('Module:Space/Times')

local List = {}

local MOST, USUAL = 500, 10
local LONG = 12 -- events from which a list is easier to read with the names of months
local SHORT = 'wiki-format-date-short'
local OPTIONS = {
	limit = true, style = true, feed = true, nocat = true,
	year = true, month = true, untranslated = true,
}
local EVENT_OPTIONS = {
	limit = true, style = true, feed = true, nocat = true, when = true, caption = true,
	dates = true,
}

-- The number of entries asked for, 1 to MOST; nil for a text that is no such number.
local function limit(arguments)
	local text = mw.text.trim(arguments.limit or '')
	if text == '' then
		return USUAL
	end
	local number = text:match('^%d+$') and tonumber(text)
	return number and number >= 1 and math.min(MOST, number) or nil
end

-- The value of an argument that takes one of some words, the first of them without it;
-- or nil and a problem. `words` has them as a list and as a set.
local function choice(arguments, key, words)
	local text = mw.text.trim(arguments[key] or ''):lower()
	local found = text == '' and words[1] or words[text] and text or nil
	return found, not found and {
		code = 'list-choice', params = { key, arguments[key], table.concat(words, ', ') },
	} or nil
end

-- The `limit` and the `style` of a list, or nil and a problem. `styles` has the names of
-- the styles as a list, the usual one first, and as a set.
function List.look(arguments, styles)
	local most = limit(arguments)
	if not most then
		return nil, { code = 'filter-value', params = { 'limit', arguments.limit } }
	end
	local style, problem = choice(arguments, 'style', styles)
	return style and { limit = most, style = style }, problem
end

-- Entries as a list; `make` returns the item of an entry.
function List.render(entries, make, class)
	local list = Style.element('ul', class or 'space-list')
	local items = {}
	for place, entry in ipairs(entries) do
		items[place] = tostring(make(entry))
	end
	return tostring(Style.readers(list):wikitext(table.concat(items)))
end

-- A notice in place of an empty list: the message `key` with a link to a portal page,
-- which tells what to do next.
function List.nothing(key, page, ...)
	return Notice.nothing(Messages.get(key, Config.root .. '/' .. page, ...))
end

-- A link to the tool's feed of the filter if `feed=yes` and there is a tool, else ''.
local function feed(arguments, file, filter, key)
	local wanted = mw.text.trim(arguments.feed or '') == 'yes'
	local query = filter.query ~= '' and '?' .. filter.query or ''
	local address = wanted and Settings.tool('/feeds/' .. file .. query)
	if not address then
		return ''
	end
	return tostring(Style.readers(Style.element('p', 'space-muted', 'plainlinks'))
		:wikitext(Text.external(address, Messages.get(key))))
end

-- The events of a filter and a period by start, at most `most`; those of weeks that go
-- on, as many at most; and whether all that could be among them were read. Of the dates
-- of a page only the first is found, unless `each` is true, and those that it dropped.
function List.find(filter, period, most, each)
	local found, ongoing, seen = {}, {}, {}
	local from, to = Period.months(period)
	if from and to and from > to then
		return found, ongoing, true
	end
	local complete = Data.eachEvent(from, to, function (event)
		local isNew = event.dropped or not seen[event.id]
		if isNew and Period.has(period, event) and filter.matches(event) then
			seen[event.id] = seen[event.id] or not event.dropped and not each
			local list = Period.goesOn(period, event) and ongoing or found
			list[#list + 1] = not list[most] and event or nil
		end
		return found[most] ~= nil
	end, period.over ~= nil)
	return found, ongoing, complete
end

-- The keys of items in the order in which they come first, and the items of each key.
-- `keys` gives the keys of an item as a list, nil for none.
function List.grouped(items, keys)
	local order, groups = {}, {}
	for _, item in ipairs(items) do
		for _, key in ipairs(keys(item) or {}) do
			if not groups[key] then
				groups[key] = {}
				table.insert(order, key)
			end
			table.insert(groups[key], item)
		end
	end
	return order, groups
end

-- The month in which an event begins, '2026-11'.
local function monthOf(event)
	return { event.start:sub(1, 7) }
end

-- Events as cards; under the names of months where it helps to find one.
local function cards(events, make)
	local months, groups = List.grouped(events, monthOf)
	if not months[2] or not events[LONG] then
		return List.render(events, make)
	end
	local parts = {}
	for _, month in ipairs(months) do
		local name = Times.write('wiki-format-month', month .. '-01')
		table.insert(parts, tostring(Style.readers(Style.element('div', 'space-list-month'))
			:attr('role', 'heading'):attr('aria-level', '3'):wikitext(name)))
		table.insert(parts, List.render(groups[month], make))
	end
	return table.concat(parts)
end

-- Events of weeks that go on, on one line: what they are, and until when; '' for none.
local function goingOn(events)
	if not events[1] then
		return ''
	end
	local text = Text.list(events, function (event)
		local last = Times.writeDate(Times.lastDay(event.start, event['end']), SHORT)
		return Messages.get('wiki-list-ongoing-event', Entry.title(event), last)
	end)
	return tostring(Style.readers(Style.element('p', 'space-ongoing'))
		:wikitext(Messages.get('wiki-list-ongoing', text)))
end

local function draw(look, events, ongoing, period, arguments)
	-- What is over is listed by its last date, which has none after it.
	local isSeries = look.dates == 'next' and not period.over
	if look.style == 'table' then
		return Table.events(events, period, arguments.caption, isSeries)
	elseif not events[1] then
		return goingOn(ongoing)
	end
	local isCompact = look.style == 'compact'
	local make = isCompact and Entry.compact or Entry.event
	local function item(event)
		return make(event, isSeries)
	end
	return goingOn(ongoing)
		.. (isCompact and List.render(events, item, 'space-compact') or cards(events, item))
end

-- Whether the list asks for anything but all upcoming events.
local function isNarrow(filter, period)
	return filter.narrow or period.word ~= 'upcoming'
end

local EVENT_STYLES = {
	'list', 'table', 'compact', list = true, table = true, compact = true,
}
local DATES = { 'next', 'all', next = true, all = true }

-- The wikitext of {{Space events}}, or a notice about the first argument that is not
-- understood.
function List.events(frame)
	local arguments = frame:getParent().args
	local filter, problem = Filter.new('event', arguments, EVENT_OPTIONS)
	local look, period
	if filter then
		look, problem = List.look(arguments, EVENT_STYLES)
	end
	if look then
		look.dates, problem = choice(arguments, 'dates', DATES)
	end
	if look and look.dates then
		period, problem = Period.new(arguments.when, filter, look.style ~= 'table')
	end
	if problem then
		return Notice.problem(problem, arguments)
	end
	local found, ongoing, complete =
		List.find(filter, period, look.limit, look.dates == 'all')
	local list = (found[1] or ongoing[1]) and draw(look, found, ongoing, period, arguments)
		or List.nothing(isNarrow(filter, period) and 'wiki-no-events-here'
			or 'wiki-no-events', 'Events')
	return Style.sheet() .. list .. (complete and '' or Notice.incomplete(arguments))
		.. feed(arguments, 'events.ics', filter, 'wiki-list-subscribe-events')
end

-- Posts as a list in the style of `look`.
function List.drawPosts(posts, asked, look)
	local compact = look.style == 'compact'
	local make = compact and Entry.compactPost or Entry.post
	return List.render(posts, function (post)
		return make(post, asked.untranslated)
	end, compact and 'space-compact')
end

local POST_STYLES = { 'list', 'compact', list = true, compact = true }

-- The wikitext of {{Space posts}}, or a notice about the first argument that is not
-- understood.
function List.posts(frame)
	local asked, problem = Posts.asked(frame:getParent().args, OPTIONS)
	local look
	if asked then
		look, problem = List.look(asked.arguments, POST_STYLES)
	end
	if problem then
		return Notice.problem(problem, frame:getParent().args)
	end
	local arguments, filter = asked.arguments, asked.filter
	local found, complete = Posts.find(asked, look.limit)
	local list = found[1] and List.drawPosts(found, asked, look)
		or List.nothing(asked.narrow and 'wiki-no-posts-here' or 'wiki-no-posts', 'Blog')
	return Style.sheet() .. list .. (complete and '' or Notice.incomplete(arguments))
		.. feed(arguments, 'posts.atom', filter, 'wiki-list-subscribe-posts')
end

return List
