-- The topics of the wiki where the pages are.
local Tables = require('Module:Space/Tables')

local Topics = {}

local labels, others, slugs

local function read()
	if labels then
		return
	end
	labels, others, slugs = {}, {}, {}
	Tables.eachTopic(function (slug, label, names)
		labels[slug], others[slug] = label, names
		for _, name in ipairs(names) do
			slugs[name] = slug
		end
	end)
end

-- All names (slug and aliases) of the topic that has a name; the name alone where no
-- topic has it.
function Topics.names(topic)
	read()
	local slug = slugs[topic] or topic
	return { slug, unpack(others[slug] or {}) }
end

-- The label of a topic in plain text; the name as it is where no topic has it.
function Topics.label(topic)
	read()
	return labels[slugs[topic] or topic] or topic
end

return Topics
