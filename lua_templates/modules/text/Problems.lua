-- Problems of a template's call in words, with the labels of their fields.
local Messages = require('Module:Space/Messages')
local Notice = require('Module:Space/Notice')
local Style = require('Module:Space/Style')
local Text = require('Module:Space/Text')

local Problems = {}

-- A problem of a kind's template in words, after the label of its field if it has one.
function Problems.sentence(problem, kind)
	local text = Notice.sentence(problem)
	if not problem.field then
		return text
	end
	return Messages.get('wiki-problem-at', Text.label(kind, problem.field), text)
end

-- What is wrong with a line or a value of a kind's template, to stand behind it; '' for
-- nothing.
function Problems.behind(problems, kind)
	local parts = {}
	for _, problem in ipairs(problems) do
		local box = Style.element('strong', 'space-error')
		table.insert(parts, ' ' .. tostring(box:wikitext(Problems.sentence(problem, kind))))
	end
	return table.concat(parts)
end

return Problems
