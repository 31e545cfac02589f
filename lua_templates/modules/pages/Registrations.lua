-- {{Space registration}}: one line of <root>/Registrations, on which reviewers decide on
-- registered events.
local Messages = require('Module:Space/Messages')
local Problems = require('Module:Space/Problems')
local Reader = require('Module:Space/Reader')
local Settings = require('Module:Space/Settings')
local Style = require('Module:Space/Style')
local Text = require('Module:Space/Text')

local Registrations = {}

-- Numbers from here on are of events of public calendars, which have no page on the wiki;
-- these are named by their ids.
local FIRST_OF_CALENDARS = 200000000
local FIRST_ID = 4000000000

-- An event as a link: to where people register, or to its page in the tool.
function Registrations.link(written)
	local number = tonumber(written)
	if number >= FIRST_ID then
		number = number - FIRST_ID
	end
	if number < FIRST_OF_CALENDARS then
		local digits = string.format('%.0f', number)
		return Text.link('Special:RegisterForEvent/' .. digits, digits)
	end
	local id = string.format('%.0f', FIRST_ID + number)
	local address = Settings.tool('/events/' .. id)
	return address and Text.external(address, id) or id
end

-- The event that a line names as the same, by the title or the id of its page, or by the id
-- of an event that has none.
local function other(named)
	if not named:find('^%d+$') then
		return Text.link(named, named)
	elseif tonumber(named) >= FIRST_ID then
		return Registrations.link(named)
	end
	return Text.link('Special:Redirect/page/' .. named, named)
end

-- What was decided, in words: whether it is listed, and which event it is.
local function said(values)
	local words = {}
	if values.decision or not values.same_as then
		table.insert(words, Text.choice('decision', values.decision or 'hide'))
	end
	if values.same_as and values.same_as:lower() == 'no' then
		table.insert(words, Messages.get('wiki-registration-apart'))
	elseif values.same_as then
		table.insert(words, Messages.get('wiki-registration-same-as', other(values.same_as)))
	end
	return table.concat(words, ' · ')
end

-- What a line is about, as a link where there is a page; nil where it says nothing.
local function subject(values)
	if values.event then
		return Registrations.link(values.event)
	elseif values.page then
		return Text.link(values.page, values.page)
	end
	return values.organizer and Text.link('User:' .. values.organizer, values.organizer)
end

-- The wikitext of {{Space registration}}.
function Registrations.show(frame)
	local page = Reader.page('registrations', frame:getParent().args)
	local about, wrong = subject(page.values), Problems.behind(page.problems, 'registrations')
	if about then
		return '\n* ' .. about .. ' – ' .. said(page.values) .. wrong
	end
	return '\n* ' .. tostring(Style.element('strong', 'space-error')
		:wikitext(Messages.get('problem-decision-unnamed'))) .. wrong
end

return Registrations
