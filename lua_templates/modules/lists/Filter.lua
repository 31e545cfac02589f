-- The filter language of lists on the wiki, with the keys, values and meaning that it
-- has in the tool and in feeds (space/publication/filters.py). Several values of a key,
-- separated by semicolons or, between codes, by commas, mean "or"; several keys mean
-- "and".
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
-- Where an event is from: its page, or a registration elsewhere.
local SOURCES = { page = true, registered = true, calendar = true }
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

-- The filter keys of a kind in the schema's order; key → field name; and the fields that
-- `q` searches. The key of a list is its name in the singular.
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

-- The key under which an entry has the pages that its people link to; nil for other
-- fields.
local function pagesKey(name, field)
	return field.reader == 'user' and name:gsub('s$', '') .. '_pages' or nil
end

-- The function that brings values of a field into the form in which they are compared.
local function comparer(field)
	return field.reader == 'language' and Language.normal or fold
end

-- Adds a value, and the other names of a topic, to the set `wanted`.
local function want(wanted, field, value)
	local compared = comparer(field)
	for _, name in ipairs(field.reader == 'topic' and Topics.names(value) or { value }) do
		wanted[compared(name)] = true
	end
end

-- The set of values of a key in the form in which they are compared, or nil and a
-- problem. Each value is appended to `query`.
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

-- Whether a page that people link to is wanted, with or without its prefix.
local function leadsTo(pages, wanted)
	for _, page in ipairs(pages or {}) do
		if wanted[fold(page)] or wanted[fold(page:match('[^:]*$'))] then
			return true
		end
	end
	return false
end

-- The default of a field that follows from other fields of an entry, by the first of
-- these that fits; nil if none does.
local function derived(entry, defaults)
	for _, each in ipairs(defaults or {}) do
		local fits = true
		for name, wanted in pairs(each.when) do
			fits = fits and (entry[name] or '') == wanted
		end
		if fits then
			return each.is
		end
	end
end

local function has(entry, test)
	local given = entry[test.name]
	if given == nil then
		given = test.default or derived(entry, test.derivedDefaults)
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

-- Whether a text has only spaces, of any script.
local function isBlank(value)
	return not mw.ustring.find(value, '%S')
end

-- The alphabetically first argument that is neither a key nor an option; nil for none.
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

-- The test of where events are from, or nil without one and a problem for a value that is
-- none. It is appended to `query`.
local function readSource(arguments, query)
	local value = given(arguments, 'source')
	local wanted = value and fold(value)
	if value and not SOURCES[wanted] then
		return nil, problem('filter-value', 'source', mw.ustring.sub(value, 1, MOST_LETTERS))
	end
	table.insert(query, wanted and 'source=' .. wanted)
	return wanted and {
		name = 'source', wanted = { [wanted] = true }, compared = fold, default = 'page',
	} or nil
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
				default = field.default, derivedDefaults = field.derivedDefaults,
				pages = pagesKey(name, field),
			})
		end
	end
	return tests
end

-- The names of a list's other arguments, to be named after the filters; '' for none.
local function besides(options)
	local found = {}
	for name in pairs(options) do
		table.insert(found, type(name) == 'string' and name or nil)
	end
	table.sort(found)
	return found[1] and ', ' .. table.concat(found, ', ') or ''
end

-- The filter in the arguments of a list of 'event' or 'post', or nil and the first
-- problem. `options` has the names of arguments that are no filters. `filter.from` and
-- `filter.to` are UTC days, inclusive, or nil; `filter.matches(entry)` tests everything
-- else; `filter.narrow` tells whether any key is given; `filter.asks` is the set of
-- fields asked for; `filter.query` is the query string for the tool.
function Filter.new(kind, arguments, options)
	local order, known, texts = keys(kind)
	local all = { unpack(order) }
	if kind == 'event' then
		known.source = 'source'
		table.insert(all, 'source')
	end
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
	local source
	if not wrong and kind == 'event' then
		source, wrong = readSource(arguments, query)
		table.insert(tests, source)
	end
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
