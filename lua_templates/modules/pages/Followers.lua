-- {{Space follower}}: one line of the page on which people follow events, and
-- {{Space interested}}, before the signature of who is interested in one.
local Fields = mw.loadData('Module:Space/Fields')
local Messages = require('Module:Space/Messages')
local Reader = require('Module:Space/Reader')
local Style = require('Module:Space/Style')
local Text = require('Module:Space/Text')

local Followers = {}

-- Names of the parameters that are wrong or missing; the bot passes over such a line.
local function wrong(page)
	local names, seen = {}, {}
	for _, problem in ipairs(page.problems) do
		local field = Fields.followers.fields[problem.field]
		local name = field and field.parameter or problem.params and problem.params[1]
		if name and not seen[name] then
			seen[name] = true
			table.insert(names, Text.plain(name))
		end
	end
	return names
end

-- What is followed, as the labels of its values; '' for everything.
local function filter(values)
	local facts = {}
	for _, name in ipairs(Fields.followers.order) do
		if name ~= 'user' and name ~= 'remind' and values[name] then
			table.insert(facts, Text.list(values[name], function (value)
				return Text.value('followers', name, value)
			end))
		end
	end
	return table.concat(facts, ' · ')
end

-- The wikitext of {{Space follower}}.
function Followers.show(frame)
	local page = Reader.page('followers', frame:getParent().args)
	local names, values = wrong(page), page.values
	if names[1] then
		return '\n* ' .. tostring(Style.element('strong', 'space-error')
			:wikitext(Messages.get('wiki-follower-wrong', Text.list(names))))
	end
	local said = filter(values)
	local reminders = values.remind and Messages.get(
		'wiki-follower-reminders',
		Text.list(values.remind, function (day) return Text.choice('remind', day) end)
	)
	return '\n* ' .. Text.link('User:' .. values.user, values.user) .. ' – ' .. Text.facts(
		said ~= '' and said or Messages.get('wiki-follower-all'), reminders
	)
end

-- The wikitext of {{Space interested}}.
function Followers.interested()
	return Messages.get('wiki-interested')
end

return Followers
