-- Numbers of comments on talk pages, User:<bot>/Space/Talk/<n>.json: a hundred page ids
-- to a page. A page reads its own block, a list a few of them.
local Data = require('Module:Space/Data')
local Messages = require('Module:Space/Messages')
local Times = require('Module:Space/Times')

local Talk = {}

local BLOCK = 100
local MOST_BLOCKS = 15
local read = 0
local blocks = {}

-- A block of a hundred page ids, or nil where there is none or too many were read.
local function block(number)
	if blocks[number] == nil then
		read = read + 1
		blocks[number] = read <= MOST_BLOCKS and Data.load('Talk/' .. number) or false
	end
	return blocks[number] or nil
end

-- '3 comments, latest 22 November 2026 · 2 people are interested' as links to the talk page
-- `talk`, or nil where there is neither.
function Talk.count(pageId, talk)
	local found = block(math.floor(pageId / BLOCK))
	local entry = found and found.pages and found.pages['p' .. pageId]
	if not entry then
		return nil
	end
	local facts = {}
	if entry.comments > 0 then
		table.insert(facts, Messages.get('wiki-comments', entry.comments,
			Times.writeDate(entry.active:sub(1, 10), 'wiki-format-date-short')))
	end
	if entry.interested then
		table.insert(facts, Messages.get('wiki-interested-count', entry.interested))
	end
	for place, text in ipairs(facts) do
		facts[place] = '[[:' .. talk .. '|' .. text .. ']]'
	end
	return facts[1] and table.concat(facts, ' · ')
end

-- Talk.count for an entry of a list, whose talk page follows from its title; nil for a
-- registered event, whose page is none of ours.
function Talk.ofEntry(entry)
	local title = not entry.source and mw.title.new(entry.page)
	return title and title.talkPageTitle
		and Talk.count(entry.id, title.talkPageTitle.prefixedText)
end

return Talk
