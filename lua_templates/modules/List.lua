-- Lists of published posts and events, filtered, for any page:
-- {{Space events|country=NZ|limit=10}}, {{Space posts|topic=glam}}.
local Config = require('Module:Space/Config')
local Data = require('Module:Space/Data')
local Entry = require('Module:Space/Entry')
local Filter = require('Module:Space/Filter')
local Messages = require('Module:Space/Messages')
local Style = require('Module:Space/Style')
local Times = require('Module:Space/Times')

local List = {}

local MOST = 500
local OPTIONS = { limit = true }

local function limit(arguments)
	local number = tonumber(arguments.limit)
	return number and math.max(1, math.min(MOST, math.floor(number))) or 10
end

-- The message about a filter that is not understood.
function List.problem(problem)
	local text = Messages.get('problem-' .. problem.code, unpack(problem.params))
	return tostring(Style.element('strong', 'space-error'):wikitext(text))
end

-- Entries as a list, or a word where there are none.
function List.render(entries, make, nothing)
	if not entries[1] then
		return tostring(Style.element('p', 'space-nothing'):wikitext(nothing))
	end
	local list = Style.element('ul', 'space-list')
	for _, entry in ipairs(entries) do
		list:node(make(entry))
	end
	return Style.sheet() .. tostring(list)
end

-- The instants at the borders of the days from…to, as the data pages write them.
local function borders(from, to)
	return from and from .. 'T00:00Z', to and Times.addDays(to, 1) .. 'T00:00Z'
end

-- Whether an event touches the days. One without an end touches the day it begins.
local function touches(event, after, before)
	local begins = not before or event.from < before
	return begins and (not after or event.to > after or event.from >= after)
end

-- Events that match a filter and touch its days, by start, at most `most`.
function List.find(filter, most)
	local found = {}
	local after, before = borders(filter.from, filter.to)
	local first = filter.from and filter.from:sub(1, 7)
	local last = filter.to and filter.to:sub(1, 7)
	Data.eachEvent(first, last, function (event)
		if touches(event, after, before) and filter.matches(event) then
			table.insert(found, event)
		end
		return found[most] ~= nil
	end)
	return found
end

function List.events(frame)
	local arguments = frame:getParent().args
	local filter, problem = Filter.new('event', arguments, OPTIONS)
	if problem then
		return List.problem(problem)
	end
	filter.from = filter.from or Times.today()
	return List.render(
		List.find(filter, limit(arguments)), Entry.event,
		Messages.get('wiki-no-events', Config.root .. '/Events')
	)
end

local function publishedIn(post, after, before)
	return (not after or post.published >= after)
		and (not before or post.published < before)
end

function List.posts(frame)
	local arguments = frame:getParent().args
	local filter, problem = Filter.new('post', arguments, OPTIONS)
	if problem then
		return List.problem(problem)
	end
	local found, most = {}, limit(arguments)
	local after, before = borders(filter.from, filter.to)
	Data.eachPost(function (post)
		if publishedIn(post, after, before) and filter.matches(post) then
			table.insert(found, post)
		end
		return found[most] ~= nil
	end)
	return List.render(
		found, Entry.post, Messages.get('wiki-no-posts', Config.root .. '/Blog')
	)
end

return List
