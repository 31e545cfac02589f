-- The inside of a parameter's value as a module gets it: texts, links, and what has
-- no business there. The wiki has expanded templates and dropped comments before;
-- space/codec/markup.py reads the same from the page's own text.
local Links = require('Module:Space/Links')

local Markup = {}

local function set(words)
	local found = {}
	for word in words:gmatch('%S+') do
		found[word] = true
	end
	return found
end

local BLOCKS = set('blockquote br caption center dd div dl dt h1 h2 h3 h4 h5 h6 hr li ol '
	.. 'p table td th tr ul')
local INLINE = set('abbr b bdi bdo big cite code data del dfn em font i ins kbd mark q rp '
	.. 'rt rtc ruby s samp small span strike strong sub sup time tt u var wbr')
local SWITCHES = set('archivedtalk disambig expectunusedcategory expectunusedtemplate '
	.. 'forcetoc hiddencat index noindex newsectionlink nonewsectionlink nocc '
	.. 'nocontentconvert noeditsection nogallery noglobal notalk notc notitleconvert '
	.. 'notoc toc staticredirect')
local EMBEDDING = set('category file image')
local MARKER = '(\127\'"`UNIQ%-%-(%w+)%-%x+%-QINU`"\'\127)'
-- Tags the wiki puts into the lists of templates such as {{ubl}}.
local SILENT = set('templatestyles')

local function fault(found, code, name)
	for _, known in ipairs(found.faults) do
		if known.code == code and known.name == name then
			return
		end
	end
	table.insert(found.faults, { code = code, name = name })
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

-- General categories Cf, Zl, Zp and Zs, and C1 controls, as far as browsers know them.
local UNSEEN = '[\194\128-\194\160\194\173\216\128-\216\133\216\156\219\157\220\143'
	.. '\225\154\128\225\160\142\226\128\128-\226\128\143\226\128\168-\226\128\175'
	.. '\226\129\159-\226\129\175\227\128\128\239\187\191\239\191\185-\239\191\187]'
local REPLACEMENT = '\239\191\189'

-- The text with its character references replaced by their characters, once. What a
-- wiki cannot store becomes U+FFFD.
function Markup.decode(text)
	text = text:gsub('&#([xX]?)(%x+);', function (base, digits)
		local number = base ~= '' and tonumber(digits, 16) or tonumber(digits)
		if number and (number > 0x10FFFF or number >= 0xD800 and number <= 0xDFFF
			or number < 0x20 and number ~= 0x9 and number ~= 0xA and number ~= 0xD
			or number == 0xFFFE or number == 0xFFFF)
		then
			return REPLACEMENT
		end
		return nil
	end)
	return (mw.text.decode(text, true))
end

-- Whether spaces, control characters or marks that nobody sees are in a text.
function Markup.isUnseen(text)
	return text:find('[%c ]') ~= nil or mw.ustring.find(text, UNSEEN) ~= nil
end

local function escaped(text)
	return (mw.ustring.gsub(text, '[^%w%s]', function (sign)
		return '&#' .. mw.ustring.codepoint(sign) .. ';'
	end))
end

-- Text in which nothing has a meaning: every sign a character reference.
local function literal(text)
	local pieces, position = {}, 1
	for start, reference, stop in text:gmatch('()(&#?%w+;)()') do
		if mw.text.decode(reference, true) ~= reference then
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
		if name == 'nowiki' then
			return literal(mw.text.unstripNoWiki(marker))
		end
		if not SILENT[name] then
			fault(found, 'tag', '<' .. name .. '>')
		end
		return ''
	end))
end

local function withoutTags(text)
	text = text:gsub('<(/?)(%a%w*)([^<>]*)>', function (_, name, rest)
		name = name:lower()
		if rest ~= '' and not rest:find('^[%s/]') then
			return nil
		end
		return BLOCKS[name] and '\n' or INLINE[name] and '' or nil
	end)
	return (text:gsub('<', '&lt;'))
end

-- How many apostrophes of a run show; the others make italics or bold.
local function apostrophes(run)
	return run == 4 and 1 or math.max(0, run - 5)
end

local function readQuotes(text)
	return (text:gsub("''+", function (run)
		return ("'"):rep(apostrophes(#run))
	end))
end

local function readSwitches(text, found)
	return (text:gsub('__(%a+)__', function (word)
		if not SWITCHES[word:lower()] then
			return nil
		end
		fault(found, 'magic-word', '__' .. word .. '__')
		return ''
	end))
end

local function readText(text, found)
	add(found, readQuotes(readSwitches(text, found)))
end

local function isAddress(text)
	local lower = text:lower()
	return lower:find('^%a[%w+.-]*://[^%s]') or lower:find('^//[^%s]')
		or lower:find('^mailto:.') or lower:find('^tel:.')
end

-- External links: [address label].
local function readExternal(text, found)
	local position = 1
	for start, address, label, stop in text:gmatch('()%[([^%s%[%]]+)[ \t]*([^%[%]\n]*)%]()') do
		if isAddress(address) then
			readText(text:sub(position, start - 1), found)
			add(found, {
				address = Markup.decode(address), label = Markup.plain({ label }),
			})
			position = stop
		end
	end
	readText(text:sub(position), found)
end

local function link(content, bar, label)
	local inside = { tokens = {}, faults = {} }
	readText(label, inside)
	return Links.new(
		Markup.plain({ content }), bar and Markup.plain(inside.tokens) or ''
	)
end

local function readLinks(text, found)
	local position, from = 1, 1
	while true do
		local start, stop, target, bar, label =
			text:find('%[%[([^%[%]|]+)(|?)([^%[%]]*)%]%]', from)
		if not start then
			break
		end
		local made = link(target, bar == '|', label)
		if made then
			readExternal(text:sub(position, start - 1), found)
			made.embeds = EMBEDDING[Links.prefix(made)] and not target:find('^%s*:')
			add(found, made)
			position = stop + 1
		end
		from = stop + 1
	end
	readExternal(text:sub(position), found)
end

-- The tokens of a raw value and the faults in it. A token is a text, a link with
-- target and label (`embeds`: it files the page or shows a file), or an external link
-- with address and label. Texts keep their character references and line breaks.
function Markup.read(raw)
	local found = { tokens = {}, faults = {} }
	readLinks(withoutTags(withoutMarkers(raw, found)), found)
	return found
end

local function render(tokens, show)
	local pieces = {}
	for number, token in ipairs(tokens) do
		if type(token) == 'string' then
			local text = token:gsub('[ \t\r\n]+', ' ')
			text = number == 1 and text:gsub('^ ', '') or text
			text = number == #tokens and text:gsub(' $', '') or text
			table.insert(pieces, Markup.decode(text))
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
