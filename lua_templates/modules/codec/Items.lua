-- The items of a list value. Lists are split first and decoded afterwards, so that
-- &#59; is a semicolon that separates nothing (space/codec/items.py).
local Markup = require('Module:Space/Markup')
local Normal = require('Module:Space/Normal')
local References = require('Module:Space/References')

local Items = {}

-- Semicolons, full-width and Arabic ones, Arabic and ideographic commas.
local SEPARATORS = { '\239\188\155', '\216\155', '\216\140', '\227\128\129' }

-- The text with \1 in place of each separator.
local function cut(text, commas)
	for _, separator in ipairs(SEPARATORS) do
		text = text:gsub(separator, '\1')
	end
	text = text:gsub(commas and '[\n,]' or '\n', '\1')
	-- A semicolon separates unless it ends a character reference.
	text = text:gsub('(&#?[%w\128-\255]+);', function (before)
		return References.is(before .. ';') and before .. '\2' or nil
	end)
	return (text:gsub(';', '\1'):gsub('\2', ';'))
end

local function withoutBullets(text)
	return (text:gsub('\n[ \t]*%*+', '\n'):gsub('\n[ \t]*#+([ \t])', '\n%1'))
end

-- The non-empty items of a list value, in order, each a list of tokens; empty for none.
-- `commas`: Latin commas separate too, as between codes.
function Items.split(tokens, commas)
	local items = { {} }
	for number, token in ipairs(tokens) do
		if type(token) == 'string' then
			if number == 1 then
				token = '\n' .. token:gsub('^%s+', '')
			end
			local pieces = Normal.split(cut(withoutBullets(token), commas), '\1')
			for place, piece in ipairs(pieces) do
				if place > 1 then
					table.insert(items, {})
				end
				table.insert(items[#items], piece)
			end
		else
			table.insert(items[#items], token)
		end
	end
	local found = {}
	for _, item in ipairs(items) do
		if not Normal.isBlank(Markup.plain(item)) then
			table.insert(found, item)
		end
	end
	return found
end

return Items
