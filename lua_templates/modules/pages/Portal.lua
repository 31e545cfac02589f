-- The row of links at the top of the portal pages.
local Config = require('Module:Space/Config')
local Messages = require('Module:Space/Messages')
local Settings = require('Module:Space/Settings')
local Style = require('Module:Space/Style')

local Portal = {}

local PAGES = {
	'Blog', 'Events', 'Calendar', 'Map', 'Discuss', 'Questions', 'Review',
	'Guidelines', 'Help',
}

-- The row of links as wikitext.
function Portal.navigation()
	local row = Style.element('div', 'space-navigation', 'plainlinks')
		:attr('role', 'navigation')
		:attr('aria-label', Messages.get('wiki-navigation'))
		:attr('lang', Messages.code())
		:attr('dir', Messages.language():getDir())
	row:tag('span'):wikitext(
		'[[:' .. Config.root .. '|' .. Messages.get('wiki-navigation-home') .. ']]'
	)
	for _, page in ipairs(PAGES) do
		row:tag('span'):wikitext(
			'[[:' .. Config.root .. '/' .. page .. '|'
				.. Messages.get('wiki-navigation-' .. page:lower()) .. ']]'
		)
	end
	local tool = Settings.tool('/')
	if tool then
		row:tag('span'):wikitext(
			'[' .. tool .. ' ' .. Messages.get('wiki-navigation-tool') .. ']'
		)
	end
	return Style.sheet() .. tostring(row)
end

local FORMS = { event = 'Events', post = 'Blog' }

-- {{Space form|event}}: a link to the tool's form of a kind; without a tool, to the page
-- whose box starts one.
function Portal.form(frame)
	local kind = mw.text.trim(frame:getParent().args[1] or '')
	if not FORMS[kind] then
		kind = 'event'
	end
	local label = Messages.get('wiki-form-' .. kind)
	local form = Settings.tool('/write/' .. kind)
	local link = form and '[' .. form .. ' ' .. label .. ']'
		or '[[:' .. Config.root .. '/' .. FORMS[kind] .. '|' .. label .. ']]'
	return Style.sheet() .. tostring(
		Style.readers(Style.element('span', 'space-form', 'plainlinks')):wikitext(link))
end

return Portal
