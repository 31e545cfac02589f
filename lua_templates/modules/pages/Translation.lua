-- The link that begins a translation of a post.
local Messages = require('Module:Space/Messages')
local Settings = require('Module:Space/Settings')
local Style = require('Module:Space/Style')
local Text = require('Module:Space/Text')

local Translation = {}

local TEMPLATE = 'Template:Space post'

-- The URL of the tool's form with the original's text; without a tool that of a new page
-- on the wiki, whose name does not end in '/fr' as pages of the Translate extension do.
-- Nil where the title would be too long.
local function address(post, code)
	local tool = Settings.tool('/write/post?translate=' .. post.id .. '&into=' .. code)
	if tool then
		return tool
	end
	local title = mw.title.new(post.page .. ' (' .. code .. ')')
	if not title then -- too long
		return nil
	end
	return Text.edit(title, {
		preload = TEMPLATE .. '/translation', editintro = TEMPLATE .. '/intro',
	}, { code, post.page })
end

-- A link that begins the translation of a post into a language; nil where there is no
-- way.
function Translation.link(post, code)
	local begun = address(post, code)
	return begun and tostring(Style.readers(Style.element('span', 'plainlinks')):wikitext(
		Text.external(begun,
			Messages.get('wiki-translate', Text.languageLabel(code)))))
end

return Translation
