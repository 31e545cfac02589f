-- The parts that pages of posts and events share: reading the call, page status,
-- problems, headings, categories, footer.
local Calls = require('Module:Space/Calls')
local Config = require('Module:Space/Config')
local Fields = mw.loadData('Module:Space/Fields')
local Language = require('Module:Space/Language')
local Messages = require('Module:Space/Messages')
local Problems = require('Module:Space/Problems')
local Reader = require('Module:Space/Reader')
local Review = require('Module:Space/Review')
local Settings = require('Module:Space/Settings')
local Standing = require('Module:Space/Standing')
local Style = require('Module:Space/Style')
local Talk = require('Module:Space/Talk')
local Text = require('Module:Space/Text')

local Page = {}

-- Whether the Translate extension made a page from another one, so that it is a version
-- and no record.
local function isTranslation(title)
	return mw.message.new('translate-desc'):exists()
		and title.isSubpage
		and Language.tag(title.subpageText) ~= nil
		and title.basePageTitle.exists
end

-- Sets the language of a translated page, whose text still names that of the source.
local function inLanguageOf(page, code)
	page.language = Language.tag(code) or code
	if Fields[page.kind].fields.language then
		page.values.language = Reader.value('language',
			Fields[page.kind].fields.language, code)
	end
end

-- The page that calls the template: `kind`, `title`, `values`, `problems`, `users`; and,
-- only for a record, its page status in `standing`. It is read from its source, as the
-- bot reads it; from the arguments only where they are not from that source (an old
-- revision, a page without text).
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
	if kind ~= 'translation' and isTranslation(title) then
		inLanguageOf(page, title.subpageText)
	elseif isRecord and Settings.allows(title) then
		page.standing = Standing.of(page, text)
		page.categorised = mw.text.trim(arguments.nocat or '') ~= 'yes'
	end
	return page
end

-- The page of a title as Page.read gives it, without a status; nil where its text calls no
-- template of this kind. A page that shows it is parsed again after each of its changes.
function Page.other(kind, title)
	if title and title.isRedirect then
		title = title.redirectTarget or nil
	end
	local text = title and title:getContent()
	local call = text and Calls.first(text)
	if not call or call.kind ~= kind then
		return nil
	end
	local page = Reader.call(kind, call.parameters, title.subpageText)
	page.kind, page.title = kind, title
	return page
end

-- The value of a choice, or its default.
function Page.choice(page, name)
	return page.values[name] or Fields[page.kind].fields[name].default
end

-- The file of the page's picture as a title; nil without one, `false` where the wiki has
-- none of its name. It is asked for once, as that is expensive.
local function file(page)
	local name = page.values.image
	if name and page.file == nil then
		local title = mw.title.new(name, 'File')
		page.file = title and title.file and title.file.exists and title or false
	end
	return page.file
end

-- The list of problems for the author, each with the label of its field; '' for none.
function Page.problems(page)
	local problems = { unpack(page.problems) }
	if file(page) == false then
		table.insert(problems, {
			code = 'file-missing', field = 'image', severity = 'warning',
			params = { page.values.image },
		})
	end
	if not problems[1] then
		return ''
	end
	local list = mw.html.create('ul')
	local severe = false
	for _, problem in ipairs(problems) do
		list:tag('li'):wikitext(Problems.sentence(problem, page.kind))
		severe = severe or problem.severity ~= 'warning'
	end
	local key = severe and 'wiki-problems-' .. page.kind or 'wiki-warnings'
	return tostring(Style.element('div', 'space-banner', 'space-banner-problem')
		:tag('p'):wikitext(Messages.get(key)):done()
		:node(list))
end

-- Category links of a record; '' for other pages. `names` are the parts behind the
-- root's name, such as 'events in 2026-11', where only what is published goes.
function Page.categories(page, names)
	if not page.categorised then
		return ''
	end
	local links = {}
	for _, name in ipairs(page.standing.published and names or {}) do
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

-- Sets a display title with the last part of the title large and the path to it small.
-- The text stays the same, so $wgRestrictDisplayTitle allows it.
local function displayTitle(page)
	local full = page.title.prefixedText
	local path, name = full:match('^(.*/)([^/]+)$')
	if not path or full:sub(1, #Config.root + 1) ~= Config.root .. '/' then
		return
	end
	local text = tostring(Style.element('span', 'space-path'):wikitext(path)) .. name
	mw.getCurrentFrame():callParserFunction('DISPLAYTITLE', text, 'noreplace')
end

-- The title of the record; '' where the page's name says it.
function Page.heading(page)
	if page.standing then
		displayTitle(page)
	end
	if not page.values.title or page.values.title == page.title.subpageText then
		return ''
	end
	return tostring(Style.element('div', 'space-title')
		:wikitext(Text.plain(page.values.title)))
end

-- The summary, marked with its language code; '' without one.
function Page.lead(page, language)
	local summary = page.values.summary
	if not summary then
		return ''
	end
	return tostring(Style.dress(Style.foreign('div', language), 'space-lead')
		:wikitext(Reader.wikitext(summary)))
end

-- A definition list of rows { label, wikitext }, without empty ones; '' for none.
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

-- The picture as a thumbnail; '' where the wiki has no such file.
function Page.image(page, caption)
	local title = file(page)
	if not title then
		return ''
	end
	local alt = page.values.image_alt and mw.text.nowiki(page.values.image_alt) or ''
	return '[[File:' .. title.text .. '|thumb|300px|alt=' .. alt .. '|'
		.. (caption or '') .. ']]'
end

-- The style sheet and the parts in a box of the reader's language. The page's own text
-- follows it, and the sheet gives that the direction of its language.
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

-- The links below a record: talk page, form of the tool, `more` (wikitext or nil),
-- withdrawal of what is published, report.
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
