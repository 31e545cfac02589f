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

local List = {}

local MOST, USUAL = 500, 10
local OPTIONS = {
	limit = true, style = true, feed = true, nocat = true,
	year = true, month = true, untranslated = true,
}
local EVENT_OPTIONS = {
	limit = true, style = true, feed = true, nocat = true, when = true, caption = true,
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

local function style(arguments, styles)
	local text = mw.text.trim(arguments.style or ''):lower()
	return text == '' and styles[1] or styles[text] and text or nil
end

-- The `limit` and the `style` of a list, or nil and a problem. `styles` has the names of
-- the styles as a list, the usual one first, and as a set.
function List.look(arguments, styles)
	local look = { limit = limit(arguments), style = style(arguments, styles) }
	if not look.limit then
		return nil, { code = 'filter-value', params = { 'limit', arguments.limit } }
	end
	if not look.style then
		local params = { 'style', arguments.style, table.concat(styles, ', ') }
		return nil, { code = 'list-choice', params = params }
	end
	return look
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

-- The events of a filter and a period by start, at most `most`; and whether all that
-- could be among them were read.
function List.find(filter, period, most)
	local found = {}
	local from, to = Period.months(period)
	if from and to and from > to then
		return found, true
	end
	local complete = Data.eachEvent(from, to, function (event)
		if Period.has(period, event) and filter.matches(event) then
			table.insert(found, event)
		end
		return found[most] ~= nil
	end, period.over ~= nil)
	return found, complete
end

local function draw(look, events, period, arguments)
	if look.style == 'table' then
		return Table.events(events, period, arguments.caption)
	end
	if look.style == 'compact' then
		return List.render(events, Entry.compact, 'space-compact')
	end
	return List.render(events, Entry.event)
end

-- Whether the list asks for anything but all upcoming events.
local function isNarrow(filter, period)
	return filter.narrow or period.word ~= 'upcoming'
end

local EVENT_STYLES = {
	'list', 'table', 'compact', list = true, table = true, compact = true,
}

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
		period, problem = Period.new(arguments.when, filter)
	end
	if problem then
		return Notice.problem(problem, arguments)
	end
	local found, complete = List.find(filter, period, look.limit)
	local list = found[1] and draw(look, found, period, arguments)
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
