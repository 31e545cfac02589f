-- Normal forms of text, as in space/text/folding.py: one spelling for digits of any
-- script, minus signs, dashes, spaces and invisible marks, and for letters in any case
-- and width.
local Normal = {}

-- White space that is still there after NFKC and that Lua does not take for one.
local BLANKS = {
	['\194\133'] = ' ', ['\225\154\128'] = ' ', ['\226\128\168'] = ' ',
	['\226\128\169'] = ' ',
}
local CHARACTER = '[\194-\244][\128-\191]+'
-- They part letters inside words of Persian, Malayalam and others.
local JOINERS = { ['\226\128\140'] = true, ['\226\128\141'] = true }
local folds, signs

-- A table of Module:Space/Signs, for texts that are not ASCII.
local function known(name)
	signs = signs or mw.loadData('Module:Space/Signs')
	return signs[name]
end

local function isAscii(text)
	return not text:find('[\128-\255]')
end

local function single(text)
	return (text:gsub('[%s\28-\31]+', ' '):gsub('^ ', ''):gsub(' $', ''))
end

local function seen(text, joiners)
	if isAscii(text) then
		return text
	end
	local spaces = known('spaces')
	return (text:gsub(CHARACTER, function (character)
		return not (joiners and JOINERS[character]) and spaces[character] or nil
	end))
end

-- A code or a name without invisible marks and with single plain spaces, for lookups.
function Normal.bare(text)
	return single(seen(text))
end

-- A word in single plain spaces without invisible marks, but for joiners.
function Normal.withoutMarks(text)
	return single(seen(text, true))
end

-- Whether there is nothing to see: only spaces of any kind and invisible marks.
function Normal.isBlank(text)
	return Normal.bare(text) == ''
end

-- The text without spaces of any kind and invisible marks at its ends.
function Normal.trim(text)
	local spaces = isAscii(text) and {} or known('spaces')
	local first, last
	for start, character, stop in text:gmatch('()([%z\1-\127\194-\244][\128-\191]*)()') do
		local space = character:find('^[%s\28-\31]$')
			or spaces[character] and not JOINERS[character]
		if not space then
			first, last = first or start, stop - 1
		end
	end
	return first and text:sub(first, last) or ''
end

-- The text without the signs of a pattern's class at its end. A pattern that ends in
-- `+$` would look for the end from each sign of a run.
function Normal.trimEnd(text, class)
	return text:match('^.*[^' .. class .. ']') or ''
end

-- The pieces of a text between signs, in order; one for a text without the sign.
-- `mw.text.split` counts the characters before each piece again.
function Normal.split(text, sign)
	local pieces = {}
	for piece in (text .. sign):gmatch('([^%' .. sign .. ']*)%' .. sign) do
		table.insert(pieces, piece)
	end
	return pieces
end

-- The text with ASCII digits, hyphens, colons and spaces, and no invisible marks.
function Normal.ascii(text)
	text = Normal.bare(text)
	if isAscii(text) then
		return text
	end
	local ascii = known('ascii')
	return (text:gsub(CHARACTER, function (character)
		return ascii[character]
	end))
end

local function folded(text)
	if isAscii(text) then
		return text:lower()
	end
	folds = folds or mw.loadData('Module:Space/Folds')
	text = mw.ustring.toNFKC(text):gsub(CHARACTER, function (letter)
		return folds[letter] or BLANKS[letter]
	end)
	-- A small letter may go together with its accents where the capital did not.
	return mw.ustring.toNFKC(mw.ustring.lower(text))
end

-- The form in which texts are compared: case, width and spacing do not count.
function Normal.fold(text)
	return single((folded(text):gsub('_', ' ')))
end

-- A code or name as tables have it: bare, in one case and width.
function Normal.lookup(text)
	text = Normal.bare(text)
	return isAscii(text) and text:lower() or Normal.bare(folded(text))
end

-- The text in lower case, one letter for one letter: the dotted capital I stays.
function Normal.lower(text)
	return (text:lower():gsub(CHARACTER, function (letter)
		local small = mw.ustring.lower(letter)
		return mw.ustring.len(small) == 1 and small or nil
	end))
end

-- The text with its first letter as wikis write it, if that is one letter.
function Normal.capitalize(text)
	local first = text:match('^' .. CHARACTER)
	if not first then
		return (text:gsub('^%l', string.upper))
	end
	local capital = known('capitals')[first] or mw.ustring.upper(first)
	return mw.ustring.len(capital) == 1 and capital .. text:sub(#first + 1) or text
end

return Normal
