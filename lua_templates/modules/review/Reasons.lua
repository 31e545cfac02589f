-- The standard reasons of verdicts, which a reviewer names instead of typing them:
-- because=place; source, duplicate of=Some page (space/review/verdicts/reasons.py).
local Fields = mw.loadData('Module:Space/Fields')
local Calls = require('Module:Space/Calls')
local Messages = require('Module:Space/Messages')
local Style = require('Module:Space/Style')

local Reasons = {}

local DUPLICATE = 'duplicate'
local KEY = 'wiki-review-reason-'

local function suits(reason, kind)
	for _, each in ipairs(reason.kinds) do
		if each == kind then
			return true
		end
	end
	return false
end

-- The code of the language that a post or an event is in; that of the wiki where it does
-- not say.
local function languageOf(page)
	local code = page.values.language or (page.values.languages or {})[1]
	return code or mw.language.getContentLanguage():getCode()
end

-- The page that says the same as a link; what can be no title as it is.
local function link(written)
	local title = not written:find('^%a+://') and mw.title.new(written)
	return title and '[[:' .. title.prefixedText .. ']]' or written
end

-- The names of the reasons that the argument gives, as a set, and what is none that
-- suits the kind, as a list.
local function named(argument, kind)
	local known, names, others = {}, {}, {}
	for _, reason in ipairs(Fields.verdict.reasons) do
		known[reason.name] = suits(reason, kind)
	end
	for item in (argument or ''):gmatch('[^;,]+') do
		item = mw.text.trim(item)
		if known[item:lower()] then
			names[item:lower()] = true
		elseif item ~= '' then
			table.insert(others, item)
		end
	end
	return names, others
end

-- What the arguments name, in the language of the page, whose `kind` and `values` are
-- given; '' for none. A word that is no reason for this kind stays as it is.
function Reasons.text(arguments, page)
	local names, others = named(arguments.because, page.kind)
	local other = mw.text.trim(arguments['duplicate of'] or '')
	local code, sentences = languageOf(page), {}
	for _, reason in ipairs(Fields.verdict.reasons) do
		if reason.name == DUPLICATE and other ~= '' then
			local text = Messages.textIn(code, KEY .. 'duplicate-of')
			table.insert(sentences, (text:gsub('%$1', function () return link(other) end)))
		elseif names[reason.name] then
			table.insert(sentences, Messages.textIn(code, KEY .. reason.name))
		end
	end
	table.insert(sentences, others[1] and table.concat(others, '; ') or nil)
	return table.concat(sentences, ' ')
end

-- {{#invoke:Space/Reasons|list}}: the names of all reasons with what they say, for who
-- reviews the page by hand; on a talk page those for the kind of its page.
function Reasons.list()
	local title = mw.title.getCurrentTitle().subjectPageTitle
	local call = Calls.first(title:getContent() or '')
	local list = mw.html.create('dl')
	for _, reason in ipairs(Fields.verdict.reasons) do
		if not call or suits(reason, call.kind) then
			list:tag('dt'):wikitext('<code>' .. reason.name .. '</code>')
			list:tag('dd'):wikitext(Messages.get(KEY .. reason.name))
		end
	end
	return tostring(Style.readers(Style.element('div')):node(list))
end

return Reasons
