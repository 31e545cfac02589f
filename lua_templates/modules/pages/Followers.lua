-- {{Space follower}}: one line of the page on which people follow events and posts;
-- {{Space following}}: how that page works; and {{Space interested}}, before the signature
-- of who is interested in an event.
local Fields = mw.loadData('Module:Space/Fields')
local Messages = require('Module:Space/Messages')
local Reader = require('Module:Space/Reader')
local Style = require('Module:Space/Style')
local Text = require('Module:Space/Text')

local Followers = {}

-- Parameters that are no filter.
local OTHERS = { user = true, kind = true, remind = true }

-- Whether lists of a kind have a filter; the key of a list is its name in the singular.
local function isFilter(kind, key)
	local fields = Fields[kind].fields
	local field = fields[key] or fields[key .. 's']
	return field and field.index and field.index ~= 'text'
end

-- Names of the parameters that are wrong or missing; the bot passes over such a line.
local function wrong(page, kind)
	local names, seen = {}, {}
	local function add(name)
		if name and not seen[name] then
			seen[name] = true
			table.insert(names, Text.plain(name))
		end
	end
	for _, problem in ipairs(page.problems) do
		local field = Fields.followers.fields[problem.field]
		add(field and field.parameter or problem.params and problem.params[1])
	end
	for _, name in ipairs(Fields.followers.order) do
		if page.values[name] and not OTHERS[name] and not isFilter(kind, name) then
			add(Fields.followers.fields[name].parameter)
		end
	end
	return names
end

-- What is followed of a kind, as the labels of its values.
local function filter(values, kind)
	local facts = {}
	for _, name in ipairs(Fields.followers.order) do
		if values[name] and not OTHERS[name] then
			table.insert(facts, Text.list(values[name], function (value)
				return Text.value('followers', name, value)
			end))
		end
	end
	if kind == 'post' and facts[1] then
		table.insert(facts, 1, Messages.get('wiki-follower-posts'))
	elseif not facts[1] then
		return Messages.get(kind == 'post' and 'wiki-follower-all-posts' or 'wiki-follower-all')
	end
	return table.concat(facts, ' · ')
end

-- The wikitext of {{Space follower}}.
function Followers.show(frame)
	local page = Reader.page('followers', frame:getParent().args)
	local values = page.values
	local kind = values.kind or Fields.followers.fields.kind.default
	local names = wrong(page, kind)
	if names[1] then
		return '\n* ' .. tostring(Style.element('strong', 'space-error')
			:wikitext(Messages.get('wiki-follower-wrong', Text.list(names))))
	end
	local reminders = kind == 'event' and values.remind and Messages.get(
		'wiki-follower-reminders',
		Text.list(values.remind, function (day) return Text.choice('remind', day) end)
	)
	return '\n* ' .. Text.link('User:' .. values.user, values.user) .. ' – '
		.. Text.facts(filter(values, kind), reminders or nil)
end

-- Lines as examples, on the page where people add theirs.
local EXAMPLES = {
	'{{Space follower|Example|country=NZ|remind=7; 1}}',
	'{{Space follower|Example|kind=post|language=fr}}',
}

-- The wikitext of {{Space following}}: how one follows, or with `heading` as its parameter
-- what stands above the lines.
function Followers.about(frame)
	if frame:getParent().args[1] == 'heading' then
		return Messages.get('wiki-following-heading')
	end
	local title = mw.title.getCurrentTitle()
	local address = title:fullUrl('action=edit&section=1')
	local text = Style.element('div', 'plainlinks')
	text:tag('p'):wikitext(Messages.get('wiki-following-lead', address))
	local list = text:tag('ul')
	for _, line in ipairs(EXAMPLES) do
		list:tag('li'):tag('code'):attr('dir', 'ltr'):wikitext(mw.text.nowiki(line))
	end
	text:tag('p'):wikitext(Messages.get('wiki-following-more', 'Template:Space follower'))
	local talk = title.talkPageTitle.prefixedText
	text:tag('p'):wikitext(Messages.get('wiki-following-told', talk))
	return tostring(Style.readers(text))
end

-- The wikitext of {{Space interested}}.
function Followers.interested()
	return Messages.get('wiki-interested')
end

return Followers
