-- The structure of wikitext as MediaWiki's preprocessor sees it; space/codec/scanner.py
-- tells the rules. Positions count octets from 1, and both ends belong to a piece.
local Grammar = mw.loadData('Module:Space/Grammar')

local Scanner = {}

-- In a masked text: what the wiki drops, and what it puts aside, which is no part of
-- any name.
Scanner.HIDDEN, Scanner.OPAQUE = '\127', '\1'
local DROPPED = { comment = true, includeonly = true, markup = true }
Scanner.DROPPED = DROPPED
local PAIRS = { ['}'] = '{', [']'] = '[' }
local LONGEST = { ['{'] = 3, ['['] = 2 }

local closings = {}

-- A pattern for the closing tag of a name, in any case.
local function closing(name)
	closings[name] = closings[name] or '</' .. name:gsub('%a', function (letter)
		return '[' .. letter .. letter:upper() .. ']'
	end) .. '%s*>'
	return closings[name]
end

-- An extension's tag with its content; nil for one that never ends, which is plain text.
local function extension(text, start, name, after, unclosed)
	if unclosed[name] or unclosed['>'] then
		return nil
	end
	local bracket = text:find('>', after, true)
	if not bracket then
		unclosed['>'] = true
		return nil
	end
	if text:sub(bracket - 1, bracket - 1) == '/' then
		return { name = name, start = start, stop = bracket, content = '' }
	end
	local last, stop = text:find(closing(name), bracket + 1)
	if last then
		return {
			name = name, start = start, stop = stop, content = text:sub(bracket + 1, last - 1),
		}
	elseif name == 'includeonly' then -- the wiki closes it at the end of the page
		return { name = name, start = start, stop = #text }
	end
	unclosed[name] = true
	return nil
end

-- The comment or tag that begins at a '<' and hides what is in it, or nil.
local function hiddenPiece(text, start, unclosed)
	if text:sub(start, start + 3) == '<!--' then
		local _, stop = text:find('-->', start + 4, true)
		return { name = 'comment', start = start, stop = stop or #text }
	elseif text:sub(start, start + 2) == '</>' then
		return { name = 'markup', start = start, stop = start + 2 }
	end
	local slash, word, after = text:match('^<(/?)(%a+)()', start)
	local name = word and word:lower()
	if name and Grammar.transparent[name] then
		local rest, stop = text:match('^([^<>]*)>()', after)
		if rest and (rest == '' or rest:find('^[%s|/]')) then
			return { name = 'markup', start = start, stop = stop - 1 }
		end
	elseif slash == '' and (Grammar.extensions[name] or name == 'includeonly')
		and text:find('^[%s/>]', after)
	then
		return extension(text, start, name, after, unclosed)
	end
	return nil
end

-- The pieces of a text without structure, in order: comments, extension tags with their
-- `content`, and tags that are looked through. `name` is 'comment', 'markup' or that of
-- the tag.
function Scanner.hidden(text)
	local pieces, unclosed = {}, {}
	local position = text:find('<', 1, true)
	while position do
		local piece = hiddenPiece(text, position, unclosed)
		table.insert(pieces, piece)
		position = text:find('<', piece and piece.stop + 1 or position + 1, true)
	end
	return pieces
end

-- The text with each hidden piece as `show` says.
local function replaced(text, show)
	local parts, position = {}, 1
	for _, piece in ipairs(Scanner.hidden(text)) do
		table.insert(parts, text:sub(position, piece.start - 1))
		table.insert(parts, show(piece))
		position = piece.stop + 1
	end
	table.insert(parts, text:sub(position))
	return table.concat(parts)
end

Scanner.replaced = replaced

-- The text with hidden pieces blanked out, at its full length, so that positions stay.
function Scanner.mask(text)
	return replaced(text, function (piece)
		local sign = DROPPED[piece.name] and Scanner.HIDDEN or Scanner.OPAQUE
		return sign:rep(piece.stop - piece.start + 1)
	end)
end

-- The text without comments and without the tags that are looked through, which the wiki
-- drops.
function Scanner.withoutComments(text)
	return replaced(text, function (piece)
		return DROPPED[piece.name] and '' or text:sub(piece.start, piece.stop)
	end)
end

-- What a token may be by its first sign; those of PAIRED are none alone.
local RUNS = {
	['{'] = '^{+', ['['] = '^%[+', ['}'] = '^}+', [']'] = '^%]+', ['|'] = '^|',
	['\n'] = '^\n=?=?=?=?=?=?', ['='] = '^=', ['-'] = '^%-',
}
local PAIRED = { ['{'] = true, ['['] = true, [']'] = true, ['-'] = true }

-- The next sign, or run of signs, with a meaning from a position on; nil for none.
local function token(text, position)
	while true do
		local start = text:find('[-{%[}%]|\n=]', position)
		if not start then
			return nil
		end
		local sign = text:sub(start, start)
		local signs = text:match(RUNS[sign], start)
		if #signs > 1 or not PAIRED[sign] then
			return start, signs
		elseif sign == '-' and text:find('^{', start + 1) and not text:find('^{{', start + 1) then
			return start, '-{'
		end
		position = start + 1
	end
end

-- The element of `count` opening brackets of `open` and the closing ones at `close`.
local function element(open, count, close)
	local start = open.start + open.count - count
	local bounds, parts = { start + count - 1 }, {}
	for _, bar in ipairs(open.bars) do
		table.insert(bounds, bar)
	end
	table.insert(bounds, close)
	for place = 1, #bounds - 1 do
		parts[place] = {
			from = bounds[place] + 1, to = bounds[place + 1] - 1,
			equals = open.equals[place],
		}
	end
	local kind = open.bracket == '[' and 'link' or count == 2 and 'template' or 'argument'
	return { kind = kind, start = start, stop = close + count - 1, parts = parts }
end

local function opened(bracket, count, start)
	return { bracket = bracket, count = count, start = start, bars = {}, equals = {} }
end

local Walk = {}
Walk.__index = Walk

-- The innermost bracket that is open, or nil.
function Walk:top()
	return self.stack[#self.stack]
end

-- Takes a line break, which ends a heading, and the number of '=' signs after it, which
-- begin the next one; brackets do not close across a heading.
function Walk:line(signs, position)
	if self:top().bracket == '\n' then
		table.remove(self.stack)
	end
	local top = self:top()
	if not top or signs == 0 then
		return
	end
	local part = #top.bars + 1
	if signs == 1 and not top.equals[part] and top.bars[1] and top.bracket == '{' then
		top.equals[part] = position + 1 -- taken for the sign between name and value
	else
		table.insert(self.stack, opened('\n', signs, position))
	end
end

-- Takes closing brackets, as many as the innermost open ones allow.
function Walk:close(signs, position)
	local stop, left = position + #signs - 1, #signs
	while self:top() and left > 0 do
		local top = self:top()
		if top.bracket == '-' and self.text:sub(stop, stop + 1) == '}-' then
			table.remove(self.stack)
			left, self.read = 0, stop + 2
		elseif top.bracket ~= PAIRS[signs:sub(1, 1)] then
			return
		else
			local count = math.min(left, top.count, LONGEST[top.bracket])
			if count < 2 then
				return
			end
			table.remove(self.stack)
			self.found(element(top, count, position))
			position, left = position + count, left - count
			if top.count - count >= 2 then
				table.insert(self.stack, opened(top.bracket, top.count - count, top.start))
			end
		end
	end
end

-- Takes the next signs of the text, whatever they are.
function Walk:take(signs, position)
	local sign, top = signs:sub(1, 1), self:top()
	if sign == '{' or sign == '[' or sign == '-' then
		table.insert(self.stack, opened(sign, #signs, position))
	elseif not top then
		return
	elseif sign == '\n' then
		self:line(#signs - 1, position)
	elseif sign == '|' then
		table.insert(top.bars, position)
	elseif sign == '=' then
		top.equals[#top.bars + 1] = top.equals[#top.bars + 1] or position
	else
		self:close(signs, position)
	end
end

-- Passes each element of a masked text to `found` when its brackets close, inner
-- elements first, from position `start` to `stop` (nil: the end), until `found` returns
-- true.
function Scanner.elements(masked, start, found, stop)
	local done = false
	local walk = setmetatable({ text = masked, stack = {}, read = 0 }, Walk)
	function walk.found(each)
		done = done or found(each)
	end
	local position, signs = token(masked, start)
	while position and not done and position <= (stop or #masked) do
		if position >= walk.read then -- else used together with the one before
			walk:take(signs, position)
		end
		position, signs = token(masked, position + #signs)
	end
end

-- The elements that are inside no other one, in the order of the text.
function Scanner.outermost(masked)
	local found = {}
	Scanner.elements(masked, 1, function (each)
		while found[1] and found[#found].start > each.start do
			table.remove(found)
		end
		table.insert(found, each)
	end)
	return found
end

return Scanner
