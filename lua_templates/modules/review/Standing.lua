-- The status of a post or an event: the bot's ledger, compared with the page's text as
-- it is now. No other module compares the two.
local Ledger = require('Module:Space/Ledger')

local Times = require('Module:Space/Times')

local Standing = {}

-- The beginning of SEQUENCE, 25 June 2019, in seconds since 1970.
local EPOCH = 1561420800

local function sameText(mark, sha1)
	return mark ~= nil and mark.sha1 ~= nil and mark.sha1 == sha1
end

-- Whether a problem keeps this text from being published; warnings do not.
local function isBroken(page)
	for _, problem in ipairs(page.problems) do
		if problem.severity ~= 'warning' then
			return true
		end
	end
	return false
end

-- The names of the fields of an overlay that reviewers look at later.
local function corrected(overlay)
	local names = {}
	for _, laid in ipairs(overlay or {}) do
		table.insert(names, laid.correction and laid.field or nil)
	end
	return names
end

-- The status of a page that Page.read gave, by its text now (nil if there is none):
--   state      the ledger's where it has read this text; for a newer text 'draft',
--              'broken', 'waiting', or 'published' if it is the published one again
--   revision   the number of this revision, where the ledger knows it
--   appeared   the moment at which readers of the lists could first see it, or nil
--   updated    the day on which what is published last changed, or nil
--   published  what readers of the lists see, with revision and at, or nil
--   broken     whether something in this text keeps it out
--   listed     whether the page's own list of problems says what
--   reason     code and params, where the ledger has read this text
--   live       whether readers see all of this text already, ahead of a review
--   corrected  names of the fields that they see ahead of a review, as a list
function Standing.of(page, text)
	local recorded = Ledger.standing(page.title.id) or {}
	local sha1 = text and mw.hash.hashValue('sha1', text)
	local status = {
		published = recorded.published, broken = isBroken(page), listed = isBroken(page),
		appeared = recorded.appeared or recorded.published and recorded.first,
		updated = recorded.sequence and Times.date(EPOCH + recorded.sequence),
	}
	if sameText(recorded.newest, sha1) then
		status.state = recorded.state
		status.broken = status.broken or recorded.state == 'broken'
		status.revision = recorded.newest.revision
		status.reason = recorded.reason
		status.live = recorded.live or false
		status.corrected = corrected(recorded.overlay)
	elseif sameText(recorded.published, sha1) then
		status.state = 'published'
	elseif page.values.status == 'draft' then
		status.state = 'draft'
	else
		status.state = status.broken and 'broken' or 'waiting'
	end
	return status
end

return Standing
