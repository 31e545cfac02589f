-- Verdicts on talk pages, and the plain links that start one.
local Fields = mw.loadData('Module:Space/Fields')
local Messages = require('Module:Space/Messages')
local Reader = require('Module:Space/Reader')
local Settings = require('Module:Space/Settings')
local Style = require('Module:Space/Style')
local Text = require('Module:Space/Text')

local Review = {}

local NEEDS_REASON = { changes = true, decline = true }
local ICONS = { approve = '✓', changes = '✎', decline = '✗', withdraw = '↩' }

-- A link that opens a new section of a page, filled in from a template's /preload.
local function newSection(title, template, intro, heading, parameters, label)
	return Text.external(Text.edit(title, {
		section = 'new',
		preload = 'Template:Space ' .. template .. '/preload',
		editintro = 'Template:Space ' .. intro .. '/intro',
		preloadtitle = heading,
	}, parameters), label)
end

-- The link that starts a verdict on the talk page.
function Review.link(title, verdict, revision, seen)
	local intro = NEEDS_REASON[verdict] and 'reasons' or 'verdict'
	return newSection(title.talkPageTitle, verdict, intro,
		Messages.get('wiki-review-heading-' .. verdict),
		{ tostring(revision or ''), seen or '' },
		Messages.get('wiki-review-' .. verdict))
end

-- The link with which anybody says what is wrong with a page: on the noticeboard that
-- the settings name, or on its own talk page.
function Review.report(title)
	local board = Settings.get('report_page')
	return newSection(board and mw.title.new(board) or title.talkPageTitle,
		'report', 'report',
		Messages.get('wiki-report-heading', title.prefixedText),
		{ title.prefixedText }, Messages.get('wiki-report'))
end

-- The verdicts on the text before the reader, as links; taking back is for what was
-- published. Where its revision number is not known, the time of the revision goes
-- along: the verdict template takes the newest revision only if it is still that one.
function Review.links(title, revision, published)
	local seen = revision and ''
		or mw.getCurrentFrame():preprocess('{{REVISIONTIMESTAMP}}')
	local links = {}
	for _, verdict in ipairs(Fields.verdict.fields.verdict.choices) do
		if verdict ~= 'withdraw' or published then
			table.insert(links, Review.link(title, verdict, revision, seen))
		end
	end
	return table.concat(links, ' · ')
end

local function problem(key)
	return tostring(Style.element('strong', 'space-error'):wikitext(Messages.get(key)))
end

-- The sentence that follows whom a verdict mentions; of a line that does not say of which
-- kind its page is, only the name of the verdict.
local function sentence(values)
	local key = 'wiki-verdict-' .. values.verdict
	local kinds = values.kind and key .. '-' .. values.kind
	if not kinds then
		key = 'wiki-review-said-' .. values.verdict
	elseif Messages.exists(kinds) then
		key = kinds
	end
	return Messages.get(key)
end

-- {{Space review|approve|rev=123|kind=event|reason=…}} as people see it.
function Review.show(frame)
	local values = Reader.page('verdict', frame:getParent().args).values
	local verdict = values.verdict
	if not verdict then
		return problem('wiki-review-unknown')
	end
	local box = Style.element('span', 'space-verdict', 'space-verdict-' .. verdict)
	box:tag('span'):attr('aria-hidden', 'true'):wikitext(ICONS[verdict] .. ' ')
	box:tag('b'):wikitext(sentence(values))
	local parts = { Style.sheet() .. tostring(box) }
	table.insert(parts, values.reason and Reader.wikitext(values.reason))
	if values.rev then
		table.insert(parts, tostring(Style.element('span', 'space-muted'):wikitext(
			Messages.get('wiki-review-revision',
				'[[Special:PermanentLink/' .. values.rev .. '|' .. values.rev .. ']]'))))
	end
	return table.concat(parts, ' ')
end

-- {{Space stale}}: no verdict was written, because the page had changed.
function Review.stale()
	return problem('wiki-review-stale')
end

return Review
