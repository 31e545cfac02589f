-- Points on the globe as people write them: decimals, degrees with minutes and
-- seconds, letters for the directions before or after them, a geo URI (RFC 5870).
local Normal = require('Module:Space/Normal')

local Coordinates = {}

local PLACES = 6
-- '*' stands for degrees.
local SIGNS = { ['°'] = '*', ['′'] = "'", ['’'] = "'", ['″'] = '"', ['”'] = '"' }

local function decimal(number)
	local text = string.format('%.' .. PLACES .. 'f', number)
	text = text:gsub('0+$', ''):gsub('%.$', '')
	return text == '-0' and '0' or text
end

-- Degrees, minutes and seconds, any of the last two left out; nil where there is more.
local function degrees(text)
	local number, rest = text:match('^(%d+%.?%d*)%s*%*?%s*(.*)$')
	if not number then
		return nil
	end
	local minutes, seconds = 0, 0
	if rest ~= '' then
		local left
		minutes, left = rest:match("^(%d+%.?%d*)%s*'%s*(.*)$")
		seconds = left == '' and '0' or left and left:match('^(%d+%.?%d*)%s*"$')
		minutes, seconds = tonumber(minutes), tonumber(seconds)
		if not minutes or not seconds or minutes >= 60 or seconds >= 60 then
			return nil
		end
	end
	return tonumber(number) + minutes / 60 + seconds / 3600
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

-- The two halves of a pair: parted by a comma, a semicolon, a letter or a space. Commas
-- of decimals, as in 52,5, become points.
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

-- Canonical text, '-36.8506, 174.7679', or nil.
function Coordinates.read(text)
	text = Normal.ascii(text):gsub('[\194-\226][\128-\191]+', SIGNS)
	text = text:upper():gsub("''", '"'):gsub('^GEO:([^;?]*).*$', '%1')
	local first, second = halves(text)
	local latitude, north = angle(first or '', 'N', 'S')
	local longitude, east = angle(second or '', 'E', 'W')
	if not latitude or not longitude or (north == '') ~= (east == '')
		or math.abs(latitude) > 90
		or math.abs(longitude) > 180 or (latitude == 0 and longitude == 0)
	then
		return nil
	end
	return decimal(latitude) .. ', ' .. decimal(longitude)
end

return Coordinates
