-- {{Space archive}}: all posts of a filter under headings, one for each month, year,
-- topic, author, series or language.
local List = require('Module:Space/List')
local Messages = require('Module:Space/Messages')
local Notice = require('Module:Space/Notice')
local Posts = require('Module:Space/Posts')
local Style = require('Module:Space/Style')
local Text = require('Module:Space/Text')
local Times = require('Module:Space/Times')
local Topics = require('Module:Space/Topics')

local Archive = {}

local USUAL = 'month'
local OPTIONS = {
	by = true, limit = true, style = true, nocat = true,
	year = true, month = true, untranslated = true,
}
local STYLES = { 'compact', 'list', compact = true, list = true }
local MOST = '500'

-- How posts are grouped: the keys of an entry, and what a key is called. Months and
-- years come newest first, the others by their names.
local WAYS = {
	month = {
		keys = function (post) return { post.published:sub(1, 7) } end,
		name = function (key) return Times.write('wiki-format-month', key .. '-01') end,
	},
	year = {
		keys = function (post) return { post.published:sub(1, 4) } end,
		name = function (key)
			return Messages.language():formatDate('Y', key .. '-01-01')
		end,
	},
	topic = {
		keys = function (post) return post.topics end,
		name = function (key) return Text.plain(Topics.label(key)) end, sorted = true,
	},
	author = {
		keys = function (post) return post.authors end, name = Text.plain, sorted = true,
	},
	series = {
		keys = function (post) return { post.series } end, name = Text.plain, sorted = true,
	},
	language = {
		keys = function (post) return { post.language } end,
		name = Text.languageName, sorted = true,
	},
}
local NAMES = { 'month', 'year', 'topic', 'author', 'series', 'language' }

-- The keys of the groups in order, and the posts of each key.
local function grouped(posts, way)
	local order, groups = List.grouped(posts, way.keys)
	if way.sorted then
		table.sort(order)
	end
	return order, groups
end

local function heading(text, count)
	return tostring(mw.html.create('h3')
		:wikitext(Messages.get('wiki-archive-heading', text, count)))
end

-- The wikitext of {{Space archive}}, or a notice about the first argument that is not
-- understood.
function Archive.show(frame)
	local given = frame:getParent().args
	local name = mw.text.trim(given.by or ''):lower()
	local way = WAYS[name == '' and USUAL or name]
	local asked, problem = Posts.asked(given, OPTIONS)
	if asked and not way then
		problem = {
			code = 'list-choice', params = { 'by', given.by, table.concat(NAMES, ', ') },
		}
	end
	local look
	if asked and not problem then
		if mw.text.trim(given.limit or '') == '' then
			asked.arguments.limit = MOST
		end
		look, problem = List.look(asked.arguments, STYLES)
	end
	if problem then
		return Notice.problem(problem, given)
	end
	local found, complete = Posts.find(asked, look.limit)
	if not found[1] then
		return Style.sheet()
			.. List.nothing(asked.narrow and 'wiki-no-posts-here' or 'wiki-no-posts', 'Blog')
	end
	local order, groups = grouped(found, way)
	local parts = {}
	for _, key in ipairs(order) do
		table.insert(parts, heading(way.name(key), #groups[key]))
		table.insert(parts, List.drawPosts(groups[key], asked, look))
	end
	complete = complete and not found[look.limit]
	return Style.sheet() .. table.concat(parts)
		.. (complete and '' or Notice.incomplete(given))
end

return Archive
