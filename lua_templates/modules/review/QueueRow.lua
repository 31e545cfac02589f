-- One row of the review queue: a page that waits, a flood of one account's pages, a page
-- that its author has to mend first, or a refused verdict.
local Messages = require('Module:Space/Messages')
local Review = require('Module:Space/Review')
local Settings = require('Module:Space/Settings')
local Style = require('Module:Space/Style')
local Text = require('Module:Space/Text')
local Times = require('Module:Space/Times')

local QueueRow = {}

-- Whole UTC days since a moment such as '2026-11-22T10:00Z'.
local function age(since, today)
	return math.max(0, Times.daysBetween(since:sub(1, 10), today))
end

local function tile(row, today)
	local days = age(row.since, today)
	local box = Style.element('div', 'space-tile')
	if days > tonumber(Settings.get('promised_days')) then
		Style.dress(box, 'space-tile-late')
	end
	if days > 0 then
		box:node(Style.element('div', 'space-tile-day')
			:wikitext(Messages.language():formatNum(days)))
	end
	return box:node(Style.element('div', 'space-tile-month')
		:wikitext(Messages.get(days > 0 and 'wiki-queue-days' or 'wiki-queue-new', days)))
end

local function flag(key, ...)
	return ' ' .. tostring(Style.element('span', 'space-chip')
		:wikitext(Messages.get(key, ...)))
end

-- How soon an event is, as a flag after a space: 'In 2 days'; '' where there is time, and
-- for a post.
local function soon(row, today)
	local days = row.begins and Times.daysBetween(today, row.begins)
	if not days then
		return ''
	elseif (row.ends or row.begins) < today then
		return flag('wiki-queue-event-over')
	elseif days <= 0 then
		return flag('wiki-queue-event-today')
	elseif days == 1 then
		return flag('wiki-queue-event-tomorrow')
	elseif days <= tonumber(Settings.get('promised_days')) then
		return flag('wiki-queue-event-days', days)
	end
	return ''
end

-- The days of an event, and its country.
local function event(row)
	if not row.begins then
		return nil
	end
	local days = Times.writeRange(row.begins, row.ends, 'wiki-format-date-short')
	return Text.facts(days, Text.place(row))
end

local function line(class, text)
	return text ~= '' and Style.element('div', class, 'plainlinks'):wikitext(text) or nil
end

local function user(name)
	return name and Text.link('User:' .. name, name) or Messages.get('wiki-queue-nobody')
end

-- The author, with the number of edits and of published pages.
local function author(row)
	local known = {}
	if row.edits then
		local key = row.edits > 0 and 'wiki-queue-edits' or 'wiki-queue-edits-none'
		table.insert(known, Messages.get(key, row.edits))
	end
	if row.earlier then
		table.insert(known, Messages.get('wiki-queue-earlier', row.earlier))
	end
	if not known[1] then
		return user(row.author)
	end
	return Messages.get('wiki-queue-author', user(row.author), Text.list(known))
end

local function kindAndLanguage(row)
	return Messages.get('wiki-kind-' .. row.kind),
		row.languages and Text.list(row.languages, Text.languageLabel)
end

local function fields(row, names)
	return Text.list(names, function (name)
		return Messages.get('field-' .. row.kind .. '-' .. name:gsub('_', '-') .. '-label')
	end)
end

-- What was checked by machine: spam, likeness, problems, missing fields.
local function checks(row)
	local found = {}
	local function say(is, key, ...)
		if is then
			table.insert(found, Messages.get(key, ...))
		end
	end
	say(row.spam, 'wiki-queue-spam', row.spam)
	say(row.like, 'wiki-queue-like', row.like and Text.link(row.like.page))
	say(row.again, 'wiki-queue-again')
	if row.corrected then
		say(true, 'wiki-queue-corrected', fields(row, row.corrected))
	end
	if row.broken then
		say(true, row.problems and 'wiki-queue-mend' or 'wiki-reason-broken',
			row.problems and fields(row, row.problems))
	elseif row.problems then
		say(true, 'wiki-queue-problems', fields(row, row.problems))
	end
	if row.missing then
		say(true, 'wiki-queue-missing', fields(row, row.missing))
	end
	return table.concat(found, ' · ')
end

-- A refused verdict, with its flaw.
local function refusal(refused)
	local text = Messages.get('wiki-queue-refused',
		Messages.get('choice-verdict-' .. refused.verdict),
		Messages.get('wiki-flaw-' .. refused.flaw))
	return Text.facts(text, refused.account ~= '' and refused.account
			and Messages.get('wiki-queue-signed', user(refused.account)),
		refused.by ~= refused.account and Messages.get('wiki-queue-added', user(refused.by)))
end

local function refusals(row)
	local list = mw.html.create('ul')
	for _, refused in ipairs(row.refused or {}) do
		list:tag('li'):wikitext(refusal(refused))
	end
	local again = row.asks_again and tostring(mw.html.create('b'):wikitext(
		Messages.get('wiki-queue-asks-again', Text.list(row.asks_again, user)))) or ''
	return row.refused and Style.element('div', 'space-queue-refused')
		:wikitext(again .. tostring(list)) or nil
end

-- Links: the difference, the tool's review page, the verdicts.
local function links(row)
	local title = mw.title.new(row.page)
	if not title or not row.rev and row.section ~= 'registered' then
		return ''
	end
	local found = {}
	if row.published and row.rev then
		table.insert(found, '[[Special:Diff/' .. row.published .. '/' .. row.rev .. '|'
			.. Messages.get('wiki-queue-difference') .. ']]')
	end
	local screen = Settings.tool('/review/' .. row.id)
	if screen then
		table.insert(found, Text.external(screen, Messages.get('wiki-queue-screen')))
	end
	if row.rev then
		table.insert(found, Review.links(title, row.rev, row.published))
	end
	return table.concat(found, ' · ')
end

local function item(row, today, body)
	local waits = row.section ~= 'registered'
	return Style.element('li', 'space-item'):node(waits and tile(row, today) or nil):node(body)
end

local function flood(row, today)
	local title = Messages.get('wiki-queue-flood', row.flood, user(row.author))
	local kind, languages = kindAndLanguage(row)
	return item(row, today, Style.element('div', 'space-item-body')
		:node(line('space-item-title',
			title .. soon(row, today) .. flag('wiki-queue-flag-flood')))
		:node(line('space-item-facts',
			Text.facts(event(row), kind, languages, author(row))))
		:node(line('space-item-summary', Text.list(row.pages, function (page)
			return Text.link(page.page)
		end)))
		:node(line('space-muted', Messages.get('wiki-queue-flood-help'))))
end

local function page(row, today)
	local title = Text.link(row.page, row.name) .. soon(row, today)
	if row.fixed and row.section ~= 'fixed' then
		title = title .. flag('wiki-queue-fixed')
	end
	if row.broken then
		title = title .. flag('wiki-queue-flag-broken')
	elseif row.published and row.rev and row.section ~= 'live' then
		title = title .. flag('wiki-queue-flag-change')
	elseif row.first then
		title = title .. flag('wiki-queue-flag-first')
	end
	local kind, languages = kindAndLanguage(row)
	return item(row, today, Style.element('div', 'space-item-body')
		:node(line('space-item-title', title))
		:node(line('space-item-facts',
			Text.facts(event(row), kind, languages, author(row))))
		:node(line('space-item-summary', checks(row)))
		:node(refusals(row))
		:node(line('space-banner-links', links(row))))
end

-- The row as an item of a list; `today` is the UTC day.
function QueueRow.show(row, today)
	return row.flood and flood(row, today) or page(row, today)
end

return QueueRow
