-- {{Space review log}}: figures of review by month, from the bot's data page, so that
-- everybody sees whether the promise to authors is kept and who does the work.
local Data = require('Module:Space/Data')
local Messages = require('Module:Space/Messages')
local Notice = require('Module:Space/Notice')
local Style = require('Module:Space/Style')
local Text = require('Module:Space/Text')
local Times = require('Module:Space/Times')

local Log = {}

local MONTHS = 24
local LANGUAGES = 5
local VIEWS = { 7, 30 } -- days after publication
local HOUR, DAY = 60, 1440 -- minutes

-- A duration, given in minutes, in words: minutes, hours, or from two days on days.
local function duration(minutes)
	if not minutes then
		return Messages.get('wiki-log-none')
	elseif minutes < HOUR then
		return Messages.get('wiki-log-minutes', minutes)
	elseif minutes < 2 * DAY then
		return Messages.get('wiki-log-hours', math.floor(minutes / HOUR + 0.5))
	end
	return Messages.get('wiki-log-days', math.floor(minutes / DAY + 0.5))
end

local function share(part, whole)
	if whole == 0 then
		return Messages.get('wiki-log-none')
	end
	return Messages.get('wiki-log-percent', math.floor(100 * part / whole + 0.5))
end

local function languages(month)
	local few = {}
	for place, language in ipairs(month.languages or {}) do
		if place <= LANGUAGES then
			table.insert(few, Messages.get('wiki-log-language',
				Text.languageLabel(language.code), language.pages))
		end
	end
	return few[1] and Text.list(few) or Messages.get('wiki-log-none')
end

local COLUMNS = {
	{ 'month', function (month)
		return Times.write('wiki-format-month', month.month .. '-01')
	end },
	{ 'pages', function (month) return month.pages end },
	{ 'reviewed', function (month) return month.reviewed end },
	{ 'median', function (month) return duration(month.median) end },
	{ 'ninetieth', function (month) return duration(month.ninetieth) end },
	{ 'prompt', function (month)
		return share(month.prompt, month.reviewed + month.overdue)
	end },
	{ 'reviewers', function (month) return month.reviewers end },
	{ 'authors', function (month) return month.authors end },
	{ 'volunteers', function (month) return share(month.volunteers, month.authors) end },
	{ 'languages', languages },
	{ 'corrections', function (month) return month.corrections or 0 end },
	{ 'taken-back', function (month) return month.taken_back or 0 end },
	{ 'looked', function (month) return duration(month.looked) end },
}

-- The columns, with those of views where readers are counted.
local function columnsOf(readers)
	local columns = {}
	for _, column in ipairs(COLUMNS) do
		table.insert(columns, { Messages.get('wiki-log-' .. column[1]), column[2] })
	end
	for _, days in ipairs(next(readers) and VIEWS or {}) do
		local label = Messages.get('wiki-log-views', Messages.language():formatNum(days))
		table.insert(columns, { label, function (month)
			local views = readers[month.month] or {}
			return views['after' .. days] or Messages.get('wiki-log-none')
		end })
	end
	return columns
end

local function row(month, columns)
	local cells = mw.html.create('tr')
	for place, column in ipairs(columns) do
		local value = column[2](month)
		if type(value) == 'number' then
			value = Messages.language():formatNum(value)
		end
		local cell = cells:tag(place == 1 and 'th' or 'td'):wikitext(value)
		if place == 1 then
			cell:attr('scope', 'row')
		end
	end
	return cells
end

function Log.show(frame)
	local most = tonumber(frame:getParent().args.limit) or MONTHS
	local head = mw.html.create('tr')
	local columns = columnsOf(Data.readers())
	for _, column in ipairs(columns) do
		head:tag('th'):attr('scope', 'col'):wikitext(column[1])
	end
	local rows = Style.element('table', 'space-log', 'wikitable'):node(head)
	local any = false
	for place, month in ipairs(Data.months()) do
		if place <= most then
			any = true
			rows:node(row(month, columns))
		end
	end
	if not any then
		return Notice.nothing(Messages.get('wiki-log-empty'))
	end
	local frameBox = Style.scroll(Messages.get('wiki-log-label'))
	return Style.sheet() .. tostring(Style.readers(frameBox):node(rows))
end

return Log
