-- Whether values are what their schema and the rules between fields allow, as
-- space/validation.py says it. A warning does not keep a page out.
local Fields = mw.loadData('Module:Space/Fields')
local Times = require('Module:Space/Times')
local Value = require('Module:Space/Value')

local Validation = {}

local function add(problems, code, field, ...)
	table.insert(problems, { code = code, field = field, params = { ... } })
end

local function checkLengths(problems, name, field, value)
	local items = type(value) == 'table' and value or { value }
	for _, item in ipairs(items) do
		local length = mw.ustring.len(item)
		if length > field.maxLength then
			add(problems, 'too-long', name, field.maxLength, length)
			break
		end
	end
	if field.maxItems and #items > field.maxItems then
		add(problems, 'too-many', name, field.maxItems, #items)
	end
end

local function checkPlace(problems, values)
	local mode = values.mode or Fields.event.fields.mode.default
	if not values.country and mode ~= 'online' then
		add(problems, 'place-missing', 'country')
	end
end

-- A date beside the rule that lies before the first: no calendar would have it.
local function checkAdded(problems, values)
	for _, date in ipairs(values.start and values.also or {}) do
		if date < values.start:sub(1, #date) then
			add(problems, 'also-before-start', 'also', date, values.start)
			problems[#problems].severity = 'warning'
			break
		end
	end
end

local function checkTimes(problems, values)
	local first, last = values.start, values['end']
	if not first or not last or not values.timezone then
		return
	end
	if Times.isAllDay(first) ~= Times.isAllDay(last) then
		add(problems, 'end-kind', 'end', first, last)
		return
	end
	local from = Times.instant(first, values.timezone)
	local to = Times.instant(last, values.timezone)
	if from and to and to < from then
		add(problems, 'end-before-start', 'end', first, last)
	end
end

function Validation.problems(kind, values)
	local problems = {}
	for _, name in ipairs(Fields[kind].order) do
		local field = Fields[kind].fields[name]
		if values[name] then
			checkLengths(problems, name, field, values[name])
		elseif field.required then
			add(problems, 'missing', name)
		end
	end
	if kind == 'event' then
		checkPlace(problems, values)
		checkTimes(problems, values)
		checkAdded(problems, values)
		if values.occurrence and not values.series then
			add(problems, 'missing', 'series')
		end
		if values.contact and Value.isPrivateContact(values.contact) then
			add(problems, 'contact-private', 'contact')
			problems[#problems].severity = 'warning'
		end
	end
	return problems
end

return Validation
