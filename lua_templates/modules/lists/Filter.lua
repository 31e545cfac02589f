-- The filters of lists: the same keys, values and meaning on a wiki page, in the tool
-- and in feeds (publication/filters.py). Several values of a key, parted by semicolons or,
-- between codes, commas, mean "or"; several keys mean "and".
local Fields = mw.loadData('Module:Space/Fields')
local Items = require('Module:Space/Items')
local Language = require('Module:Space/Language')
local Markup = require('Module:Space/Markup')
local Normal = require('Module:Space/Normal')
local Times = require('Module:Space/Times')
local Topics = require('Module:Space/Topics')
local Value = require('Module:Space/Value')

local Filter = {}

local ONCE = { 'from', 'to', 'q' }
local MOST_VALUES, MOST_LETTERS = 50, 200
-- Whose lists may have Latin commas, as on pages (Module:Space/Reader).
local CODES = { choice = true, country = true, language = true, topic = true, wiki = true }
local folded = {}

local function fold(text)
	folded[text] = folded[text] or Normal.fold(text)
	return folded[text]
end

local function problem(code, key, ...)
	return { code = code, field = key, params = { key, ... } }
end

-- The keys of a kind in the schema's order, the field of each, and the fields whose
-- text `q` looks at. Lists are named in the singular.
local function keys(kind)
	local order, known, texts = {}, {}, {}
	for _, name in ipairs(Fields[kind].order) do
		local field = Fields[kind].fields[name]
		if field.index == 'text' then
			table.insert(texts, name)
		elseif field.index then
			local key = field.multiple and name:gsub('s$', '') or name
			table.insert(order, key)
			known[key] = name
		end
	end
	return order, known, texts
end

local function isLong(text)
	return #text > MOST_LETTERS and mw.ustring.len(text) > MOST_LETTERS
end

-- The key of an entry that has the pages to which a field's people link, or nil.
local function pagesKey(name, field)
	return field.reader == 'user' and name:gsub('s$', '') .. '_pages' or nil
end

-- What brings values of a field into the form in which they are compared: a language's
-- codes are all one.
local function comparer(field)
	return field.reader == 'language' and Language.normal or fold
end

-- Adds what a value stands for to `wanted`, as it is compared.
local function want(wanted, field, value)
	local compared = comparer(field)
	for _, name in ipairs(field.reader == 'topic' and Topics.names(value) or { value }) do
		wanted[compared(name)] = true
	end
end

-- A set of the values of a key as they are compared, or nil and a problem. Each goes into
-- the query.
local function values(key, field, text, query)
	local wanted, seen, count = {}, {}, 0
	local tokens = Markup.read(text).tokens
	for _, item in ipairs(Items.split(tokens, CODES[field.reader])) do
		local value, problems = Value.read(field, item)
		local written = Markup.plain(item)
		if not value or problems[1] or isLong(written) then
			return nil, problem('filter-value', key, mw.ustring.sub(written, 1, MOST_LETTERS))
		end
		if not seen[fold(value)] then
			seen[fold(value)], count = true, count + 1
			table.insert(query, key .. '=' .. mw.uri.encode(value))
		end
		want(wanted, field, value)
	end
	if count > MOST_VALUES then
		return nil, problem('filter-many', key, MOST_VALUES)
	end
	return wanted
end

local function contains(items, test)
	for _, item in ipairs(items or {}) do
		if test.wanted[test.compared(item)] then
			return true
		end
	end
	return false
end

-- Whether the page an item links to is wanted, with or without what is before a colon.
local function leadsTo(pages, wanted)
	for _, page in ipairs(pages or {}) do
		if wanted[fold(page)] or wanted[fold(page:match('[^:]*$'))] then
			return true
		end
	end
	return false
end

local function has(entry, test)
	local given = entry[test.name]
	if given == nil then
		given = test.default
	end
	if type(given) ~= 'table' then
		return given ~= nil and test.wanted[test.compared(given)] == true
	end
	return contains(given, test)
		or test.pages ~= nil and leadsTo(entry[test.pages], test.wanted)
