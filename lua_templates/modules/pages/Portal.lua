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

-- The box that starts a page of a kind; nil where the wiki has none (InputBox).
local function box(kind, label)
	if not mw.message.new('inputbox-desc'):exists() then
		return nil
	end
	local tag = mw.getCurrentFrame():extensionTag('inputbox', table.concat({
		'type=create',
		'prefix=' .. Config.root .. '/' .. FORMS[kind] .. '/',
		'preload=Template:Space ' .. kind .. '/preload',
		'editintro=Template:Space ' .. kind .. '/intro',
		'placeholder=' .. Messages.get('wiki-form-title-' .. kind),
		'buttonlabel=' .. label,
		'width=26',
		'bgcolor=transparent',
	}, '\n'))
	return tostring(Style.element('div', 'noprint'):wikitext(tag))
end

-- A link to the tool's form of a kind, without a tool to the page whose box starts one.
local function link(kind, form)
	local label = Messages.get('wiki-form-' .. kind)
	return tostring(Style.readers(Style.element('span', 'space-form', 'plainlinks'))
		:wikitext(form and '[' .. form .. ' ' .. label .. ']'
			or '[[:' .. Config.root .. '/' .. FORMS[kind] .. '|' .. label .. ']]'))
end

-- {{Space form|event}}: a link to the form of a kind. With `box=yes` also the box that
-- starts a page by hand, which without a tool stands alone.
function Portal.form(frame)
	local arguments = frame:getParent().args
	local kind = mw.text.trim(arguments[1] or '')
	if not FORMS[kind] then
		kind = 'event'
	end
	local form = Settings.tool('/write/' .. kind)
	local label = Messages.get(form and 'wiki-form-create' or 'wiki-form-start-' .. kind)
	local started = mw.text.trim(arguments.box or '') == 'yes' and box(kind, label)
	local parts = { Style.sheet() }
	if form or not started then
		table.insert(parts, link(kind, form))
	end
	if form and started then
		table.insert(parts, tostring(Style.readers(
			Style.element('div', 'space-muted', 'noprint'))
			:wikitext(Messages.get('wiki-form-by-hand'))))
	end
	table.insert(parts, started or nil)
	return table.concat(parts)
end

return Portal
