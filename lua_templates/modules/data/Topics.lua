-- The topics page of this wiki, <root>/Topics: slugs with labels and aliases.
local Calls = require('Module:Space/Calls')
local Config = require('Module:Space/Config')
local Fields = mw.loadData('Module:Space/Fields')
local Messages = require('Module:Space/Messages')
local Problems = require('Module:Space/Problems')
local Reader = require('Module:Space/Reader')
local Style = require('Module:Space/Style')
local Text = require('Module:Space/Text')

local Topics = {}

local known

-- Topics by slug and slugs by alias, as in space/settings/topics.py: a slug is never an
-- alias, and an alias of two topics is that of the first.
local function read()
	local topics, order, slugs = {}, {}, {}
	for _, call in ipairs(Calls.read(Config.root .. '/Topics', Fields.topics.template)) do
		local topic = Reader.call('topics', call).values
		if topic.slug then
			if not topics[topic.slug] then
				table.insert(order, topic.slug)
			end
			topics[topic.slug] = topic
		end
	end
	for _, slug in ipairs(order) do
		for _, alias in ipairs(topics[slug].aliases or {}) do
			if not topics[alias] and not slugs[alias] then
				slugs[alias] = slug
			end
		end
	end
	return { topics = topics, slugs = slugs }
end

-- All names (slug and aliases) of the topic that has a name; the name alone where no
-- topic has it.
function Topics.names(topic)
	known = known or read()
	local slug = known.slugs[topic] or topic
	local names = { slug }
	for alias, other in pairs(known.slugs) do
		if other == slug then
			table.insert(names, alias)
		end
	end
	return names
end

-- The label of a topic in plain text; the name as it is where no topic has it.
function Topics.label(topic)
	known = known or read()
	local found = known.topics[known.slugs[topic] or topic]
	return found and found.label or topic
end

-- {{Space topic}}: one line of the topics page.
function Topics.show(frame)
	local page = Reader.page('topics', frame:getParent().args)
	local topic, wrong = page.values, Problems.behind(page.problems, 'topics')
	if not topic.slug then
		return tostring(Style.element('strong', 'space-error')
			:wikitext(Messages.get('wiki-topic-unnamed'))) .. wrong
	end
	local text = " .. Text.plain(topic.label or topic.slug) ..  "
		.. tostring(mw.html.create('code'):wikitext(mw.text.nowiki(topic.slug)))
	if topic.aliases then
		text = text .. ' – ' .. Messages.get(
			'wiki-topic-aliases', Text.list(topic.aliases, Text.plain))
	end
	if topic.wikidata then
		text = text .. ' ([https://www.wikidata.org/wiki/' .. topic.wikidata .. ' '
			.. topic.wikidata .. '])'
	end
	return '\n* ' .. text .. wrong
end

return Topics
