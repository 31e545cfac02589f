-- Pieces of the portal pages: the row of links, and the pages that wait for review.
local Config = require('Module:Space/Config')
local Messages = require('Module:Space/Messages')
local Settings = require('Module:Space/Settings')
local Style = require('Module:Space/Style')

local Portal = {}

local PAGES = {
	'Blog', 'Events', 'Calendar', 'Map', 'Discuss', 'Questions', 'Review',
	'Guidelines', 'Help',
}

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

-- The pages of the hidden category, as a list where the wiki can show it in place.
function Portal.waiting(frame)
	local category = 'Category:' .. Config.root .. ' pages waiting for review'
	local count = mw.site.stats.pagesInCategory(category:gsub('^Category:', ''), 'pages')
	local text = Messages.get('wiki-waiting', count,
		'[[:' .. category .. '|' .. Messages.get('wiki-waiting-all') .. ']]')
	if count == 0 or not mw.message.new('categorytree-desc'):exists() then
		return text
	end
	return text .. frame:extensionTag('categorytree', category, {
		mode = 'pages', depth = '1', hideroot = 'on',
	})
end

return Portal
