-- The row of links at the top of the portal pages, and the links to their translations.
local Config = require('Module:Space/Config')
local Data = require('Module:Space/Data')
local Language = require('Module:Space/Language')
local Messages = require('Module:Space/Messages')
local PortalPage = require('Module:Space/PortalPage')
local Settings = require('Module:Space/Settings')
local Style = require('Module:Space/Style')
local Times = require('Module:Space/Times')

local Portal = {}

local PageLanguages = mw.loadData('Module:Space/PageLanguages')

local ORIGINAL = 'en'
local PAGES = {
	'', 'Blog', 'Events', 'Calendar', 'Map', 'Discuss', 'Questions', 'Review',
	'Guidelines', 'Help',
}

-- Pages with lists that the bot keeps, which are parsed anew each day anyhow.
local LISTS = {
	[''] = true, Blog = true, Events = true, Calendar = true, Map = true,
	Discuss = true, Review = true,
}
local LATE = 3 -- days; whatever the time of day, 48 hours have gone by then

-- A link to a page of the portal, in the language of the current page where it has one.
local function portalLink(name, code)
	local title = PortalPage.title(name)
	local version = code and PortalPage.title(name, code)
	if version and PortalPage.exists(version) then
		title = version
	end
	local label = Messages.get('wiki-navigation-' .. (name == '' and 'home' or name:lower()))
	return '[[:' .. title .. '|' .. label .. ']]'
end

local function row(class)
	return Style.readers(Style.element('div', class, 'plainlinks'))
end

-- The other versions of a page, each by the language's own name: those of the repository
-- that the wiki has. '' without any, and where the Translate extension shows them.
local function versions(name, code)
	local languages = name and PageLanguages[name]
	if not languages or mw.message.new('translate-desc'):exists() then
		return ''
	end
	local links = {}
	for _, language in ipairs(languages) do
		local title = PortalPage.title(name, language ~= ORIGINAL and language or nil)
		if language ~= (code or ORIGINAL) and PortalPage.exists(title) then
			table.insert(links, tostring(Style.foreign('span', language)
				:wikitext('[[:' .. title .. '|' .. Language.name(language) .. ']]')))
		end
	end
	return links[1] and tostring(row('space-versions')
		:wikitext(Messages.get('wiki-versions', table.concat(links, ' · ')))) or ''
end

-- When the lists of a page were brought up to date; a notice where that is long ago. ''
-- without lists, or before the bot's first run.
local function updated(name)
	local day = LISTS[name] and Data.lastRead()
	if not day or not Times.isDate(day) then
		return ''
	end
	local isLate = Times.daysBetween(day, Times.today()) >= LATE
	local text = Messages.get(
		isLate and 'wiki-updated-late' or 'wiki-updated',
		Times.writeDate(day, 'wiki-format-date-short')
	)
	return tostring(Style.readers(isLate and Style.element('div', 'space-banner')
		or Style.element('div', 'space-muted', 'space-updated')):wikitext(text))
end

-- The row of links, the page's versions in other languages and how old its lists are, as
-- wikitext.
function Portal.navigation()
	local name, code = PortalPage.current()
	local links = row('space-navigation')
		:attr('role', 'navigation')
		:attr('aria-label', Messages.get('wiki-navigation'))
	for _, page in ipairs(PAGES) do
		links:tag('span'):wikitext(portalLink(page, code))
	end
	local tool = Settings.tool('/')
	if tool then
		links:tag('span'):wikitext(
			'[' .. tool .. ' ' .. Messages.get('wiki-navigation-tool') .. ']'
		)
	end
	return Style.sheet() .. tostring(links) .. versions(name, code) .. updated(name)
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
