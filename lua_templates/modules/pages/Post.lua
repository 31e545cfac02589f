-- {{Space post}} on its own page: the card above the text, the picture, and the
-- categories.
local Banner = require('Module:Space/Banner')
local Data = require('Module:Space/Data')
local Entry = require('Module:Space/Entry')
local Facts = require('Module:Space/Facts')
local Messages = require('Module:Space/Messages')
local Page = require('Module:Space/Page')
local Reader = require('Module:Space/Reader')
local Style = require('Module:Space/Style')
local Text = require('Module:Space/Text')
local Times = require('Module:Space/Times')

local Post = {}

local function line(class, text)
	return tostring(Style.element('div', class):wikitext(text))
end

-- The date of a post that readers see: its own, or that of its publication; nil before.
local function dateOf(page)
	return page.values.date or page.standing and page.standing.appeared
end

local function byline(page)
	local values = page.values
	local date = dateOf(page)
	return line('space-kicker', Text.facts(
		date and Times.writeDate(date) or Messages.get('wiki-kind-post'),
		values.authors and Messages.get('wiki-by', Facts.people(page, values.authors)),
		values.language and Text.languageName(values.language)
	))
end

local function facts(page)
	return Page.facts(Facts.rows(page, function (name)
		return page.values[name]
	end, {}))
end

local function categories(page)
	local values = page.values
	local names = { 'posts' }
	local date = dateOf(page)
	if date then
		table.insert(names, 'posts of ' .. date:sub(1, 7))
	end
	if values.language then
		table.insert(names, 'posts in ' .. Text.languageInEnglish(values.language))
	end
	return Page.categories(page, names)
end

-- Events, a line each.
local function events(entries)
	local lines = {}
	for place, entry in ipairs(entries) do
		lines[place] = tostring(mw.html.create('div'):wikitext(Text.facts(
			Entry.title(entry), Entry.when(entry), Text.place(entry))))
	end
	return table.concat(lines)
end

-- The box with neighbours in the series and related posts and events, '' for none; and
-- the versions of the post, or nil.
local function beside(page)
	local found = page.standing and Data.beside(page.title.id)
	if not found then
		return ''
	end
	local related = found.related and Text.list(found.related, Entry.titled)
	return tostring(Style.readers(Style.element('div', 'space-card', 'noprint'))
		:wikitext(Page.facts({
			{ Messages.get('wiki-post-before'), found.before and Entry.titled(found.before) },
			{ Messages.get('wiki-post-after'), found.after and Entry.titled(found.after) },
			{ Messages.get('wiki-post-related'), related },
			{ Messages.get('wiki-post-events'), found.events and events(found.events) },
		}))), found.versions
end

-- The line of links to versions in other languages; '' for none.
local function versions(found)
	return found and line('space-muted',
		Messages.get('wiki-versions', Entry.versions(found))) or ''
end

-- The wikitext of {{Space post}}.
function Post.show(frame)
	local page = Page.read('post', frame)
	local values = page.values
	local caption = values.image_caption and Reader.wikitext(values.image_caption)
	local near, others = beside(page)
	local card = Style.element('div', 'space-card'):wikitext(table.concat({
		byline(page),
		versions(others),
		Page.heading(page),
		Page.lead(page, values.language),
		facts(page),
		page.standing and Page.foot(page) or '',
	}))
	return Page.wrap(page, {
		Banner.show(page), Page.problems(page), tostring(card),
		Page.image(page, caption), near, categories(page),
	})
end

return Post
