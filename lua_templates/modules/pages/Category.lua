-- {{Space category}} on the page of a category that the templates of posts and events
-- make: what is in it, links to the same as a list and as a feed, the category above it.
local Config = require('Module:Space/Config')
local Filter = require('Module:Space/Filter')
local Messages = require('Module:Space/Messages')
local Month = require('Module:Space/Month')
local Notice = require('Module:Space/Notice')
local Settings = require('Module:Space/Settings')
local Style = require('Module:Space/Style')
local Text = require('Module:Space/Text')
local Times = require('Module:Space/Times')

local Category = {}

local KINDS = {
	events = { kind = 'event', page = 'Events', list = '/events', feed = '/feeds/events.ics' },
	posts = { kind = 'post', page = 'Blog', list = '/blog', feed = '/feeds/posts.atom' },
}
local OPTIONS = { [1] = true, month = true, nocat = true }
local CATEGORIES = 14

-- The month of a category, nil for a text that is none.
local function month(text)
	return Times.isInRange(text .. '-01') and Month.new(text .. '-01') or nil
end

-- The arguments with the days of the month as bounds of the filter, and the month.
local function bounded(arguments)
	local found = {}
	for key, value in pairs(arguments) do
		found[key] = mw.text.trim(value)
	end
	local asked = found.month and month(found.month)
	if asked then
		found.from, found.to = asked.first, asked.last
	end
	return found, asked
end

-- What all pages of the category have in common, in the reader's language; '' where it
-- is only their kind.
local function common(filter, asked)
	local words = { asked and Times.write('wiki-format-month', asked.first) }
	for key, value in filter.query:gmatch('([^&=]+)=([^&]*)') do
		value = mw.uri.decode(value)
		if key == 'country' then
			table.insert(words, Text.country(value))
		elseif key == 'language' then
			table.insert(words, Text.languageLabel(value))
		elseif key == 'mode' then
			table.insert(words, Text.choice(key, value))
		end
	end
	return Text.list(words)
end

-- Links to the page of all, to the tool's list of these and to their feed.
local function links(pages, filter, asked)
	local known = KINDS[pages]
	local query = filter.query ~= '' and '?' .. filter.query or ''
	local list = asked and pages == 'events' and '/calendar/' .. asked.key
		or known.list .. query
	local tool, feed = Settings.tool(list), Settings.tool(known.feed .. query)
	return Text.facts(
		'[[:' .. Config.root .. '/' .. known.page .. '|'
			.. Messages.get('wiki-category-all-' .. pages) .. ']]',
		tool and Text.external(tool, Messages.get('wiki-category-list')),
		feed and Text.external(feed, Messages.get('wiki-list-subscribe-' .. pages))
	)
end

-- The link that puts the category into that of all posts or events, sorted by what
-- follows its name; '' there and on other pages.
local function above(pages, title)
	local rest = title.text:match('^.* ' .. pages .. ' %l+ (.+)$')
		or title.text:match('^.* ' .. pages .. ' (.+)$')
	if title.namespace ~= CATEGORIES or not rest then
		return ''
	end
	return '[[Category:' .. Config.root .. ' ' .. pages .. '|' .. rest .. ']]'
end

-- The wikitext of {{Space category|events|country=DE}}, or a notice about what is not
-- understood.
function Category.show(frame)
	local arguments = frame:getParent().args
	local pages = mw.text.trim(arguments[1] or '')
	pages = KINDS[pages] and pages or 'events'
	local given, asked = bounded(arguments)
	local filter, problem = Filter.new(KINDS[pages].kind, given, OPTIONS)
	if problem then
		return Notice.problem(problem, arguments)
	end
	local title = Text.facts(Messages.get('wiki-category-' .. pages), common(filter, asked))
	local card = Style.readers(Style.element('div', 'space-card', 'plainlinks'))
		:node(Style.element('div', 'space-when'):wikitext(title))
		:node(mw.html.create('div'):wikitext(Messages.get('wiki-category-help')))
		:node(Style.element('div', 'space-muted'):wikitext(links(pages, filter, asked)))
	return Style.sheet() .. tostring(card) .. above(pages, mw.title.getCurrentTitle())
end

return Category
