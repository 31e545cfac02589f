-- Lists of threads on talk pages: {{Space discussions}},
-- {{Space discussions|unanswered|topic=glam|limit=5}}.
local Config = require('Module:Space/Config')
local Data = require('Module:Space/Data')
local Language = require('Module:Space/Language')
local Messages = require('Module:Space/Messages')
local Normal = require('Module:Space/Normal')
local Notice = require('Module:Space/Notice')
local Style = require('Module:Space/Style')
local Text = require('Module:Space/Text')
local Times = require('Module:Space/Times')
local Topics = require('Module:Space/Topics')

local Discussions = {}

local MOST = 200
local SHORT = 'wiki-format-date-short'
local KEYS = 'about, kind, language, limit, q, state, topic'

local fold = Normal.fold

-- Whether one of the texts is a key of `wanted`.
local function any(texts, wanted)
	for _, text in ipairs(texts or {}) do
		if wanted[fold(text)] then
			return true
		end
	end
	return false
end

local TESTS = {
	about = function (thread, wanted)
		local title = mw.title.new(thread.page)
		local subject = title and title.subjectPageTitle.prefixedText or ''
		return any({ thread.page, subject }, wanted)
	end,
	kind = function (thread, wanted)
		return wanted[thread.kind] == true
	end,
	language = function (thread, wanted)
		for _, code in ipairs(thread.languages or {}) do
			if wanted[Language.normal(code)] then
				return true
			end
		end
		return false
	end,
	topic = function (thread, wanted)
		return any(thread.topics, wanted)
	end,
}

-- Which threads a state shows, and which of two comes first.
local STATES = {
	active = {
		shows = function () return true end,
		first = function (a, b) return a.active > b.active end,
	},
	newest = {
		shows = function () return true end,
		first = function (a, b) return a.begun > b.begun end,
	},
	unanswered = {
		shows = function (thread) return not thread.answered and not thread.archived end,
		first = function (a, b) return a.begun < b.begun end,
	},
}

-- What the values of some keys stand for, in the form in which they are compared.
local NAMES = {
	language = function (code)
		return { Language.normal(code) }
	end,
	topic = function (topic)
		local names = {}
		for place, name in ipairs(Topics.names(topic)) do
			names[place] = fold(name)
		end
		return names
	end,
}

-- The set of values of an argument in the form in which they are compared; nil for an
-- empty one.
local function values(text, key)
	local found, some = {}, false
	for item in text:gmatch('[^;,]+') do
		item = fold(item)
		for _, name in ipairs(NAMES[key] and NAMES[key](item) or { item }) do
			if name ~= '' then
				found[name], some = true, true
			end
		end
	end
	return some and found or nil
end

local function matches(thread, tests, words)
	for key, wanted in pairs(tests) do
		if not TESTS[key](thread, wanted) then
			return false
		end
	end
	local text = fold((thread.title or '') .. ' ' .. (thread.subject or ''))
	for word in fold(words):gmatch('%S+') do
		if not text:find(word, 1, true) then
			return false
		end
	end
	return true
end

-- Reads one argument into `wanted`; returns its problem or nil.
local function take(wanted, key, text)
	if key == 1 or key == 'state' then
		if not STATES[text] then
			return { code = 'filter-value', params = { 'state', text } }
		end
		wanted.state = text
	elseif key == 'limit' then
		local number = tonumber(text)
		wanted.limit = number and math.max(1, math.min(MOST, math.floor(number))) or 10
	elseif key == 'q' then
		wanted.words = text
	elseif TESTS[key] then
		wanted.tests[key] = values(text, key)
	elseif key ~= 'nocat' then
		return { code = 'filter-key', params = { tostring(key), KEYS } }
	end
	return nil
end

-- The arguments read, or nil and the first problem.
local function asked(arguments)
	local wanted = { state = 'active', tests = {}, words = '', limit = 10 }
	for key, text in pairs(arguments) do
		text = mw.text.trim(text)
		local wrong = text ~= '' and take(wanted, key, text)
		if wrong then
			return nil, wrong
		end
	end
	return wanted
end

-- The threads that are asked for, at most as many as the list shows. Threads in which
-- only blocked accounts wrote come last.
local function find(wanted)
	local state = STATES[wanted.state]
	local found = {}
	local page = Data.load('Talk')
	for place, thread in ipairs(page and page.threads or {}) do
		if state.shows(thread) and matches(thread, wanted.tests, wanted.words) then
			table.insert(found, { thread = thread, place = place })
		end
	end
	table.sort(found, function (a, b)
		local one, other = a.thread, b.thread
		if (one.aside or false) ~= (other.aside or false) then
			return not one.aside
		end
		if state.first(one, other) ~= state.first(other, one) then
			return state.first(one, other)
		end
		return a.place < b.place
	end)
	return found
end

local function tile(date)
	return Style.element('div', 'space-tile'):attr('aria-hidden', 'true')
		:node(Style.element('div', 'space-tile-month')
			:wikitext(Times.write('wiki-format-month-short', date)))
		:node(Style.element('div', 'space-tile-day')
			:wikitext(Times.write('wiki-format-day', date)))
end

local function link(thread)
	local title = thread.title
	if not title then
		return Text.link(thread.page, Messages.get('wiki-thread-untitled'))
	end
	return Text.link(thread.page .. '#' .. mw.uri.encode(title, 'WIKI'), title)
end

local function entry(thread, state)
	local shown = state == 'active' and thread.active or thread.begun
	local body = Style.element('div', 'space-item-body')
	body:node(Style.element('div', 'space-item-title'):wikitext(link(thread)))
	local waits = not thread.answered and not thread.archived
	body:node(Style.element('div', 'space-item-facts'):wikitext(Text.facts(
		thread.subject and Messages.get('wiki-thread-about', Text.plain(thread.subject)),
		Messages.get('wiki-thread-comments', thread.comments),
		thread.comments > 1 and Messages.get('wiki-thread-latest',
			Times.writeDate(thread.active:sub(1, 10), SHORT)),
		waits and Messages.get('wiki-thread-waits')
	)))
	return Style.element('li', 'space-item'):node(tile(shown:sub(1, 10))):node(body)
end

-- The wikitext of {{Space discussions}}, or a notice about the first argument that is
-- not understood.
function Discussions.show(frame)
	local arguments = frame:getParent().args
	local wanted, problem = asked(arguments)
	if not wanted then
		return Notice.problem(problem, arguments)
	end
	local list, some = Style.readers(Style.element('ul', 'space-list')), false
	for place, each in ipairs(find(wanted)) do
		if place > wanted.limit then
			break
		end
		some = true
		list:node(entry(each.thread, wanted.state))
	end
	if not some then
		return Notice.nothing(Messages.get('wiki-no-threads', Config.root .. '/Questions'))
	end
	return Style.sheet() .. tostring(list)
end

return Discussions
