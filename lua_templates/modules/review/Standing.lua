-- How a post or an event stands, by its text now and the bot's ledger: the one place
-- that compares the two.
local Ledger = require('Module:Space/Ledger')

local Times = require('Module:Space/Times')

local Standing = {}

-- From when the sequence counts seconds: 25 June 2019.
local EPOCH = 1561420800

local function sameText(mark, sha1)
	return mark ~= nil and mark.sha1 ~= nil and mark.sha1 == sha1
end

-- Whether something keeps this text out; warnings do not.
local function isBroken(page)
	for _, problem in ipairs(page.problems) do
		if problem.severity ~= 'warning' then
			return true
		end
	end
	return false
end

-- The standing of a page that Page.read gave, by its text now or nil:
--   state      the ledger's where it has read this text; for a newer text 'draft',
--              'broken', 'waiting', or 'published' if it is the published one again
--   revision   the number of this revision, where the ledger knows it
--   appeared   the moment at which readers of the lists could first see it, or nil
--   updated    the day on which what is published last changed, or nil
--   published  what readers of the lists see, with revision and at, or nil
--   broken     whether something in this text keeps it out
--   listed     whether the page's own list of problems says what
--   reason     code and params, where the ledger has read this text
function Standing.of(page, text)
	local kept = Ledger.standing(page.title.id) or {}
	local sha1 = text and mw.hash.hashValue('sha1', text)
	local found = {
		published = kept.published, broken = isBroken(page), listed = isBroken(page),
		appeared = kept.appeared or kept.published and kept.first,
		updated = kept.sequence and Times.date(EPOCH + kept.sequence),
	}
	if sameText(kept.newest, sha1) then
		found.state = kept.state
		found.broken = found.broken or kept.state == 'broken'
		found.revision = kept.newest.revision
		found.reason = kept.reason
	elseif sameText(kept.published, sha1) then
		found.state = 'published'
	elseif page.values.status == 'draft' then
		found.state = 'draft'
	else
		found.state = found.broken and 'broken' or 'waiting'
	end
	return found
end

return Standing
