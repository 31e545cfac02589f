-- The links that begin a translation of a post or of an event.
local Messages = require('Module:Space/Messages')
local Settings = require('Module:Space/Settings')
local Style = require('Module:Space/Style')
local Text = require('Module:Space/Text')

local Translation = {}

local TEMPLATE = 'Template:Space post'
local OF_EVENT = 'Template:Space event translation'

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

-- A link that begins the translation of a published event: into any language in the
-- tool's form, without a tool into the reader's on a new page; nil where the page is in it.
function Translation.event(title)
	local tool = Settings.tool('/write/translation?translate=' .. title.id)
	if tool then
		return Text.external(tool, Messages.get('wiki-translate-event'))
	end
	local code = Messages.chain()[1]
	local page = code ~= Messages.pageCode()
		and mw.title.new(title.prefixedText .. '/' .. code)
	return page and Text.external(
		Text.edit(page, { preload = OF_EVENT .. '/preload' }, { code, title.prefixedText }),
		Messages.get('wiki-translate', Text.languageLabel(code))) or nil
end

return Translation
