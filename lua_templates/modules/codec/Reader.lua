-- The values of a template's call, as space/codec/page.py reads them: what its
-- parameters mean, and their problems.
local Fields = mw.loadData('Module:Space/Fields')
local Calls = require('Module:Space/Calls')
local Items = require('Module:Space/Items')
local Links = require('Module:Space/Links')
local Markup = require('Module:Space/Markup')
local Normal = require('Module:Space/Normal')
local Scanner = require('Module:Space/Scanner')
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
	return not Normal.isBlank(Markup.plain(tokens)) and { tokens } or {}
end

-- The canonical value of a raw parameter value, or nil; its problems, an empty list for
-- none; and the user pages that its items name, keyed by item. `country`, a code or nil,
-- only serves to suggest time zones; `day`, a date or nil, is that of a time alone.
function Reader.value(name, field, raw, country, day)
	if #raw > Calls.LIMIT and mw.ustring.len(raw) > Calls.LIMIT then
		local sizes = { Calls.LIMIT, mw.ustring.len(raw) }
		return nil, { { code = 'too-long', field = name, params = sizes } }, {}
	end
	local markup = Markup.read(raw)
	local found, seen, problems, users = {}, {}, {}, {}
	for _, fault in ipairs(markup.faults) do
		table.insert(problems, { code = fault.code, params = { fault.name } })
	end
	for _, tokens in ipairs(itemsOf(field, markup.tokens)) do
		local value, wrong, user = Value.read(field, tokens, country, day)
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

-- A parameter's name as the schemas write it: lower case, single spaces.
local function parameterName(written)
	return Normal.fold(Normal.bare(written))
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

local function hasValue(parameter)
	return not Normal.isBlank(Scanner.withoutComments(parameter.raw))
end

-- How far a parameter's spelling is from the exact name, which has the lowest number.
local function rank(parameter, exact)
	if parameter.written == exact then
		return 0
	end
	return parameterName(parameter.written) == exact and 1 or 2
end

-- The parameter that counts of several for one field: the last of each name, as in
-- MediaWiki; then the best spelling; a parameter with a value before an empty one.
local function choose(written, exact)
	local last, order = {}, {}
	for _, parameter in ipairs(written) do
		if not last[parameter.written] then
			table.insert(order, parameter.written)
		end
		last[parameter.written] = parameter
	end
	local best
	for _, name in ipairs(order) do
		local each = last[name]
		if not best or hasValue(each) and (not hasValue(best)
			or rank(each, exact) < rank(best, exact))
		then
			best = each
		end
	end
	return best
end

-- Three tables: field name → raw value; names of parameters that no field has;
-- parameters that another one of the same field hides, each with its field.
local function match(kind, call)
	local names, written, unknown, raws, hidden = parameters(kind), {}, {}, {}, {}
	for _, parameter in ipairs(call) do
		local wanted = parameterName(parameter.written)
		local name = names[wanted]
		if name then
			written[name] = written[name] or {}
			table.insert(written[name], parameter)
		elseif not CONTROLS[wanted] and (parameter.named or hasValue(parameter)) then
			table.insert(unknown, parameter.written)
		end
	end
	for name, all in pairs(written) do
		local chosen = choose(all, Fields[kind].fields[name].parameter)
		raws[name] = hasValue(chosen) and chosen.raw or nil
		for _, parameter in ipairs(all) do
			if parameter ~= chosen and hasValue(parameter) then
				table.insert(hidden, { field = name, written = parameter.written })
			end
		end
	end
	return raws, unknown, hidden
end

-- The known parameter name that shares the longest beginning with an unknown one, or
-- nil.
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

-- The date on which an event starts; nil for whole days and without a start.
local function dayOfStart(values)
	return values.start and values.start:match('^(%S+) ')
end

local function warn(problems, code, field, ...)
	table.insert(problems, {
		code = code, field = field, severity = 'warning', params = { ... },
	})
end

-- Reads a call (Module:Space/Calls) of a kind's template: `values` by field name,
-- `problems` in the order of the fields, and `users`, user pages by the name that the
-- page has for them. `title` is the page's own name, which stands in for an absent
-- title, but for kinds without a place of their own: their pages are named otherwise.
function Reader.call(kind, call, title)
	title = Fields[kind].home and title
	if call.isLong then
		local problem = { code = 'call-too-long', params = { tostring(Calls.LIMIT) } }
		return { values = { title = title }, problems = { problem }, users = {} }
	end
	local raws, unknown, hidden = match(kind, call)
	local values, problems, unread, users = {}, {}, {}, {}
	local country = raws.country
		and Reader.value('country', Fields[kind].fields.country, raws.country)
	for _, name in ipairs(Fields[kind].order) do
		if raws[name] then
			local field = Fields[kind].fields[name]
			local day = name == 'end' and dayOfStart(values) or nil
			local value, wrong, named = Reader.value(name, field, raws[name], country, day)
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
	for place = 1, math.min(#hidden, UNKNOWN_TOLD) do
		warn(problems, 'duplicate-parameter', hidden[place].field, hidden[place].written)
	end
	for place = 1, math.min(#unknown, UNKNOWN_TOLD) do
		local written = unknown[place]
		warn(problems, 'unknown-parameter', nil, written, near(kind, written:lower()))
	end
	return { values = values, problems = problems, users = users }
end

-- Reads the arguments of a module, in place of a call, into the table of Reader.call.
function Reader.page(kind, arguments, title)
	local call = {}
	for key, raw in pairs(arguments) do
		table.insert(call, {
			written = tostring(key), raw = raw, named = type(key) == 'string',
		})
	end
	table.sort(call, function (one, other)
		return one.written < other.written
	end)
	return Reader.call(kind, call, title)
end

return Reader
