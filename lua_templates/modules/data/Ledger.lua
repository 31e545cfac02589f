-- The bot's ledger, User:<bot>/Space/Ledger/<n>.json: the page status of posts and
-- events, a hundred page ids to a page. A page reads its own block only.
local Data = require('Module:Space/Data')

local Ledger = {}

local BLOCK = 100

local function entryOf(pageId)
	local block = Data.load('Ledger/' .. math.floor(pageId / BLOCK))
	return block and block['p' .. pageId]
end

-- The standing of a page, or nil where the bot has not seen it. Its fields are those
-- of space.review.model.PageStatus.
function Ledger.standing(pageId)
	local entry = entryOf(pageId)
	return entry and entry.standing or nil
end

-- The name of the account that created a page, or nil where the bot does not know the
-- page.
function Ledger.creator(pageId)
	local entry = entryOf(pageId)
	return entry and entry.creator or nil
end

return Ledger
