-- Elements with the classes of Template:Space/styles.css. Where the wiki has no
-- TemplateStyles the sheet is read as text and each element carries its rule inline, so
-- that the look is written once. A Config that has the sheet comes without
-- that page.
local Config = require('Module:Space/Config')
local Language = require('Module:Space/Language')
local Messages = require('Module:Space/Messages')

local Style = {}

local SHEET = 'Space/styles.css'
local scoped = not Config.sheet and mw.message.new('templatestyles-desc'):exists()
local rules

-- Class → its declarations: rules of a single class at the start of a line, before the
-- first @media, which inline styles cannot express.
local function read()
	local found = {}
	local sheet = Config.sheet or mw.title.new(SHEET, 'Template'):getContent()
	local text = '\n' .. (sheet or '')
	text = text:gsub('/%*.-%*/', ''):gsub('\n@.*', '')
	for class, rule in text:gmatch('\n%.([%w-]+) {%s*([^}]*)}') do
		found[class] = mw.text.trim((rule:gsub('%s+', ' ')), ' ;')
	end
	return found
end

local function inline(class)
	if scoped then
		return nil
	end
	rules = rules or read()
	return rules[class]
end

-- The tag that loads the style sheet, before the elements that it styles; '' without
-- TemplateStyles.
function Style.sheet()
	if not scoped then
		return ''
	end
	return mw.getCurrentFrame():extensionTag('templatestyles', '', { src = SHEET })
end

-- A new element with classes, such as Style.element('div', 'space-banner').
function Style.element(tag, ...)
	return Style.dress(mw.html.create(tag), ...)
end

-- The element with further classes.
function Style.dress(element, ...)
	for _, class in ipairs({ ... }) do
		element:addClass(class)
		local css = inline(class)
		if css then
			element:cssText(css)
		end
	end
	return element
end

-- A new element for text in a language, with `lang` and `dir`.
function Style.foreign(tag, code)
	local element = mw.html.create(tag)
	local direction = code and Language.direction(code)
	if direction then
		element:attr('lang', code):attr('dir', direction)
	else
		element:attr('dir', 'auto')
	end
	return element
end

-- The element marked with the language and direction of the messages.
function Style.readers(element)
	return element:attr('lang', Messages.code())
		:attr('dir', Messages.language():getDir())
end

-- A new box for content wider than the page, which the keyboard can scroll.
function Style.scroll(label)
	return Style.element('div', 'space-frame'):attr('role', 'region')
		:attr('tabindex', '0'):attr('aria-label', label)
end

return Style
