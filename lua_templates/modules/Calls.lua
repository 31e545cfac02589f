-- Template calls in the source of another page, for the two pages that are data to
-- modules as well as text to people: the settings and the topics. Simple calls only,
-- as those pages have: no template inside a value.
local Calls = {}

local function parameters(source)
	local found = {}
	-- A pipe inside a link is not a separator.
	source = source:gsub('%[%[[^%[%]]*%]%]', function (link)
		return (link:gsub('|', '\1'))
	end)
	for piece in source:gmatch('|([^|]*)') do
		local name, value = piece:match('^%s*([^=]-)%s*=%s*(.-)%s*$')
		if name and value ~= '' then
			found[name] = value:gsub('\1', '|')
		end
	end
	return found
end

-- A list of parameter tables, one for each call of the template on the page; empty
-- where there is no such page. The reading page follows its changes.
function Calls.read(pageTitle, template)
	local page = mw.title.new(pageTitle)
	local text = page and page:getContent() or ''
	text = text:gsub('<!%-%-.-%-%->', '')
	local name = template:gsub('^%l', string.upper)
	local found = {}
	for call in text:gmatch('{{%s*([^{}]*)}}') do
		local called, rest = call:match('^(.-)%s*(|.*)$')
		if called and called:gsub('_', ' '):gsub('^%l', string.upper) == name then
			table.insert(found, parameters(rest))
		end
	end
	return found
end

return Calls
