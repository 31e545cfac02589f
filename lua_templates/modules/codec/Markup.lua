-- The wikitext inside a parameter's value, as space/codec/markup.py reads it: texts,
-- links, and markup that a value may not have. The value is the page's source or, where
-- that cannot be had, what the wiki expanded it to.
local Grammar = mw.loadData('Module:Space/Grammar')
local Links = require('Module:Space/Links')
local References = require('Module:Space/References')
local Scanner = require('Module:Space/Scanner')

local Markup = {}

local ELEMENT_LIMIT = 8192
local SHOWN = 40
local DEEPEST = 4 -- a link in a list in a list is at the third level
local MARKER = '(\127\'"`UNIQ%-%-(%w+)%-%x+%-QINU`"\'\127)'
-- Tags the wiki puts into the lists of templates such as {{ubl}}.
local SILENT = { templatestyles = true }
local SYMBOLS = { ['!'] = '|', ['='] = '=' }

-- General categories Cf, Zl, Zp and Zs, and C1 controls, as far as browsers know them.
local UNSEEN = '[\194\128-\194\160\194\173\216\128-\216\133\216\156\219\157\220\143'
	.. '\225\154\128\225\160\142\226\128\128-\226\128\143\226\128\168-\226\128\175'
	.. '\226\129\159-\226\129\175\227\128\128\239\187\191\239\191\185-\239\191\187]'

-- Whether a text has spaces, control characters or invisible marks.
function Markup.isUnseen(text)
	return text:find('[%c ]') ~= nil or mw.ustring.find(text, UNSEEN) ~= nil
end

local function fault(found, code, name)
	local key = code .. ' ' .. name
	if not found.faults[key] then
		found.faults[key] = true
		table.insert(found.faults, { code = code, name = name })
	end
end

