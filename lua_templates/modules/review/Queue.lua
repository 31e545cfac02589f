-- The review queue, from the bot's data page, on any page:
-- {{Space review queue|language=en; mi|kind=event|urgent=yes|limit=20}},
-- {{Space review queue|count}}.
local Config = require('Module:Space/Config')
local Data = require('Module:Space/Data')
local Language = require('Module:Space/Language')
local Messages = require('Module:Space/Messages')
local Notice = require('Module:Space/Notice')
local QueueRow = require('Module:Space/QueueRow')
local Registrations = require('Module:Space/Registrations')
local Settings = require('Module:Space/Settings')
local Style = require('Module:Space/Style')
local Text = require('Module:Space/Text')
local Times = require('Module:Space/Times')

local Queue = {}

local MOST = 500
local FEW = 30
local OPTIONS = {
	limit = true, language = true, kind = true, urgent = true, nocat = true,
}
local KINDS = { event = true, post = true, translation = true }

-- The values of an argument as a set, or nil where it says nothing.
local function set(text)
	local found
	for item in (text or ''):gmatch('[^;,%s]+') do
		found = found or {}
		found[item:lower()] = true
		found[Language.normal(item)] = true
	end
	return found
end

-- The problem of the first argument that is not understood, or nil.
local function misread(arguments, kinds)
	for key in pairs(arguments) do
		if not OPTIONS[key] and key ~= 1 then
			local known = 'kind, language, limit, urgent'
			return { code = 'filter-key', params = { tostring(key), known } }
		end
	end
	local urgent = mw.text.trim(arguments.urgent or '')
	if urgent ~= '' and urgent ~= 'yes' then
		return { code = 'filter-value', params = { 'urgent', urgent } }
	end
	for kind in pairs(kinds or {}) do
		if not KINDS[kind] then
			return { code = 'filter-value', params = { 'kind', kind } }
		end
	end
end

local function speaks(row, languages)
	for _, code in ipairs(row.languages or {}) do
		if languages[Language.normal(code)] then
			return true
		end
	end
	return false
end

-- The number of waiting pages a row stands for: 0 where readers see the text already, and
-- where it only tells of a refused verdict.
local function size(row)
	return row.flood or row.rev and row.section ~= 'live' and 1 or 0
end

-- What the arguments ask for, or nil for the whole queue: sets of kinds and languages,
-- and whether only events that begin soon are wanted.
local function part(arguments, kinds)
	local languages = set(arguments.language)
	local urgent = mw.text.trim(arguments.urgent or '') == 'yes'
	return (kinds or languages or urgent)
		and { kinds = kinds, languages = languages, urgent = urgent } or nil
end

local function isIn(row, wanted)
	return not wanted
		or (not wanted.kinds or wanted.kinds[row.kind])
		and (not wanted.languages or speaks(row, wanted.languages))
		and (not wanted.urgent or row.section == 'soon')
end

-- The rows that are wanted, the number of pages that they stand for, and of those that
-- have waited longer than promised.
local function choose(wanted, today)
	local limit = Times.addDays(today, -tonumber(Settings.get('promised_days')))
	local rows, waiting, late = {}, 0, 0
	Data.eachWaiting(function (row)
		if isIn(row, wanted) then
			table.insert(rows, row)
			waiting = waiting + size(row)
			late = late + (row.since:sub(1, 10) < limit and size(row) or 0)
		end
	end)
	return rows, waiting, late
end

local function summary(waiting, late)
	if waiting == 0 then
		return Notice.nothing(Messages.get('wiki-queue-empty'))
	end
	local text = Messages.get('wiki-queue-waiting', waiting)
	if late > 0 then
		text = text .. ' ' .. tostring(mw.html.create('b'):wikitext(
			Messages.get('wiki-queue-late', late, tonumber(Settings.get('promised_days')))))
	end
	return tostring(mw.html.create('p'):wikitext(text))
end

local function heading(section)
	return tostring(Style.element('div', 'space-list-month')
		:attr('role', 'heading'):attr('aria-level', '3')
		:wikitext(Messages.get('wiki-queue-section-' .. section)))
end

-- The first rows under the names of their parts, by which they lie together.
local function list(rows, most, today)
	local parts, section, items = {}, nil, nil
	for place = 1, math.min(#rows, most) do
		local row = rows[place]
		if not items or row.section ~= section then
			section, items = row.section, {}
			table.insert(parts, { heading = section and heading(section) or '', items = items })
		end
		table.insert(items, tostring(QueueRow.show(row, today)))
	end
	for place, each in ipairs(parts) do
		parts[place] = each.heading .. tostring(Style.element('ul', 'space-list')
			:wikitext(table.concat(each.items)))
	end
	if #rows > most then
		table.insert(parts, tostring(Style.element('p', 'space-muted')
			:wikitext(Messages.get('wiki-queue-more', #rows - most,
				Config.root .. '/Review'))))
	end
	return table.concat(parts)
end

-- The line of <root>/Registrations that says what an event is the same as, to be copied.
local function decision(number, same)
	return tostring(mw.html.create('code'):attr('dir', 'ltr'):wikitext(mw.text.nowiki(
		'{{Space registration|' .. number .. '|same as=' .. same .. '}}')))
end

-- Events without a page here that may be one, with the lines that say so; '' for none.
local function twice()
	local found, page = {}, Config.root .. '/Registrations'
	for place, pair in ipairs(Data.pairs()) do
		if place <= FEW then
			local one, other = string.format('%.0f', pair[1]), string.format('%.0f', pair[2])
			local said = Messages.get('wiki-queue-pair', Registrations.link(one),
				Registrations.link(other), decision(other, one), Text.link(page),
				decision(other, 'no'))
			table.insert(found, tostring(mw.html.create('li'):wikitext(said)))
		end
	end
	return found[1] and heading('pairs') .. tostring(mw.html.create('ul')
		:wikitext(table.concat(found))) or ''
end

-- {{Space review queue}}. With `count` as its first argument it is a number only,
-- which fits into any sentence.
function Queue.show(frame)
	local arguments = frame:getParent().args
	local kinds = set(arguments.kind)
	local problem = misread(arguments, kinds)
	if problem then
		return Notice.problem(problem, arguments)
	end
	local wanted = part(arguments, kinds)
	local isCount = mw.text.trim(arguments[1] or '') == 'count'
	if isCount and not wanted then
		return Messages.language():formatNum(Data.waiting())
	end
	local today = Times.today()
	local rows, waiting, late = choose(wanted, today)
	if isCount then
		return Messages.language():formatNum(waiting)
	end
	local most = math.floor(tonumber(arguments.limit) or FEW)
	local box = Style.readers(Style.element('div')):wikitext(summary(waiting, late))
	if rows[1] then
		box:wikitext(list(rows, math.max(1, math.min(most, MOST)), today))
	end
	if not wanted then
		box:wikitext(twice())
	end
	return Style.sheet() .. tostring(box)
end

return Queue
