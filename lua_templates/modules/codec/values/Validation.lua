-- Validation of values by their schema and by the rules between fields, as in
-- space/codec/values/validation.py. Warnings do not keep a page out.
local Fields = mw.loadData('Module:Space/Fields')
local Recurrence = require('Module:Space/Recurrence')
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

local function isBad(problems, name)
	for _, problem in ipairs(problems) do
		if problem.field == name then
			return true
		end
	end
	return false
end

-- Adds a problem for an added date (`also`) before the first one: calendars would drop
-- it.
local function checkAdded(problems, values)
	for _, date in ipairs(values.also or {}) do
		if date < values.start:sub(1, #date) and not isBad(problems, 'also') then
			add(problems, 'also-before-start', 'also', date, values.start)
			problems[#problems].severity = 'warning'
			break
		end
	end
end

-- Adds a problem for an end that lies behind the next occurrence: usually the end of the
-- series is meant.
local function checkOverlap(problems, values)
	local first, last = values.start, values['end']
	local days = last and values.recurrence and Recurrence.spacing(values.recurrence)
	if not days or isBad(problems, 'recurrence') then
		return
	end
	local following = Times.addDays(first:sub(1, 10), days) .. first:sub(11)
	-- The last day of whole days is one of them.
	if following < last or Times.isAllDay(first) and following == last then
		add(problems, 'end-overlaps', 'end', last)
		problems[#problems].severity = 'warning'
	end
end

-- Adds the first problem between the fields that hold times.
local function checkTimes(problems, values)
	local first, last, zone = values.start, values['end'], values.timezone
	if not first or not zone then
		return
	end
	if last and Times.isAllDay(first) ~= Times.isAllDay(last) then
		add(problems, 'end-kind', 'end', first, last)
	elseif last and Times.instant(last, zone) < Times.instant(first, zone) then
		add(problems, 'end-before-start', 'end', first, last)
	else
		checkOverlap(problems, values)
		checkAdded(problems, values)
	end
end

-- The problems of canonical values of a kind, in the order of the rules; an empty list
-- for none.
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
