-- Problems in words, and notices in place of a list or below it: an argument that is not
-- understood, no entries, entries that could not be read.
local Config = require('Module:Space/Config')
local Messages = require('Module:Space/Messages')
local Style = require('Module:Space/Style')
local Text = require('Module:Space/Text')

local Notice = {}

-- The tracking category of pages whose lists need a look; '' with `nocat=yes`.
local function tracked(arguments)
	if mw.text.trim(arguments.nocat or '') == 'yes' then
		return ''
	end
	return '[[Category:' .. Config.root .. ' pages with list problems]]'
end

-- A problem in words; values stand in it as they were written.
function Notice.sentence(problem)
	local params = {}
	for place, param in ipairs(problem.params) do
		params[place] = type(param) == 'string' and Text.plain(param) or param
	end
	return Messages.get('problem-' .. problem.code, unpack(params))
end

-- The notice about an argument that is not understood; `arguments` are those of the
-- list.
function Notice.problem(problem, arguments)
	local box = Style.readers(Style.element('strong', 'space-error'))
	return tostring(box:wikitext(Notice.sentence(problem))) .. tracked(arguments)
end

-- A paragraph in place of an empty list.
function Notice.nothing(text)
	return tostring(Style.readers(Style.element('p', 'space-nothing')):wikitext(text))
end

-- The notice below a list that is cut short, as a wiki lets a page read only so many
-- others.
function Notice.incomplete(arguments)
	return Notice.nothing(Messages.get('wiki-list-incomplete')) .. tracked(arguments)
end

return Notice
