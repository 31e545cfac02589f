-- Character references (&amp;, &#59;) as MediaWiki's parser knows them: all names of
-- HTML 5, as in space/codec/entities.py. `mw.text.decode` knows fewer.
local References = {}

local REFERENCE = '&(#?)([%w\128-\255]+);'
local REPLACEMENT = '\239\191\189'
local MOST_DIGITS = 9
-- Those that nearly all pages have, so that few need the table.
local FREQUENT = { amp = '&', lt = '<', gt = '>', quot = '"', nbsp = '\194\160' }

local function named(name)
	return FREQUENT[name] or mw.loadData('Module:Space/Entities')[name]
end

local function isStorable(number)
	return number <= 0x10FFFF and (number < 0xD800 or number > 0xDFFF)
		and number ~= 0xFFFE and number ~= 0xFFFF
		and (number >= 0x20 or number == 0x9 or number == 0xA or number == 0xD)
end

local function numbered(written)
	local digits, base = written:match('^%d+$'), 10
	if not digits then
		digits, base = written:match('^[xX](%x+)$'), 16
	end
	if not digits then
		return nil
	end
	digits = digits:gsub('^0+', '')
	local number = tonumber(digits == '' and '0' or digits, base)
	if #digits > MOST_DIGITS or not isStorable(number) then
		return REPLACEMENT
	end
	return mw.ustring.char(number)
end

local function character(number, name)
	if number == '#' then
		return numbered(name)
	end
	return named(name)
end

-- The text with each reference replaced by its character, once. A character that a wiki
-- cannot store becomes U+FFFD.
function References.decode(text)
	return (text:gsub(REFERENCE, character))
end

-- Whether a text of the form of a reference, such as '&copy;', is a reference.
function References.is(text)
	local number, name = text:match('^' .. REFERENCE .. '$')
	return name ~= nil and character(number, name) ~= nil
end

-- The text with U+FFFD for each character that a wiki page cannot hold.
function References.storable(text)
	text = text:gsub('[%z\1-\8\11\12\14-\31]', REPLACEMENT)
	return (text:gsub('\239\191[\190\191]', REPLACEMENT))
end

return References
