-- What a list says instead of entries or below them: what it does not understand, that
-- there is nothing, that there is more than it could read.
local Config = require('Module:Space/Config')
local Messages = require('Module:Space/Messages')
local Style = require('Module:Space/Style')
local Text = require('Module:Space/Text')

local Notice = {}

-- Where editors find the pages whose lists need a look.
local function tracked(arguments)
	if mw.text.trim(arguments.nocat or '') == 'yes' then
		return ''
	end
	return '[[Category:' .. Config.root .. ' pages with list problems]]'
end

-- The message about an argument that is not understood. `arguments` are the list's.
function Notice.problem(problem, arguments)
	local params = {}
	for place, param in ipairs(problem.params) do
		params[place] = type(param) == 'string' and Text.plain(param) or param
	end
	local text = Messages.get('problem-' .. problem.code, unpack(params))
	local box = Style.readers(Style.element('strong', 'space-error')):wikitext(text)
	return tostring(box) .. tracked(arguments)
end

-- A paragraph in a list's place.
function Notice.nothing(text)
	return tostring(Style.readers(Style.element('p', 'space-nothing')):wikitext(text))
end

-- Below a list that had to stop: the wiki lets a page read only so many others.
function Notice.incomplete(arguments)
	return Notice.nothing(Messages.get('wiki-list-incomplete')) .. tracked(arguments)
end

return Notice
