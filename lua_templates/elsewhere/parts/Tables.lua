-- Tables on Wikimedia Commons, Data:….tab, as the bot keeps them (docs/data-pages.md).
-- The first look at each is one expensive parser function call.
local Fields = mw.loadData('Module:Space/Fields')

local Tables = {}

local BAR = '|'
local ROW = {} -- the key under which an entry has its row

local base
local known, facts, texts = {}, nil, nil

-- Reads tables below a title, 'Wikimedia events'; false where the wiki cannot.
function Tables.open(title)
	base = mw.text.trim(title or '')
	return mw.ext ~= nil and mw.ext.data ~= nil
end

-- The title of a table on Commons.
function Tables.title(name)
	return 'Data:' .. base .. '/' .. name .. '.tab'
end

-- A table as JsonConfig gives it, or nil where there is none; and whether the wiki refused
-- to read one more.
function Tables.read(name)
	if known[name] == nil then
		local done, found = pcall(mw.ext.data.get, Tables.title(name):sub(#'Data:' + 1), '_')
		local refused = not done
			and tostring(found):find('too many expensive', 1, true) ~= nil
		known[name] = { found = done and found or nil, refused = refused }
	end
	return known[name].found, known[name].refused
end

-- The place of each column by its name.
local function places(found)
	local place = {}
	for number, column in ipairs(found.schema.fields) do
		place[column.name] = number
	end
	return place
end

-- Passes the named cells of each row to `visit`; an empty one is nil.
local function each(found, first, second, third, visit)
	local place = places(found)
	for _, row in ipairs(found.data) do
		visit(row[place[first]], row[place[second]], row[place[third]])
	end
end

-- Pages by language as a list, by code.
local function versions(pages)
	local list = {}
	for code, page in pairs(pages) do
		table.insert(list, { language = code, page = page })
	end
	table.sort(list, function (a, b) return a.language < b.language end)
	return list
end

local function isList(kind, name)
	local field = Fields[kind].fields[name]
	return field and field.multiple or name:find('_pages$') ~= nil
end

-- The entries of a table of a kind, with what the bot's own data pages have: each is made
-- from its row when it is asked for. The second value is that of Tables.read.
function Tables.entries(name, kind)
	local found, refused = Tables.read(name)
	if not found then
		return nil, refused
	end
	local place = places(found)
	local meta = {}
	function meta.__index(entry, key)
		local cell = place[key] and rawget(entry, ROW)[place[key]]
		if type(cell) == 'string' and isList(kind, key) then
			cell = mw.text.split(cell, BAR, true)
		elseif key == 'versions' and cell ~= nil then
			cell = versions(cell)
		end
		rawset(entry, key, cell)
		return cell
	end
	local entries = {}
	for number, row in ipairs(found.data) do
		entries[number] = setmetatable({ [ROW] = row }, meta)
	end
	return entries, false
end

-- The parts of a kind, 'Events' or 'Posts', as the index of data pages has them.
function Tables.parts(kind)
	local parts = {}
	each(Tables.read('Contents'), 'name', 'value', 'part', function (name, value, part)
		if name == kind then
			table.insert(parts, { key = value, part = part or 1 })
		end
	end)
	return parts
end

-- A fact of the table of contents, such as 'wiki'; nil for none.
function Tables.fact(name)
	if not facts then
		facts = {}
		each(Tables.read('Contents'), 'name', 'value', 'part', function (key, value, part)
			facts[key] = not part and value or nil
		end)
	end
	return facts[name]
end

-- Texts by key of a language, or nil for a language that has none.
function Tables.texts(code)
	if not texts then
		texts = {}
		each(Tables.read('Labels'), 'key', 'text', 'names', function (key, all)
			for language, text in pairs(all or {}) do
				texts[language] = texts[language] or {}
				texts[language][key] = text
			end
		end)
	end
	-- Topics have labels in one language, which is no reason to speak it.
	return texts[code] and texts[code].code and texts[code] or nil
end

-- Passes the slug, the label and the list of other names of each topic to `visit`.
function Tables.eachTopic(visit)
	each(Tables.read('Labels'), 'key', 'text', 'names', function (key, all, names)
		local slug = key:match('^topic%-(.+)$')
		if slug then
			local _, label = next(all or {})
			visit(slug, label or slug, names and mw.text.split(names, BAR, true) or {})
		end
	end)
end

return Tables
