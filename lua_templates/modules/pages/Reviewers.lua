-- {{Space reviewer}}: one line of <root>/Reviewers, where reviewers sign up.
local Messages = require('Module:Space/Messages')
local Problems = require('Module:Space/Problems')
local Reader = require('Module:Space/Reader')
local Style = require('Module:Space/Style')
local Text = require('Module:Space/Text')

local Reviewers = {}

-- The wikitext of {{Space reviewer}}.
function Reviewers.show(frame)
	local page = Reader.page('reviewers', frame:getParent().args)
	local reviewer, wrong = page.values, Problems.behind(page.problems, 'reviewers')
	if not reviewer.user then
		return tostring(Style.element('strong', 'space-error')
			:wikitext(Messages.get('wiki-reviewer-unnamed'))) .. wrong
	end
	local languages = reviewer.languages
		and Text.list(reviewer.languages, Text.languageLabel)
		or Messages.get('wiki-reviewer-all')
	return '\n* ' .. Text.link('User:' .. reviewer.user, reviewer.user) .. ' – ' .. languages
		.. wrong
end

return Reviewers
