-- The values of a template's call: what its parameters mean, and what is wrong with
-- them. Reads as space/codec/reading.py does.
local Fields = mw.loadData('Module:Space/Fields')
local Items = require('Module:Space/Items')
local Links = require('Module:Space/Links')
local Markup = require('Module:Space/Markup')
local Validation = require('Module:Space/Validation')
local Value = require('Module:Space/Value')

local Reader = {}

-- Readers of codes, whose lists may have Latin commas.
local CODES = {
	choice = true, country = true, date = true, language = true, moment = true,
	topic = true, wiki = true,
}
-- Parameters for the template, not about the post or event.
local CONTROLS = { nocat = true }
local UNKNOWN_TOLD = 20

Reader.wikitext = Links.wikitext

local function itemsOf(field, tokens)
	if field.multiple then
		return Items.split(tokens, CODES[field.reader])
	end
	return Markup.plain(tokens) ~= '' and { tokens } or {}
end

-- The canonical value of a raw one, or nil; what is wrong with it; and the user pages
-- that its items name, by item.
function Reader.value(name, field, raw, country)
	local markup = Markup.read(raw)
	local found, seen, problems, users = {}, {}, {}, {}
	for _, fault in ipairs(markup.faults) do
		table.insert(problems, { code = fault.code, params = { fault.name } })
	end
	for _, tokens in ipairs(itemsOf(field, markup.tokens)) do
		local value, wrong, user = Value.read(field, tokens, country)
		for _, problem in ipairs(wrong) do
			table.insert(problems, problem)
		end
		if value and not seen[value] then
			seen[value], users[value] = true, user
			table.insert(found, value)
		end
	end
	for _, problem in ipairs(problems) do
		problem.field = name
	end
	if not found[1] then
		return nil, problems, users
	end
	return field.multiple and found or found[1], problems, users
end

-- Parameter name → field name.
local function parameters(kind)
	local names = {}
	for name, field in pairs(Fields[kind].fields) do
		for _, alias in ipairs(field.aliases or {}) do
			names[alias] = names[alias] or name
		end
	end
	for name, field in pairs(Fields[kind].fields) do
		names[field.parameter] = name
		if field.positional then
			names[tostring(field.positional)] = name
		end
	end
	return names
end

-- How good a spelling of a parameter's name is: the exact one is best.
local function rank(written, parameter)
	if written == parameter then
		return 0
	end
	return written:lower():gsub('[_%s]+', ' ') == parameter and 1 or 2
end

-- Field name → raw value, and the names of parameters that no field has. Names are read
-- in any case, with underscores.
local function match(kind, arguments)
	local names, raws, ranks, unknown = parameters(kind), {}, {}, {}
	for key, raw in pairs(arguments) do
		local written = tostring(key)
		local wanted = mw.text.trim((written:lower():gsub('[_%s]+', ' ')))
		local name = names[wanted]
		raw = mw.text.trim(raw)
		if name and raw ~= '' then
			local found = rank(written, Fields[kind].fields[name].parameter)
			if not ranks[name] or found < ranks[name] then
				raws[name], ranks[name] = raw, found
			end
		elseif not name and not CONTROLS[wanted] and (type(key) == 'string' or raw ~= '') then
			table.insert(unknown, written)
		end
	end
	table.sort(unknown)
	return raws, unknown
end

-- The known parameter that begins most like another name.
local function near(kind, written)
	local best, length = Fields[kind].fields[Fields[kind].order[1]].parameter, 0
	for _, field in pairs(Fields[kind].fields) do
		local same = 0
		while same < #written and written:byte(same + 1) == field.parameter:byte(same + 1) do
			same = same + 1
		end
		if same > length then
			best, length = field.parameter, same
		end
	end
	return best
end

-- The page that calls the template of a kind with these arguments: its values by field
-- name, its problems, those of fields in their order, and the user pages it names, by
-- name of the user. `title` is the page's own name, for a kind whose title may be left
-- out.
function Reader.page(kind, arguments, title)
	local raws, unknown = match(kind, arguments)
	local values, problems, unread, users = {}, {}, {}, {}
	local country = raws.country
		and Reader.value('country', Fields[kind].fields.country, raws.country)
	for _, name in ipairs(Fields[kind].order) do
		if raws[name] then
			local field = Fields[kind].fields[name]
			local value, wrong, named = Reader.value(name, field, raws[name], country)
			values[name] = value
			for user, userPage in pairs(named) do
				users[user] = userPage
			end
			for _, problem in ipairs(wrong) do
				unread[name] = true
				table.insert(problems, problem)
			end
		end
	end
	values.title = values.title or title
	for _, problem in ipairs(Validation.problems(kind, values)) do
		local missing = problem.code == 'missing' or problem.code == 'place-missing'
		if not missing or not unread[problem.field] then
			table.insert(problems, problem)
		end
	end
	for place, written in ipairs(unknown) do
		if place <= UNKNOWN_TOLD then
			table.insert(problems, {
				code = 'unknown-parameter', severity = 'warning',
				params = { written, near(kind, written:lower()) },
			})
		end
	end
	return { values = values, problems = problems, users = users }
end

return Reader
