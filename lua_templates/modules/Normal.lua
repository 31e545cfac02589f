-- Spellings of signs that mean the same everywhere: digits of any script, minus signs
-- and dashes, spaces, marks of direction; and of letters in any case and width.
local Normal = {}

-- The first code point of each run of ten digits that people write dates with.
local ZEROS = {
	0x0660, 0x06F0, 0x07C0, 0x0966, 0x09E6, 0x0A66, 0x0AE6, 0x0B66, 0x0BE6, 0x0C66,
	0x0CE6, 0x0D66, 0x0DE6, 0x0E50, 0x0ED0, 0x0F20, 0x1040, 0x1090, 0x17E0, 0x1810,
	0x1946, 0x19D0, 0x1A80, 0x1A90, 0x1B50, 0x1BB0, 0x1C40, 0x1C50, 0xA620, 0xA8D0,
	0xA900, 0xA9D0, 0xA9F0, 0xAA50, 0xABF0, 0xFF10, 0x1E950,
}
-- White space that is still there after NFKC and that Lua does not take for one.
local BLANKS = {
	['\194\133'] = ' ', ['\225\154\128'] = ' ', ['\226\128\168'] = ' ',
	['\226\128\169'] = ' ',
}
local signs, folds

local function table_()
	local found = {
		['‐'] = '-', ['‑'] = '-', ['‒'] = '-', ['–'] = '-', ['—'] = '-', ['−'] = '-',
		['－'] = '-', ['：'] = ':', ['，'] = ',',
	}
	for _, zero in ipairs(ZEROS) do
		for digit = 0, 9 do
			found[mw.ustring.char(zero + digit)] = tostring(digit)
		end
	end
	for _, marks in ipairs({ { 0x200B, 0x200F }, { 0x202A, 0x202E }, { 0x2066, 0x2069 },
		{ 0xFEFF, 0xFEFF } })
	do
		for mark = marks[1], marks[2] do
			found[mw.ustring.char(mark)] = ''
		end
	end
	for _, space in ipairs({ 0xA0, 0x2007, 0x2009, 0x200A, 0x202F, 0x3000 }) do
		found[mw.ustring.char(space)] = ' '
	end
	return found
end

-- The text with ASCII digits, hyphens, colons and spaces, and no marks of direction.
function Normal.ascii(text)
	signs = signs or table_()
	text = text:gsub('[\194-\244][\128-\191]+', signs)
	return mw.text.trim((text:gsub('%s+', ' ')))
end

local function lower(text)
	if not text:find('[\128-\255]') then
		return text:lower()
	end
	folds = folds or mw.loadData('Module:Space/Folds')
	text = mw.ustring.toNFKC(text):gsub('[\194-\244][\128-\191]+', function (letter)
		return folds[letter] or BLANKS[letter]
	end)
	-- A small letter may go together with its accents where the capital did not.
	return mw.ustring.toNFKC(mw.ustring.lower(text))
end

-- The form in which texts are compared: case, width and spacing do not count, as in
-- space/filters.py.
function Normal.fold(text)
	text = lower(text):gsub('[_%s\28-\31]+', ' ')
	return (text:gsub('^ ', ''):gsub(' $', ''))
end

return Normal
