-- Single values by the `reader` of their field, as in space/codec/readers.py;
-- tests/corpus/values holds the cases of both. Each of READERS takes an item and returns
-- its canonical value, or nil and a problem's code.
local Coordinates = require('Module:Space/Coordinates')
local Markup = require('Module:Space/Markup')
local Moments = require('Module:Space/Moments')
local Names = require('Module:Space/Names')
local Normal = require('Module:Space/Normal')
local Recurrence = require('Module:Space/Recurrence')

local Value = {}

local EXAMPLE_ZONES = { 'Europe/Berlin', 'Asia/Kolkata', 'America/Sao_Paulo' }

local codes, languageNames

-- A table of Module:Space/Codes, loaded only by pages that need it.
local function known(name)
	codes = codes or mw.loadData('Module:Space/Codes')
	return codes[name]
end

local function joined(list)
	local items = {}
	for _, item in ipairs(list) do
		table.insert(items, item)
	end
	return table.concat(items, ', ')
end

-- The single token with visible text; nil where there are several or none.
local function only(tokens)
	local found
	for _, token in ipairs(tokens) do
		if type(token) == 'table' or not Normal.isBlank(token) then
			if found then
				return nil
			end
			found = token
		end
	end
	return found
end

-- An item for READERS: its `tokens`, its `text`, the `link` or external `address` that
-- it consists of, and whether it has any link.
local function given(tokens)
	local item = { tokens = tokens, text = Markup.plain(tokens) }
	local one = only(tokens)
	if type(one) == 'table' then
		item.link = one.target and one or nil
		item.address = one.address
	end
	for _, token in ipairs(tokens) do
		item.linked = item.linked or type(token) == 'table' and token.target ~= nil
		item.embeds = item.embeds or type(token) == 'table' and token.embeds and token
	end
	item.written = item.link and item.link.target or item.text
	return item
end

-- Each reader returns the canonical value; or nil, the code of a problem where it is
-- not the reader's name, and what else the message says.
local READERS = {}

function READERS.text(item)
	return item.text
end

function READERS.inline(item)
	return Markup.inline(item.tokens)
end

function READERS.topic(item)
	return Names.topic(item.text)
end

function READERS.choice(item, field)
	local key = Normal.lookup(item.text):gsub("[ _'-]", '')
	key = key:gsub('\226\128[\144-\149\152\153]', ''):gsub('s$', '')
	local choice = field.spellings[key]
	if not choice then
		return nil, 'choice', joined(field.choices)
	end
	return choice
end

function READERS.moment(item, _, _, day)
	return Moments.read(item.text, day)
end

-- A date; in fields of more than ten letters (`maxLength`) also a wall time.
function READERS.date(item, field)
	local read = field.maxLength > #'2026-11-28' and Moments.read or Moments.readDate
	return read(item.text)
end

function READERS.coordinates(item)
	return Coordinates.read(item.text)
end

function READERS.recurrence(item)
	return Recurrence.read(Normal.bare(item.text))
end

-- A fixed offset from UTC in canonical form, 'UTC+05:30'; false for an offset that no
-- place has, nil for other texts.
local function offset(text)
	local bare = text:upper()
	bare = bare:match('^UTC ?(.*)$') or bare:match('^GMT ?(.*)$') or bare
	local sign, hours, minutes = bare:match('^([+-])(%d%d?):?([0-5]%d)$')
	if not sign then
		sign, hours = bare:match('^([+-])(%d%d?)$')
	end
	if not sign then
		return nil
	end
	local total = tonumber(hours) * 60 + tonumber(minutes or 0)
	if total == 0 then
		return 'UTC'
	end
	return total <= (sign == '-' and 12 or 14) * 60
		and string.format('UTC%s%02d:%02d', sign, math.floor(total / 60), total % 60)
end

-- Names of the time zones that are named after a place, in alphabetical order; nil for
-- none.
local function zonesOfPlace(text)
	local place = text:lower():gsub('[ _]+', '_')
	local found = {}
	for lower, name in pairs(known('zones')) do
		if lower:match('[^/]*$') == place then
			table.insert(found, name)
		end
	end
	table.sort(found)
	return found[1] and found
end

function READERS.zone(item, _, country)
	local text = Normal.ascii(item.text)
	local found = offset(text)
	if found == nil then
		found = known('zones')[(text:lower():gsub(' ', '_'))]
	end
	if found then
		return found
	end
	local code = text:find('^%a%a%a?%a?$') and 'zone-abbreviation' or 'zone'
	local zones = zonesOfPlace(text) or country and known('countries')[country]
		or EXAMPLE_ZONES
	return nil, code, joined(zones)
end

function READERS.country(item)
	local text = Normal.lookup(item.text)
	if known('countries')[text:upper()] then
		return text:upper()
	end
	local name = text:gsub('%.', ''):gsub('&', 'and')
	name = name:gsub('\226\128\153', "'"):gsub(' +', ' '):gsub('^ ', ''):gsub(' $', '')
	name = name:gsub('^the ', '')
	return known('countryNames')[name]
end

