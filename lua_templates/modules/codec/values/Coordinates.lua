-- Points on the globe as people write them: decimals, degrees with minutes and
-- seconds, letters for the directions before or after them, a geo URI (RFC 5870).
local Normal = require('Module:Space/Normal')

local Coordinates = {}

local PLACES = 6
local DEGREE = '\1' -- which no text has
local SIGNS = { ['°'] = DEGREE, ['′'] = "'", ['’'] = "'", ['″'] = '"', ['”'] = '"' }

local function decimal(number)
	local text = string.format('%.' .. PLACES .. 'f', number)
	text = text:gsub('0+$', ''):gsub('%.$', '')
	return text == '-0' and '0' or text
end

-- The number that a text begins with and what comes after it; nil for none.
local function leading(text)
	local digits, rest = text:match('^(%d%d?%d?)(.*)$')
	if not digits or rest:find('^%d') then
		return nil
	end
	local decimals, more = rest:match('^%.(%d+)(.*)$')
	return tonumber(digits .. '.' .. (decimals or '0')), more or rest
end

-- The minutes or seconds, below 60 and before their sign, that a text begins with, and
-- the rest of the text; nil for none.
local function sixtieths(text, sign)
	local number, rest = leading(text)
	rest = rest and rest:match('^ ?' .. sign .. ' ?(.*)$')
	if not rest or number >= 60 then
		return nil
	end
	return number, rest
end

-- Degrees, minutes and seconds, any of the last two left out; nil where there is more.
local function degrees(text)
	local size, rest = leading(text)
	rest = rest and rest:gsub('^ ?' .. DEGREE .. '? ?', '')
	local unit = 60
	for _, sign in ipairs({ "'", '"' }) do
		if rest and rest ~= '' then
			local part
			part, rest = sixtieths(rest, sign)
			size = size + (part or 0) / unit
			unit = unit * 60
		end
	end
	return rest == '' and size or nil
end

-- Degrees, and the letter that gives their direction or ''; or nil.
local function angle(text, positive, negative)
	local sign, before, rest, after =
		mw.text.trim(text):match('^([+-]?)(%a?)%s*(.-)%s*(%a?)$')
	local letter = before .. after
	local size = degrees(rest)
	if not size or #(sign .. letter) > 1
		or letter ~= '' and letter ~= positive and letter ~= negative
	then
		return nil
	end
	return (sign == '-' or letter == negative) and -size or size, letter
end

-- The two numbers of a pair, split at a comma, a semicolon, a letter or a space. Decimal
-- commas, as in 52,5, become points.
local function halves(text)
	local comma = '([+-]?%d+),(%d+)'
	for _, between in ipairs({ ' ?; ?', ', ', ' ' }) do
		text = text:gsub('^' .. comma .. between .. comma .. '$', '%1.%2, %3.%4')
	end
	for _, pattern in ipairs({
		'^([^,;]+)[,;]([^,;]+)$', '^([^NSEW]+[NS])(.+)$', '^([NS][^NSEW]+)([EW].+)$',
		'^(%S+) (%S+)$',
	}) do
		local first, second = text:match(pattern)
		if first then
			return first, second
		end
	end
	return nil
end

-- Latitude and longitude in degrees as canonical text, '-36.8506, 174.7679'; nil for any
-- other text.
function Coordinates.read(text)
	text = Normal.ascii(text):gsub('[\194-\226][\128-\191]+', SIGNS)
	text = text:upper():gsub("''", '"'):gsub('^GEO:([^;?]*).*$', '%1')
	local first, second = halves(text)
	local latitude, north = angle(first or '', 'N', 'S')
	local longitude, east = angle(second or '', 'E', 'W')
	if not latitude or not longitude or (north == '') ~= (east == '') then
		return nil
	end
	local lat, lon = decimal(latitude), decimal(longitude)
	if math.abs(lat) > 90 or math.abs(lon) > 180 or lat .. lon == '00' then
		return nil
	end
	return lat .. ', ' .. lon
end

return Coordinates