-- Text joins the text before it.
local function add(found, token)
	local last = found.tokens[#found.tokens]
	if type(token) ~= 'string' then
		table.insert(found.tokens, token)
	elseif type(last) == 'string' then
		found.tokens[#found.tokens] = last .. token
	elseif token ~= '' then
		table.insert(found.tokens, token)
	end
end

local function escaped(text)
	return (text:gsub('[^%w%s\128-\255]', function (sign)
		return '&#' .. sign:byte() .. ';'
	end))
end

-- Text in which nothing has a meaning: every sign a character reference.
local function literal(text)
	local pieces, position = {}, 1
	for start, reference, stop in text:gmatch('()(&#?[%w\128-\255]+;)()') do
		if References.is(reference) then
			table.insert(pieces, escaped(text:sub(position, start - 1)) .. reference)
			position = stop
		end
	end
	table.insert(pieces, escaped(text:sub(position)))
	return table.concat(pieces)
end

-- What the wiki put aside: nowiki comes back as its text, other tags are problems.
local function withoutMarkers(raw, found)
	return (raw:gsub(MARKER, function (marker, name)
		name = name:lower()
		if name == 'nowiki' then
			return literal(mw.text.unstripNoWiki(marker))
		end
		if not SILENT[name] then
			fault(found, 'tag', '<' .. name .. '>')
		end
		return ''
	end))
end

-- The text without comments and tags; nowiki's content stays, all escaped.
local function withoutTags(raw, found)
	local text = Scanner.replaced(withoutMarkers(raw, found), function (piece)
		if piece.name == 'nowiki' then
			return literal(piece.content)
		elseif not Scanner.DROPPED[piece.name] then
			fault(found, 'tag', '<' .. piece.name .. '>')
		end
		return ''
	end)
	text = text:gsub('</?(%a[^<>]*)>', function (tag)
		local name, rest = tag:match('^(%w+)(.*)$')
		name = name:lower()
		if rest ~= '' and not rest:find('^[%s/]') then
			return nil
		end
		return Grammar.blocks[name] and '\n' or Grammar.phrases[name] and '' or nil
	end)
	return (text:gsub('<', '&lt;'))
end

-- How many apostrophes of a run show; the others make italics or bold.
local function apostrophes(run)
	return run == 4 and 1 or math.max(0, run - 5)
end

-- Text without external links: marks of italics and switches are not part of it.
local function readPlain(text, found)
	text = text:gsub("''+", function (run)
		return ("'"):rep(apostrophes(#run))
	end)
	text = text:gsub('__(%a+)__', function (word)
		if not Grammar.switches[word:lower()] then
			return nil
		end
		fault(found, 'magic-word', '__' .. word .. '__')
		return ''
	end)
	add(found, text)
end

local function isAddress(text)
	local lower = text:lower()
	return lower:find('^%a[%w+.-]*://.') or lower:find('^//.')
		or lower:find('^mailto:.') or lower:find('^tel:.')
end

-- Text with its external links, [address label].
local function readText(text, found)
	local position = 1
	for start, content, stop in text:gmatch('()%[([^%[%]]*)%]()') do
		local address, label = content:match('^(%S+)(.*)$')
		if address and isAddress(address) and not label:find('\n', 1, true) then
			readPlain(text:sub(position, start - 1), found)
			add(found, {
				address = References.decode(address),
				label = Markup.plain({ (label:gsub('^[ \t]+', '')) }),
			})
			position = stop
		end
	end
	readPlain(text:sub(position), found)
end

local read

-- What stands before and after a link's first bar of its own; nil without a bar.
local function halves(content)
	local start = 1
	local function bar(last)
		local at = content:find('|', start, true)
		return at and at <= last and at
	end
	for _, element in ipairs(Scanner.outermost(content)) do
		local at = bar(element.start - 1)
		if at then
			return content:sub(1, at - 1), content:sub(at + 1)
		end
		start = element.stop + 1
	end
	local at = bar(#content)
	if at then
		return content:sub(1, at - 1), content:sub(at + 1)
	end
	return content
end

local function hasLink(tokens)
	for _, token in ipairs(tokens) do
		if type(token) == 'table' and token.target then
			return true
		end
	end
	return false
end

local function readLink(raw, found, depth)
	local target, written = halves((raw:sub(3, -3):gsub('{{%s*!%s*}}', '|')))
	local label = { tokens = {}, faults = found.faults }
	if target:find('{{', 1, true) then
		read(target, { tokens = {}, faults = found.faults }, depth - 1)
	end
	read(written or '', label, depth - 1)
	local normal = Links.target(References.decode(target)) or ''
	local link = Links.new(normal, Markup.plain(label.tokens))
	if Links.embeds(normal) and not target:find('^%s*:') then
		link = link or { target = normal, label = normal }
		link.embeds = true
		add(found, link)
	elseif hasLink(label.tokens) then
		-- For the wiki only the inner one of two links is a link.
		add(found, '[[' .. target .. (written and '|' or ''))
		for _, token in ipairs(label.tokens) do
			add(found, token)
		end
		add(found, ']]')
	else
		add(found, link or raw)
	end
end

-- The arguments of a template that go by numbers, in order.
local function numbered(text, parts)
	local found, numbers, count = {}, {}, 0
	local function put(number, value)
		if not found[number] then
			table.insert(numbers, number)
		end
		found[number] = value
	end
	for place = 2, #parts do
		local part = parts[place]
		if part.equals then
			local name = mw.text.trim(text:sub(part.from, part.equals - 1))
			if name:find('^%d%d?%d?$') then
				put(tonumber(name), text:sub(part.equals + 1, part.to))
			end
		else
			count = count + 1
			put(count, text:sub(part.from, part.to))
		end
	end
	table.sort(numbers)
	local items = {}
	for place, number in ipairs(numbers) do
		items[place] = found[number]
	end
	return items
end

local function code(name)
	local word = name:match('^(%a+)%s*:')
	if name:find('^#') or word and Grammar.functions[word:lower()] then
		return 'parser-function'
	end
	local variable = name:match('^([A-Z][A-Z0-9]*):') or name:match('^([A-Z][A-Z0-9]*)$')
	for beginning in pairs(variable and Grammar.variables or {}) do
		if variable:sub(1, #beginning) == beginning then
			return 'magic-word'
		end
	end
	return 'template'
end

local function readTemplate(text, element, found, depth)
	local first = element.parts[1]
	local written = mw.text.trim(text:sub(first.from, first.to))
	local name = Links.template(written)
	if SYMBOLS[name] then
		add(found, SYMBOLS[name])
	elseif Grammar.users[name] then
		local user = numbered(text, element.parts)[1]
		user = user and Markup.plain({ user }) or ''
		add(found, user ~= '' and Links.new('User:' .. user, user)
			or text:sub(element.start, element.stop))
	elseif Grammar.lists[name] then
		for _, item in ipairs(numbered(text, element.parts)) do
			add(found, '\n')
			read(item, found, depth - 1)
			add(found, '\n')
		end
	else
		fault(found, code(written), '{{' .. mw.ustring.sub(written, 1, SHOWN) .. '}}')
	end
end

local function readElement(text, element, found, depth)
	local raw = text:sub(element.start, element.stop)
	if element.kind == 'argument' then
		fault(found, 'template', mw.ustring.sub(raw, 1, SHOWN))
	elseif depth == 0 or #raw > ELEMENT_LIMIT and mw.ustring.len(raw) > ELEMENT_LIMIT then
		fault(found, 'markup-too-long', mw.ustring.sub(raw, 1, SHOWN))
	elseif element.kind == 'link' then
		readLink(raw, found, depth)
	else
		readTemplate(text, element, found, depth)
	end
end

-- Reads wikitext into the tokens and problems of `found`; `depth` counts the templates
-- round it.
function read(raw, found, depth)
	if not raw:find('[<{%[\127]') and not raw:find("''", 1, true)
		and not raw:find('__', 1, true)
	then
		add(found, raw)
		return
	end
	local text, position = withoutTags(raw, found), 1
	for _, element in ipairs(Scanner.outermost(text)) do
		readText(text:sub(position, element.start - 1), found)
		readElement(text, element, found, depth)
		position = element.stop + 1
	end
	readText(text:sub(position), found)
end

-- The tokens of a raw value and the faults in it. A token is a text, a link with
-- target and label (`embeds`: it files the page or shows a file), or an external link
-- with address and label. Texts keep their character references and line breaks.
function Markup.read(raw)
	local found = { tokens = {}, faults = {} }
	read(References.storable(raw), found, DEEPEST)
	return found
end

local function render(tokens, show)
	local pieces = {}
	for number, token in ipairs(tokens) do
		if type(token) == 'string' then
			local text = token:gsub('[ \t\r\n]+', ' ')
			text = number == 1 and text:gsub('^ ', '') or text
			text = number == #tokens and text:gsub(' $', '') or text
			table.insert(pieces, References.decode(text))
		elseif token.address then
			table.insert(pieces, token.label ~= '' and token.label or token.address)
		else
			table.insert(pieces, show(token))
		end
	end
	return table.concat(pieces)
end

-- The text of tokens: labels for links, characters for references.
function Markup.plain(tokens)
	return render(tokens, function (token)
		return token.label
	end)
end

-- The canonical inline value of tokens.
function Markup.inline(tokens)
	return render(tokens, Links.written)
end

return Markup