end

local function text(entry, names)
	local found = {}
	for _, name in ipairs(names) do
		table.insert(found, entry[name] and Normal.fold(entry[name]))
	end
	return table.concat(found, '\n')
end

local function matcher(tests, words, names)
	return function (entry)
		for _, test in ipairs(tests) do
			if not has(entry, test) then
				return false
			end
		end
		local searched = words[1] and text(entry, names)
		for _, word in ipairs(words) do
			if not searched:find(word, 1, true) then
				return false
			end
		end
		return true
	end
end

-- Blanks of any script, such as the one that breaks no line, say nothing.
local function isBlank(value)
	return not mw.ustring.find(value, '%S')
end

-- The first name, in the order of the alphabet, that is none of the keys.
local function stranger(arguments, known, options)
	local found
	for key, value in pairs(arguments) do
		local name = tostring(key)
		-- A stray pipe says nothing.
		local says = type(key) == 'string' or not isBlank(value)
		if says and not known[key] and not options[key] and (not found or name < found) then
			found = name
		end
	end
	return found
end

-- The text of an argument, or nil where it is blank.
local function given(arguments, key)
	local value = arguments[key]
	return value and not isBlank(value) and mw.text.trim(value) or nil
end

local function readOnce(filter, arguments, query)
	for _, key in ipairs(ONCE) do
		local value = given(arguments, key)
		if value and (isLong(value) or key ~= 'q' and not Times.isDate(value)) then
			return problem('filter-value', key, mw.ustring.sub(value, 1, MOST_LETTERS))
		end
		filter[key] = value
		table.insert(query, value and key .. '=' .. mw.uri.encode(value))
	end
	if filter.from and filter.to and filter.to < filter.from then
		return problem('filter-range', 'to', filter.to)
	end
	return nil
end

local function readTests(kind, order, known, arguments, query)
	local tests = {}
	for _, key in ipairs(order) do
		local value = given(arguments, key)
		if value then
			local name = known[key]
			local field = Fields[kind].fields[name]
			local wanted, wrong = values(key, field, value, query)
			if not wanted then
				return nil, wrong
			end
			table.insert(tests, {
				name = name, wanted = wanted, compared = comparer(field),
				default = field.default, pages = pagesKey(name, field),
			})
		end
	end
	return tests
end

-- The other arguments of a list, to name them after the filters.
local function besides(options)
	local found = {}
	for name in pairs(options) do
		table.insert(found, type(name) == 'string' and name or nil)
	end
	table.sort(found)
	return found[1] and ', ' .. table.concat(found, ', ') or ''
end

-- Reads the arguments of a list of a kind, 'event' or 'post'. `filter.from` and
-- `filter.to` are UTC days or nil, `filter.matches(entry)` tests the rest,
-- `filter.narrow` says whether anything is asked for, `filter.asks` by which fields,
-- `filter.query` says it to the tool;
-- the second value is the first problem or nil. `options` holds the names of arguments
-- that are no filters.
function Filter.new(kind, arguments, options)
	local order, known, texts = keys(kind)
	local all = { unpack(order) }
	for _, key in ipairs(ONCE) do
		known[key] = key
		table.insert(all, key)
	end
	local unknown = stranger(arguments, known, options)
	if unknown then
		return nil, problem('filter-key', unknown,
			table.concat(all, ', ') .. besides(options))
	end
	local filter, query = {}, {}
	local tests, wrong = readTests(kind, order, known, arguments, query)
	wrong = wrong or readOnce(filter, arguments, query)
	if wrong then
		return nil, wrong
	end
	local words = {}
	for word in (filter.q and Normal.fold(filter.q) or ''):gmatch('%S+') do
		table.insert(words, word)
	end
	filter.narrow = tests[1] ~= nil or filter.from ~= nil or filter.to ~= nil
		or words[1] ~= nil
	filter.query = table.concat(query, '&')
	filter.asks = {}
	for _, test in ipairs(tests) do
		filter.asks[test.name] = true
	end
	filter.matches = matcher(tests, words, texts)
	return filter
end

return Filter
