-- Lists of events and posts on any wiki: {{Movement events}} and {{Movement posts}}. What
-- they show comes from tables on Wikimedia Commons, and links lead to the wiki on which
-- the pages are. Everything else is as in Module:Space/List.
local Config = require('Module:Space/Config')
local Data = require('Module:Space/Data')
local List = require('Module:Space/List')
local Messages = require('Module:Space/Messages')
local Notes = require('Module:Space/Notes')
local Notice = require('Module:Space/Notice')
local Tables = require('Module:Space/Tables')
local Text = require('Module:Space/Text')

local Main = {}

local FIELDS = { Events = 'events', Posts = 'posts' }
local KINDS = { Events = 'event', Posts = 'post' }
local localLink = Text.link

-- A link to a page of the wiki where the pages are: by its prefix, else by its address.
function Text.link(page, label)
	local place = Config.wiki or ''
	if not place:find('$1', 1, true) then
		return localLink(place .. page, label or page)
	end
	local address = place:gsub('%$1', function () return mw.uri.encode(page, 'WIKI') end)
	return tostring(mw.html.create('span'):addClass('plainlinks')
		:wikitext(Text.external(address, Text.plain(label or page))))
end

-- A table in the form of a data page, or of their index; as Data.load of the first wiki.
function Data.load(name)
	local kind = name:match('^%a+')
	if not FIELDS[kind] then
		return nil, false
	elseif name == kind then
		return { parts = Tables.parts(kind) }, false
	end
	local entries, refused = Tables.entries(name, KINDS[kind])
	return entries and { [FIELDS[kind]] = entries }, refused
end

function List.nothing(_, page)
	local link = Text.link(Config.root .. '/' .. page)
	return Notice.nothing(Messages.get('wiki-elsewhere-nothing', link))
end

-- Texts for when there are no tables.
function Messages.catalogue(code)
	return Notes[code]
end

-- Why there can be no list, as a notice; nil where there can be one.
local function trouble(base)
	if not Tables.open(base) then
		return Notice.nothing(Messages.get('wiki-elsewhere-no-tables'))
	end
	for _, name in ipairs({ 'Contents', 'Labels' }) do
		local found, refused = Tables.read(name)
		if not found then
			return Notice.nothing(refused and Messages.get('wiki-list-incomplete')
				or Messages.get('wiki-elsewhere-no-page', Text.plain(Tables.title(name))))
		end
	end
	Messages.catalogue = Tables.texts
	return nil
end

-- The caller's arguments, for a list that puts no page into a category.
local function caller(frame)
	local arguments = {}
	for key, value in pairs(frame:getParent().args) do
		arguments[key] = value
	end
	arguments.nocat = 'yes'
	return { getParent = function () return { args = arguments } end }
end

-- {{Movement events}}; `data` of the call of this module begins the titles of the tables.
function Main.events(frame)
	return trouble(frame.args.data) or List.events(caller(frame))
end

-- {{Movement posts}}, likewise.
function Main.posts(frame)
	return trouble(frame.args.data) or List.posts(caller(frame))
end

return Main
