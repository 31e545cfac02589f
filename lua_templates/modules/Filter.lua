-- The filters of lists: the same keys and meaning on a wiki page, in the tool and in
-- feeds (space/filters.py). Several values of a key, parted by semicolons or commas,
-- mean "or"; several keys mean "and".
local Fields = mw.loadData('Module:Space/Fields')
local Times = require('Module:Space/Times')
local Topics = require('Module:Space/Topics')

local Filter = {}

local ONCE = { from = true, to = true, q = true }

-- Texts are compared without regard to case, width and spacing.
local function fold(text)
	text = mw.ustring.lower(mw.ustring.toNFKC(text))
	return mw.text.trim((text:gsub('[_%s]+', ' ')))
end

local function foldTopic(text)
	return fold(Topics.slug(text))
end

-- Filter key → field, from the fields that are indexed; lists in the singular. The
-- second value lists the fields whose text `q` looks at.
local function keys(kind)
	local known, texts = {}, {}
	for name, field in pairs(Fields[kind].fields) do
		if field.index == 'text' then
			table.insert(texts, name)
		elseif field.index then
			known[field.multiple and name:gsub('s$', '') or name] = name
		end
	end
	return known, texts
end

local function values(text, folder)
	local found, any = {}, false
	for item in text:gmatch('[^;,]+') do
		item = folder(mw.text.trim(item))
		if item ~= '' then
			found[item], any = true, true
		end
	end
	return any and found or nil
end

local function has(entryValue, wanted, folder)
	if type(entryValue) ~= 'table' then
		return entryValue ~= nil and wanted[folder(tostring(entryValue))] == true
	end
	for _, item in ipairs(entryValue) do
		if wanted[folder(item)] then
			return true
		end
	end
	return false
end

local function mentions(entry, texts, word)
	for _, name in ipairs(texts) do
		if entry[name] and fold(entry[name]):find(word, 1, true) then
			return true
		end
	end
	return false
end

-- Whether a field could have the values at all: a misspelt choice finds nothing, and
-- somebody should hear of it.
local function misfit(field, wanted)
	local fits = {}
	for _, choice in ipairs(field.choices or {}) do
		fits[choice] = true
	end
	for value in pairs(wanted) do
		if field.choices and not fits[value] then
			return value
		end
	end
	return nil
end

local function names(known)
	local found = {}
	for _, list in ipairs({ known, ONCE }) do
		for key in pairs(list) do
			table.insert(found, key)
		end
	end
	table.sort(found)
	return table.concat(found, ', ')
end

local function problem(code, ...)
	return { code = code, params = { ... } }
end

local function matcher(kind, tests, words)
	local _, texts = keys(kind)
	return function (entry)
		for _, test in ipairs(tests) do
			local given = entry[test.name]
			if given == nil then
				given = Fields[kind].fields[test.name].default
			end
			if not has(given, test.wanted, test.folder) then
				return false
			end
		end
		for _, word in ipairs(words) do
			if not mentions(entry, texts, word) then
				return false
			end
		end
		return true
	end
end

-- Reads the arguments of a list. `filter.from` and `filter.to` are UTC days or nil,
-- `filter.matches(entry)` tests the rest; the second value is the first problem or
-- nil. `options` holds the names of arguments that are no filters.
function Filter.new(kind, arguments, options)
	local known = keys(kind)
	local filter, tests, words = {}, {}, {}
	for key, text in pairs(arguments) do
		local name = known[key]
		local folder = name == 'topics' and foldTopic or fold
		local wanted = not options[key] and values(text, folder)
		if wanted and not name and not ONCE[key] then
			return nil, problem('filter-key', mw.text.nowiki(tostring(key)), names(known))
		elseif wanted and name then
			local bad = misfit(Fields[kind].fields[name], wanted)
			if bad then
				return nil, problem('filter-value', key, mw.text.nowiki(bad))
			end
			table.insert(tests, { name = name, wanted = wanted, folder = folder })
		elseif wanted and key == 'q' then
			for word in fold(text):gmatch('%S+') do
				table.insert(words, word)
			end
		elseif wanted then
			filter[key] = mw.text.trim(text)
			if not Times.isDate(filter[key]) then
				return nil, problem('filter-value', key, mw.text.nowiki(filter[key]))
			end
		end
	end
	filter.matches = matcher(kind, tests, words)
	return filter
end

return Filter
