-- Verdicts on talk pages, and the plain links that start one.
local Fields = mw.loadData('Module:Space/Fields')
local Messages = require('Module:Space/Messages')
local Reader = require('Module:Space/Reader')
local Style = require('Module:Space/Style')

local Review = {}

local ICONS = { approve = '✓', changes = '✎', decline = '✗', withdraw = '↩' }

-- The link that opens a new section of the talk page with a verdict filled in.
local function link(title, verdict, revision, seen)
	local query = {
		'action=edit', 'section=new',
		'preload=' .. mw.uri.encode('Template:Space ' .. verdict .. '/preload'),
		'editintro=' .. mw.uri.encode('Template:Space verdict/intro'),
		'preloadtitle=' .. mw.uri.encode(Messages.get('wiki-review-heading-' .. verdict)),
		'preloadparams%5B%5D=' .. (revision or ''),
		'preloadparams%5B%5D=' .. seen,
	}
	return '[' .. title.talkPageTitle:fullUrl(table.concat(query, '&')) .. ' '
		.. Messages.get('wiki-review-' .. verdict) .. ']'
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
			table.insert(links, link(title, verdict, revision, seen))
		end
	end
	return table.concat(links, ' · ')
end

local function problem(key)
	return tostring(Style.element('strong', 'space-error'):wikitext(Messages.get(key)))
end

-- {{Space review|approve|rev=123|reason=…}} as people see it.
function Review.show(frame)
	local values = Reader.page('verdict', frame:getParent().args).values
	local verdict = values.verdict
	if not verdict then
		return problem('wiki-review-unknown')
	end
	local box = Style.element('span', 'space-verdict', 'space-verdict-' .. verdict)
	box:tag('span'):attr('aria-hidden', 'true'):wikitext(ICONS[verdict] .. ' ')
	box:tag('b'):wikitext(Messages.get('wiki-review-said-' .. verdict))
	if values.rev then
		box:wikitext(' ', Messages.get('wiki-review-revision',
			'[[Special:PermanentLink/' .. values.rev .. '|' .. values.rev .. ']]'))
	end
	local reason = values.reason and ' ' .. Reader.wikitext(values.reason) or ''
	return Style.sheet() .. tostring(box) .. reason
end

-- {{Space stale}}: no verdict was written, because the page had changed.
function Review.stale()
	return problem('wiki-review-stale')
end

return Review
