-- Wikilinks in canonical inline values: [[target]] and [[target|label]]. Only a link in
-- its normal form is one; every other bracket is plain text (space/codec/values/links.py).
local Grammar = mw.loadData('Module:Space/Grammar')
local Normal = require('Module:Space/Normal')
local References = require('Module:Space/References')

local Links = {}

-- The spaces that MediaWiki takes for one in a title, and the marks it drops.
local BLANK = '[ _\194\160\225\154\128\225\160\142\226\128\128-\226\128\138\226\128\168'
	.. '\226\128\169\226\128\175\226\129\159\227\128\128]+'
local UNSEEN = '[\226\128\142\226\128\143\226\128\170-\226\128\174]'
local FORBIDDEN = '[%[%]{}|<>%z\1-\31\127]'

-- A title in single spaces and without direction marks, as MediaWiki stores it.
local function blanked(title)
	title = mw.ustring.gsub(title, UNSEEN, '')
	title = mw.ustring.gsub(title, BLANK, ' '):gsub('^[ \t\r\n]+', '')
	return Normal.trimEnd(title, ' \t\r\n')
end

-- Whether a prefix, in lower case, is the namespace of templates by any of its names.
local function isTemplates(prefix)
	local space = mw.site.namespaces[10]
	if prefix == 'template' or prefix == Normal.lookup(space.name) then
		return true
	end
	for _, alias in ipairs(space.aliases) do
		if prefix == Normal.lookup(alias) then
			return true
		end
	end
	return false
end

-- The name of a template as the wiki stores it, 'Space event', from what a call has
-- written. A title of another namespace keeps its prefix, in lower case; of the main
-- namespace the colon stays.
function Links.template(written)
	local name = blanked(References.decode((written:gsub('\127', ''))))
	for _, modifier in ipairs({ 'safesubst', 'msg', 'raw' }) do
		local word, rest = name:match('^(%a+) *: *(.*)$')
		name = word and word:lower() == modifier and rest or name
	end
	local prefix, title = name:gsub('^:', ''):match('^([^:]*):(.*)$')
	if prefix then
		prefix = Normal.lookup(prefix)
		prefix = not isTemplates(prefix) and prefix
	else
		prefix, title = name:find('^:') and '', Normal.trimEnd(name:gsub('^[: ]+', ''), ': ')
	end
	title = Normal.capitalize((title:gsub('#.*$', ''):gsub('^ +', ''):gsub(' +$', '')))
	return prefix and prefix .. ':' .. title or title
end

-- A link's target in normal form, without a leading colon; nil for a title that no page
-- can have.
function Links.target(written)
	local target = blanked(written):gsub('^:', ''):gsub('^ +', ''):gsub(' +$', '')
	if target == '' or target:find(FORBIDDEN) or target:find('~~~', 1, true)
		or target:find('\239\191\189', 1, true) or target:find('^:')
	then
		return nil
	end
	return target
end

local function written(link)
	if link.label == link.target then
		return '[[' .. link.target .. ']]'
	end
	return '[[' .. link.target .. '|' .. link.label .. ']]'
end

-- A wikilink in normal form; nil where target or label are not allowed in a link.
function Links.new(target, label)
	local normal = Links.target(target)
	if not normal then
		return nil
	end
	label = label:gsub('[ \t\r\n]+', ' '):gsub('^ ', ''):gsub(' $', '')
	label = label ~= '' and label or normal
	if label:find('[%[%]]') then
		return nil
	end
	return { target = normal, label = label }
end

-- Whether a plain link to a target puts the page into a category or shows a file.
function Links.embeds(target)
	local prefix = target:match('^([^:]*):')
	return prefix ~= nil and Grammar.embedding[mw.text.trim(prefix):lower()] == true
end

Links.written = written

-- The texts and links of an inline value, in order; a link is a table with `target` and
-- `label`.
function Links.split(value)
	local pieces, position = {}, 1
	local function text(last)
		if last >= position then
			table.insert(pieces, value:sub(position, last))
		end
	end
	local from = 1
	while true do
		local start, stop, content = value:find('%[%[([^%[%]]+)%]%]', from)
		if not start then
			break
		end
		local target, label = content:match('^([^|]*)|?(.*)$')
		local link = Links.new(target, #target < #content and label or target)
		if link and written(link) == value:sub(start, stop) then
			text(start - 1)
			table.insert(pieces, link)
			position = stop + 1
		end
		from = stop + 1
	end
	text(#value)
	return pieces
end

-- An inline value as safe wikitext: its links are links, every other sign is text.
function Links.wikitext(value)
	local made = {}
	for _, piece in ipairs(Links.split(value)) do
		if type(piece) == 'string' then
			table.insert(made, mw.text.nowiki(piece))
		else
			table.insert(made, '[[:' .. piece.target .. '|<bdi>'
				.. mw.text.nowiki(piece.label) .. '</bdi>]]')
		end
	end
	return table.concat(made)
end

return Links
