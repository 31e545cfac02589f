-- Calls of our templates in a page's own text, as space/codec/calls.py finds them. The
-- arguments that a module gets have lost what the wiki expanded, so the bot and these
-- modules read the source.
local Fields = mw.loadData('Module:Space/Fields')
local Links = require('Module:Space/Links')
local Scanner = require('Module:Space/Scanner')

local Calls = {}

Calls.LIMIT = 32768 -- characters of a call

local LIMIT = Calls.LIMIT
local OCTETS = 4 -- of a character, at most
local UNCLOSED = 20 -- calls without an end after which the rest is not looked at
local LOOKS = 16 -- times the length of a page that is looked at for a call by another name
local RECORDS = {}
for _, kind in ipairs({ 'post', 'event', 'translation' }) do
	RECORDS[Fields[kind].template] = kind
end

-- The parameters of a template's element, in the order of the page: name as `written`,
-- `raw` value, `key` as a module would get it, and whether it is `named`.
local function parameters(text, element)
	local found, number = {}, 0
	for place = 2, #element.parts do
		local part = element.parts[place]
		if part.equals then
			local name = Scanner.withoutComments(text:sub(part.from, part.equals - 1))
			name = mw.text.trim(name)
			table.insert(found, {
				written = name, key = name:find('^[1-9]%d*$') and tonumber(name) or name,
				raw = text:sub(part.equals + 1, part.to), named = true,
			})
		else
			number = number + 1
			table.insert(found, {
				written = tostring(number), key = number,
				raw = text:sub(part.from, part.to), named = false,
			})
		end
	end
	return found
end

-- The template's element whose braces open at a position, or nil.
local function elementAt(masked, start)
	local run = start
	while masked:sub(run - 1, run - 1) == '{' do
		run = run - 1
	end
	local found
	Scanner.elements(masked, run, function (each)
		found = each.start == start and each.kind == 'template' and each or nil
		return found ~= nil or each.start == start - 1 and each.kind == 'argument'
	end, start + OCTETS * LIMIT)
	return found
end

-- A call as { kind, parameters }; `parameters` is only { isLong = true } for a call
-- longer than LIMIT characters, which the bot does not read either.
local function call(text, kind, element)
	local length = element.stop - element.start + 1
	local isLong = length > OCTETS * LIMIT
		or length > LIMIT and mw.ustring.len(text:sub(element.start, element.stop)) > LIMIT
	local found = isLong and { isLong = true } or parameters(text, element)
	return { kind = kind, parameters = found, stop = not isLong and element.stop }
end

-- Passes each call of a template in a text to `found`, with its kind by `kinds`, until
-- `found` returns true. A call inside another call counts as part of the outer one.
local function each(text, kinds, found)
	local masked, open = Scanner.mask(text), 0
	local position = masked:find('{{', 1, true)
	while position and open <= UNCLOSED do
		local name, after = masked:match('^([^{}|%[%]<>]*)()', position + 2)
		local ends = masked:find('^|', after) or masked:find('^}}', after)
		local kind = ends and kinds[Links.template(name)]
		local element = kind and elementAt(masked, position)
		local made = element and call(text, kind, element)
		if made and found(made) then
			return
		end
		open = open + (kind and not (made and made.stop) and 1 or 0)
		after = made and made.stop and made.stop + 1 or after
		position = masked:find('{{', ends and after or position + 1, true)
	end
end

-- The parameters of each call of a template on a page, in the order of the text; an
-- empty table where the page does not exist. The page that reads them is parsed again
-- after a change.
function Calls.read(pageTitle, template)
	local page = mw.title.new(pageTitle)
	local text, calls = page and page:getContent() or '', {}
	each(text, { [template] = template }, function (found)
		table.insert(calls, found.stop and found.parameters or nil)
	end)
	return calls
end

-- Whether a raw value has no template, tag, comment or strip marker, so that the wiki
-- hands it to a module unchanged.
local function isPlain(raw)
	return not raw:find('[{<\127]')
end

-- Whether a module may have got these arguments from a call with these parameters.
local function fits(made, arguments)
	local given = {}
	for _, parameter in ipairs(made.parameters) do
		if not isPlain(parameter.written) then
			return true
		end
		given[parameter.key] = parameter
	end
	for key, value in pairs(arguments) do
		local parameter = given[key]
		if not parameter or isPlain(parameter.raw)
			and mw.text.trim(parameter.raw) ~= mw.text.trim(value)
		then
			return false
		end
		given[key] = nil
	end
	return next(given) == nil
end

-- A call by another name, such as that of a redirect, that has these arguments; or nil.
-- Calls in calls in calls would be read once more for each of them, so that has a bound.
local function byArguments(text, kind, arguments)
	local masked, found, left = Scanner.mask(text), nil, LOOKS * #text
	Scanner.elements(masked, 1, function (element)
		local first = element.parts[1]
		left = left - (element.stop - element.start)
		if left >= 0 and element.kind == 'template'
			and isPlain(masked:sub(first.from, first.to))
		then
			local made = call(text, kind, element)
			found = made.stop and fits(made, arguments) and made or nil
		end
		return found ~= nil or left < 0
	end)
	return found
end

-- The first call of a record's template in a page's text, { kind, parameters }, or nil. A
-- call that is too long counts only where there is no other.
function Calls.first(text)
	local first, long
	each(text, RECORDS, function (found)
		first = found.stop and found
		long = long or found
		return found.stop
	end)
	return first or long
end

-- The first call in the text if a module of this kind got its arguments from it, else
-- nil, as in an old revision. The second value says whether the page is a record of this
-- kind.
function Calls.record(text, kind, arguments)
	local first = Calls.first(text) or byArguments(text, kind, arguments)
	if not first or first.kind ~= kind then
		return nil, false
	end
	local same = first.parameters.isLong or fits(first, arguments)
	return same and first.parameters or nil, true
end

return Calls
