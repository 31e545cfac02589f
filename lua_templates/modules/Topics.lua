-- The topics page of this wiki, <root>/Topics: slugs, labels, aliases.
local Calls = require('Module:Space/Calls')
local Config = require('Module:Space/Config')
local Fields = mw.loadData('Module:Space/Fields')
local Messages = require('Module:Space/Messages')
local Reader = require('Module:Space/Reader')
local Style = require('Module:Space/Style')
local Text = require('Module:Space/Text')

local Topics = {}

local known

local function read()
	local found = {}
	for _, call in ipairs(Calls.read(Config.root .. '/Topics', Fields.topics.template)) do
		local topic = Reader.page('topics', call).values
		if topic.slug then
			found[topic.slug] = topic
			for _, alias in ipairs(topic.aliases or {}) do
				found[alias] = found[alias] or topic
			end
		end
	end
	return found
end

-- The slug a topic goes by: its own, or that of the topic it is another name of.
function Topics.slug(topic)
	known = known or read()
	return known[topic] and known[topic].slug or topic
end

-- The name readers see, plain text.
function Topics.label(topic)
	known = known or read()
	local found = known[topic]
	return found and found.label or topic
end

-- {{Space topic}}: one line of the topics page.
function Topics.show(frame)
	local topic = Reader.page('topics', frame:getParent().args).values
	if not topic.slug then
		return tostring(Style.element('strong', 'space-error')
			:wikitext(Messages.get('wiki-topic-unnamed')))
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
	return '\n* ' .. text
end

return Topics
