-- The way to begin a translation of a post that is not in a language yet.
local Messages = require('Module:Space/Messages')
local Settings = require('Module:Space/Settings')
local Style = require('Module:Space/Style')
local Text = require('Module:Space/Text')

local Translation = {}

local TEMPLATE = 'Template:Space post'

-- In the tool's form, which brings the original's text along; without a tool on a page
-- of the wiki that is yet to be saved. That is none of Translate's, which end in "/fr".
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

-- A link that begins the translation of a post of a list; nil where there is no way.
function Translation.link(post, code)
	local begun = address(post, code)
	return begun and tostring(Style.readers(Style.element('span', 'plainlinks')):wikitext(
		Text.external(begun,
			Messages.get('wiki-translate', Text.languageLabel(code)))))
end

return Translation
