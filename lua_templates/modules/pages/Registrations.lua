-- {{Space registration}}: one line of <root>/Registrations, on which reviewers decide on
-- registered events.
local Messages = require('Module:Space/Messages')
local Reader = require('Module:Space/Reader')
local Style = require('Module:Space/Style')
local Text = require('Module:Space/Text')

local Registrations = {}

-- The wikitext of {{Space registration}}.
function Registrations.show(frame)
	local values = Reader.page('registrations', frame:getParent().args).values
	local decision = Text.choice('decision', values.decision or 'hide')
	if values.event then
		local number = values.event:gsub('^40*(%d+)$', function (rest)
			return #values.event == 10 and rest or values.event
		end)
		return '\n* ' .. Text.link('Special:RegisterForEvent/' .. number, number)
			.. ' – ' .. decision
	elseif values.page then
		return '\n* ' .. Text.link(values.page, values.page) .. ' – ' .. decision
	end
	return '\n* ' .. tostring(Style.element('strong', 'space-error')
		:wikitext(Messages.get('wiki-registration-unnamed')))
end

return Registrations