-- The code of a language by its code or a name of it, or nil. Names come first, as some
-- have the shape of a code; no name is like 'en' or 'pt-br'.
local function languageCode(text)
	local name = Normal.lookup(text)
	local code = name:gsub('[_ ]', '-')
	local found = known('languages')[code] or Names.languageCode(code)
	if found and (#name == 2 or name:find('-', 1, true)) and not name:find(' ', 1, true) then
		return found
	end
	languageNames = languageNames or mw.loadData('Module:Space/LanguageNames')
	return languageNames[name] or found
end

function READERS.language(item)
	return languageCode(item.text)
end

-- The database name of '<language> <family>', or nil.
local function wikiOfLanguage(name)
	local spoken, family = name:match('^(.+) (%l+)$')
	local code = spoken and known('families')[family] and languageCode(spoken)
	if not code then
		return nil
	end
	local host = (known('hosts')[code] or code):lower()
	return known('wikis')[host .. '.' .. family]
		or host:gsub('-', '_') .. known('families')[family]
end

function READERS.wiki(item)
	local name = Normal.lookup(item.text):gsub('^https?://', ''):gsub('/.*$', '')
	name = name:gsub('^www%.', ''):gsub('%.org$', ''):gsub('%.m%.', '.')
	if known('wikis')[name] then
		return known('wikis')[name]
	end
	local language, project = name:match('^(%l[%l%d-]*)%.(%l+)$')
	if language and known('families')[project] then
		return language:gsub('-', '_') .. known('families')[project]
	end
	for _, family in pairs(known('families')) do
		if #name > #family and name:sub(-#family) == family
			and name:find('^%l[%l%d_]*$')
		then
			return name
		end
	end
	return wikiOfLanguage(name)
end

-- A user or any name; a link to anything but a user page of this wiki stays a link.
function READERS.user(item)
	local user = item.link and Names.user(item.link.target)
	if user then
		return user
	end
	return item.linked and Markup.inline(item.tokens) or Names.person(item.text)
end

-- Whether a contact is an e-mail address or a telephone number and not a user name.
function Value.isPrivateContact(contact)
	return contact:find('@', 1, true) ~= nil
		or #contact >= 6 and contact:find('^%+?%d[%d ()./-]*$') ~= nil
end

function READERS.contact(item)
	local address = Normal.trim(item.address or item.text)
	address = address:gsub('^mailto:', ''):gsub('^tel:', '')
	return Value.isPrivateContact(address) and address or READERS.user(item)
end

function READERS.page(item)
	local written = item.address or item.written
	return (item.link or not item.linked) and Names.page(written) or nil
end

function READERS.namespace(item)
	local name = Normal.bare(item.text)
	if Normal.lookup(Normal.trimEnd(name:gsub('^[() ]+', ''), '() ')) == 'main' then
		return '(main)'
	end
	return Names.page(Normal.trimEnd(name, ': '))
end

function READERS.file(item)
	return Names.file(item.written)
end

function READERS.item(item)
	local text = Normal.bare(item.written):lower()
	local path = text:gsub('^https?://www%.', 'https://')
		:match('^https?://wikidata%.org/(.*)$')
	local id = path and (path:match('^wiki/(.*)$') or path:match('^entity/(.*)$'))
		or text:match('^d:(.*)$') or text:match('^wikidata:(.*)$') or text
	local number = id:match('^q([1-9]%d*)$')
	return number and #number <= 12 and 'Q' .. number or nil
end

function READERS.number(item)
	local digits = Normal.ascii(item.text):match('^%d+$')
	return digits and (digits:match('[1-9]%d*') or '0')
end

function READERS.revision(item)
	local text = Normal.ascii(item.written):lower()
	local rest = text:match('^special:permanent ?link/(.*)$')
		or text:match('^special:diff/(.*)$')
	local number = (rest and rest:gsub('^%d+/', '') or text):match('^0*([1-9]%d*)$')
	return number and #number <= 12 and number or nil
end

function READERS.identifier(item)
	return Normal.lookup(item.text):match('^%l[%l%d-]*$')
end

function READERS.url(item)
	return Names.url(Normal.trim(item.address or item.text))
end

-- The user page that an item consists of, as a link or a title; nil for other items.
local function userPage(item)
	local name = Names.user(item.written)
	return name and 'User:' .. name
end

-- The canonical value of an item's tokens, or nil; its problems, each with `code` and
-- `params` (the written text first); and the user page the item names, or nil. `country`
-- is the event's code or nil, for suggestions of time zones; `day` the date of a time that
-- stands alone, or nil.
function Value.read(field, tokens, country, day)
	local item = given(tokens)
	local problems = {}
	if item.embeds and field.reader ~= 'file' then
		table.insert(problems, { code = 'link-embeds', params = { item.embeds.target } })
	end
	local value, code, more = READERS[field.reader](item, field, country, day)
	if not value then
		local params = { mw.ustring.sub(item.text, 1, 80), more }
		table.insert(problems, { code = code or field.reader, params = params })
	end
	return value, problems, userPage(item)
end

return Value
