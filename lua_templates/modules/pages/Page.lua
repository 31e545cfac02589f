-- What post and event pages have in common: reading the template, the problem list,
-- categories, headings of their parts.
local Calls = require('Module:Space/Calls')
local Config = require('Module:Space/Config')
local Fields = mw.loadData('Module:Space/Fields')
local Language = require('Module:Space/Language')
local Messages = require('Module:Space/Messages')
local Reader = require('Module:Space/Reader')
local Review = require('Module:Space/Review')
local Settings = require('Module:Space/Settings')
local Standing = require('Module:Space/Standing')
local Style = require('Module:Space/Style')
local Talk = require('Module:Space/Talk')
local Text = require('Module:Space/Text')

local Page = {}

-- Whether a page is one that Translate made of another: a version, not a record.
local function isTranslation(title)
	return mw.message.new('translate-desc'):exists()
		and title.isSubpage
		and Language.tag(title.subpageText) ~= nil
		and title.basePageTitle.exists
end

-- Says of a translation which language it is in: its text names that of the source.
local function inLanguageOf(page, code)
	page.language = Language.tag(code) or code
	if Fields[page.kind].fields.language then
		page.values.language = Reader.value('language',
			Fields[page.kind].fields.language, code)
	end
end

-- The page that calls the template, read as the bot reads it: from its own text, as the
-- arguments have lost what the wiki expanded. Where they are not from that text (an old
-- revision, a page without one) they are all there is. Its kind, values, problems and
-- title; if it is a record and not only a page that shows the template, its standing.
function Page.read(kind, frame)
	local arguments = frame:getParent().args
	local title = mw.title.getCurrentTitle()
	local text = title:getContent()
	local call, isRecord = nil, true
	if text then
		call, isRecord = Calls.record(text, kind, arguments)
	end
	local page = call and Reader.call(kind, call, title.subpageText)
		or Reader.page(kind, arguments, title.subpageText)
	page.kind = kind
	page.title = title
	if isTranslation(title) then
		inLanguageOf(page, title.subpageText)
	elseif isRecord and Settings.allows(title) then
		page.standing = Standing.of(page, text)
		page.categorised = mw.text.trim(arguments.nocat or '') ~= 'yes'
	end
	return page
end

-- The value of a choice, or the one that counts where none is given.
function Page.choice(page, name)
	return page.values[name] or Fields[page.kind].fields[name].default
end

-- The text of a problem; what people wrote shows as they wrote it.
local function sentence(problem)
	local parameters = {}
	for place, parameter in ipairs(problem.params) do
		local isText = type(parameter) == 'string'
		parameters[place] = isText and Text.plain(parameter) or parameter
	end
	return Messages.get('problem-' .. problem.code, unpack(parameters))
end

-- What the author should mend, each at its field's name; '' where all is well.
function Page.problems(page)
	if not page.problems[1] then
		return ''
	end
	local list = mw.html.create('ul')
	local severe = false
	for _, problem in ipairs(page.problems) do
		local text = sentence(problem)
		if problem.field then
			text = Messages.get('wiki-problem-at', Text.label(page.kind, problem.field), text)
		end
		list:tag('li'):wikitext(text)
		severe = severe or problem.severity ~= 'warning'
	end
	local key = severe and 'wiki-problems-' .. page.kind or 'wiki-warnings'
	return tostring(Style.element('div', 'space-banner', 'space-banner-problem')
		:tag('p'):wikitext(Messages.get(key)):done()
		:node(list))
end

-- Category links. `names` are the parts after the root's name: 'events in 2026-11'.
function Page.categories(page, names)
	if not page.categorised then
		return ''
	end
	local links = {}
	for _, name in ipairs(names) do
		table.insert(links, '[[Category:' .. Config.root .. ' ' .. name .. ']]')
	end
	if page.standing.state == 'waiting' then
		table.insert(links, '[[Category:' .. Config.root .. ' pages waiting for review]]')
	end
	if page.standing.broken then
		table.insert(links, '[[Category:' .. Config.root .. ' pages with problems]]')
	end
	return table.concat(links)
end

-- The name above the page: the last part of its title large, the path to it small.
-- A wiki that restricts display titles allows this, as the text stays the same.
local function displayTitle(page)
	local full = page.title.prefixedText
	local path, name = full:match('^(.*/)([^/]+)$')
	if not path or full:sub(1, #Config.root + 1) ~= Config.root .. '/' then
		return
	end
	local text = tostring(Style.element('span', 'space-path'):wikitext(path)) .. name
	mw.getCurrentFrame():callParserFunction('DISPLAYTITLE', text, 'noreplace')
end

-- The title as text, where the page's own name does not say it.
function Page.heading(page)
	if page.standing then
		displayTitle(page)
	end
	if page.values.title == page.title.subpageText then
		return ''
	end
	return tostring(Style.element('div', 'space-title')
		:wikitext(Text.plain(page.values.title)))
end

-- The summary, marked as being of a language.
function Page.lead(page, language)
	local summary = page.values.summary
	if not summary then
		return ''
	end
	return tostring(Style.dress(Style.foreign('div', language), 'space-lead')
		:wikitext(Reader.wikitext(summary)))
end

-- A list of names and values; `rows` holds { name, wikitext } and skips empty ones.
function Page.facts(rows)
	local list = Style.element('dl', 'space-facts')
	local any = false
	for _, row in ipairs(rows) do
		if row[2] and row[2] ~= '' then
			any = true
			list:node(Style.element('dt', 'space-facts-name'):wikitext(row[1]))
			list:node(Style.element('dd', 'space-facts-value'):wikitext(row[2]))
		end
	end
	return any and tostring(list) or ''
end

-- A picture, if the wiki has the file.
function Page.image(page, caption)
	local name = page.values.image
	local title = name and mw.title.new(name, 'File')
	if not title or not title.file or not title.file.exists then
		return ''
	end
	local alt = page.values.image_alt and mw.text.nowiki(page.values.image_alt) or ''
	return '[[File:' .. title.text .. '|thumb|300px|alt=' .. alt .. '|'
		.. (caption or '') .. ']]'
end

-- The whole, in the reader's language, with its sheet. What follows is the page's own
-- text: the sheet has it run in the direction of the page's language.
function Page.wrap(page, parts)
	local language = Messages.code()
	local written = page.values.language
	local runs = written and Language.direction(written)
	local follows = runs and 'space-before-' .. runs
	local box = Style.element('div', 'space-' .. page.kind, follows or nil)
		:attr('lang', language)
		:attr('dir', Messages.language():getDir())
		:wikitext(table.concat(parts))
	return Style.sheet() .. tostring(box)
end

-- What one can do with a record: talk about it, edit it in the tool's form, and `more`;
-- take it back as long as readers see it, and report it.
function Page.foot(page, more)
	local talk = page.title.talkPageTitle.prefixedText
	local count = page.title.id > 0 and Talk.count(page.title.id, talk)
	local links = { '[[' .. talk .. '|' .. Messages.get('wiki-talk') .. ']]' }
	table.insert(links, count or nil)
	local form = page.title.id > 0 and Settings.tool('/edit/' .. page.title.id)
	if form then
		table.insert(links, Text.external(form, Messages.get('wiki-edit-form')))
	end
	table.insert(links, more)
	local published = page.standing.published
	if published then
		table.insert(links, Review.link(page.title, 'withdraw', published.revision))
	end
	table.insert(links, Review.report(page.title))
	return tostring(Style.element('div', 'space-foot', 'plainlinks')
		:wikitext(table.concat(links, ' · ')))
end

return Page
