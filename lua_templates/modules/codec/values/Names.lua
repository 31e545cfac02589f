-- Normal forms of names: pages, users, files, topics, language codes, URLs.
local Links = require('Module:Space/Links')
local Markup = require('Module:Space/Markup')
local Normal = require('Module:Space/Normal')

local Names = {}

-- The user name in a title such as `User:X`; nil for other titles and for subpages.
function Names.user(written)
	local target = Links.target(written) or ''
	local name = target:match('^[Uu][Ss][Ee][Rr] *:(.*)$')
	name = name and Links.target(name)
	return name and not name:find('[/#]') and Normal.capitalize(name) or nil
end

-- The user name in a title such as `User:X`, or the text itself, in normal form.
function Names.person(text)
	return Names.user(text) or Normal.capitalize(Links.target(text) or text)
end

-- A page's title without its section; nil for a text that is no title.
function Names.page(written)
	local target = Links.target(written)
	local title = target and target:gsub('#.*$', ''):gsub(' +$', '')
	return title and title ~= '' and Normal.capitalize(title) or nil
end

-- The title in a URL of this wiki or of its mobile version; nil for other URLs.
local function titleIn(written)
	local host, rest = written:gsub('^[Hh][Tt][Tt][Pp][Ss]?:', '')
		:match('^//([^/?#]+)([^#]*)')
	local here = mw.site.server:gsub('^%a*:?//', ''):lower()
	host = host and host:lower():gsub('%.m%.', '.', 1):gsub('^m%.', '')
	if host ~= here then
		return nil
	end
	local path, query = rest:match('^([^?]*)%??(.*)$')
	local title = ('&' .. query):match('&title=([^&]+)')
	if title then
		return mw.uri.decode(title, 'QUERY')
	end
	-- Lua is not told the path of articles, but that of any page shows it.
	local before = mw.title.new('X'):localUrl():gsub('X$', '')
	return path:sub(1, #before) == before
		and mw.uri.decode(path:sub(#before + 1), 'PATH') or nil
end

-- The title that a URL of this wiki or `Special:MyLanguage/X` leads to; other titles as
-- they are.
function Names.meant(written)
	local meant = titleIn(written) or written
	local title = mw.title.new(meant)
	while title and title.namespace == -1 and title.text:lower():find('^mylanguage/.') do
		meant = title.text:sub(#'MyLanguage/' + 1)
		title = mw.title.new(meant)
	end
	return Names.page(meant) or written
end

-- A file's name on Commons without its namespace; nil for a name without an extension.
function Names.file(written)
	local address = Normal.bare(written)
		:match('^[Hh][Tt][Tt][Pp][Ss]?://commons%.m?%.?wikimedia%.org/wiki/([^?#]+)$')
	local name = Links.target(address and mw.uri.decode(address, 'PATH') or written)
	if not name then
		return nil
	end
	name = name:gsub('^[Cc]:', ''):gsub('^[Cc][Oo][Mm][Mm][Oo][Nn][Ss]:', '')
	name = name:gsub('^ *[Ff][Ii][Ll][Ee] *: *', ''):gsub('^ *[Ii][Mm][Aa][Gg][Ee] *: *', '')
	local kind = name:match('.%.(%w+)$')
	if name:find('[/:#]') or not kind or #kind < 2 or #kind > 5 then
		return nil
	end
	return Normal.capitalize(name)
end

-- A topic's slug: lower case, hyphens for spaces and underscores; nil for an empty text.
function Names.topic(text)
	local slug = Normal.lower(Normal.withoutMarks(text)):gsub('[ _-]+', '-')
	slug = slug:gsub('^%-', ''):gsub('%-$', '')
	return slug ~= '' and slug or nil
end

local function isScript(part)
	return part:find('^%l%l%l%l$') ~= nil
end

local function isRegion(part)
	return part:find('^%l%l$') ~= nil or part:find('^%d%d%d$') ~= nil
end

local function isVariant(part)
	return #part >= 5 and #part <= 8 or part:find('^%d%w%w%w$') ~= nil
end

-- A language code (BCP 47) in its standard case, from one in lower case; nil for a text
-- that is none.
function Names.languageCode(code)
	if not (code .. '-'):find('^%l%l%l?%-') or code:find('[^%l%d-]') then
		return nil
	end
	local parts = Normal.split(code, '-')
	local place = 2
	if parts[place] and isScript(parts[place]) then
		parts[place] = parts[place]:gsub('^%l', string.upper)
		place = place + 1
	end
	if parts[place] and isRegion(parts[place]) then
		parts[place] = parts[place]:upper()
		place = place + 1
	end
	while parts[place] and isVariant(parts[place]) do
		place = place + 1
	end
	local private = parts[place] == 'x' and parts[place + 1] ~= nil
	for last = place + 1, private and #parts or 0 do
		private = private and parts[last] ~= '' and #parts[last] <= 8
	end
	return (private or not parts[place]) and table.concat(parts, '-') or nil
end

local function encoded(sign)
	return (sign:gsub('.', function (octet)
		return string.format('%%%02X', octet:byte())
	end))
end

-- Whether a host is a name or an IPv4 address, with or without a port. No letter in it
-- may normalize (NFKC) to a sign that ends a host, as 'a℀b' does.
local function isPlain(host)
	local name, rest = host:match('^([^:%[%]]+)(.*)$')
	local port = rest == '' and rest or rest and rest:match('^:(%d*)$')
	if not port or mw.ustring.toNFKC(name):find('[/?#@:]') then
		return false
	end
	return port == '' or tonumber(port) >= 1 and tonumber(port) <= 65535
end

-- An http or https URL that is safe to link to, in normal form; or nil and a problem's
-- code.
function Names.url(text)
	local scheme, rest = text:match('^([Hh][Tt][Tt][Pp][Ss]?)://(.*)$')
	if not scheme then
		return nil, 'url-scheme'
	end
	rest = rest:gsub('["<>^`{|}]', encoded)
	rest = rest:gsub('\226\128[\140\141]', encoded) -- joiners of letters
	if rest:find('\\', 1, true) or Markup.isUnseen(rest) then
		return nil, 'url'
	end
	local host, path = rest:match('^([^/?#]*)(.*)$')
	if host:find('@', 1, true) then
		return nil, 'url-credentials'
	end
	if not isPlain(host) then
		return nil, 'url'
	end
	return scheme:lower() .. '://' .. host .. path:gsub('[%[%]]', encoded)
end

return Names
