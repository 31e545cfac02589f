-- The banner above a post or an event: its page status, told to authors, readers and
-- reviewers.
local Config = require('Module:Space/Config')
local Messages = require('Module:Space/Messages')
local Review = require('Module:Space/Review')
local Series = require('Module:Space/Series')
local Settings = require('Module:Space/Settings')
local Style = require('Module:Space/Style')
local Text = require('Module:Space/Text')
local Times = require('Module:Space/Times')

local Banner = {}

local WAITING = 'pages waiting for review'
local STOPS = { declined = true, withdrawn = true, changes = true }
local REVIEWED = { waiting = true, changes = true, declined = true, withdrawn = true }

-- The field of a correction → what it is about.
local ABOUT = {
	start = 'time', ['end'] = 'time', timezone = 'time',
	except = 'dates', also = 'dates', status = 'status',
}

local function paragraph(text)
	return tostring(mw.html.create('p'):wikitext(text))
end

-- 'Readers still see the version of DATE', with a link to the difference.
local function older(standing)
	local mark = standing.published
	return Messages.get('wiki-banner-older',
		'[[Special:PermanentLink/' .. mark.revision .. '|'
			.. Times.writeDate(mark.at) .. ']]',
		'[[Special:Diff/' .. mark.revision .. '/cur|'
			.. Messages.get('wiki-banner-difference') .. ']]')
end

-- Whether a published event was just called off: the bot has not read the change, but it
-- waits for no review if an organizer or a reviewer made it.
local function isCalledOff(page, standing)
	local status = page.values.status
	return standing.state == 'waiting' and standing.published and not standing.revision
		and (status == 'cancelled' or status == 'postponed')
end

local function lead(page, standing)
	if isCalledOff(page, standing) then
		return Messages.get('wiki-banner-soon-' .. page.values.status)
	end
	local name = standing.state
	if name == 'waiting' then
		-- Translations of events are reviewed as events are.
		local policy = page.kind == 'post' and 'post_policy' or 'event_policy'
		local open = Settings.get(policy) == 'open'
		name = open and 'soon' or standing.published and 'newer' or name
	end
	local key = 'wiki-banner-' .. name
	if Messages.exists(key .. '-' .. page.kind) then
		key = key .. '-' .. page.kind
	end
	return Messages.get(key, tonumber(Settings.get('promised_days')))
end

-- The reviewer's reason with the account that gave it, whose name may be hidden; nil
-- without one.
local function words(standing)
	local said = standing.reason and standing.reason.params
	if not said or (said[2] or '') == '' then
		return nil
	end
	return Messages.get('wiki-reason-' .. standing.reason.code,
		said[1] ~= '' and Text.link('User:' .. said[1], said[1])
			or Messages.get('wiki-reason-somebody'),
		Text.plain(said[2]))
end

-- The length of the queue in words. The category is asked: with the bot's data page
-- every page that waits would be parsed again after each review.
local function queue()
	local count = mw.site.stats.pagesInCategory(Config.root .. ' ' .. WAITING, 'pages')
	return Messages.get('wiki-banner-queue', math.max(count, 1), Config.root .. '/Review')
end

-- Up to two further sentences for authors, as a list: reasons, and the next step.
local function more(page, standing)
	local reason = standing.reason or {}
	if STOPS[standing.state] then
		return { words(standing), Messages.get('wiki-banner-talk',
			page.title.talkPageTitle.prefixedText) }
	elseif standing.state == 'scheduled' and reason.code == 'scheduled' then
		return { nil, Messages.get('wiki-reason-scheduled', Times.writeDate(reason.params[1])) }
	elseif standing.state == 'waiting' and not isCalledOff(page, standing) then
		return { reason.code == 'again' and Messages.get('wiki-reason-again') or nil, queue() }
	end
	return {}
end

-- 'The new time is live already', where readers see a change ahead of a review; else nil.
local function live(standing)
	local about
	for _, name in ipairs(standing.corrected or {}) do
		about = (not about or about == ABOUT[name]) and ABOUT[name] or 'changes'
	end
	about = about or standing.live and 'changes'
	return about and Messages.get('wiki-banner-live-' .. about) or nil
end

local function strip(page, standing)
	local lines = {}
	table.insert(lines, standing.state ~= 'published' and lead(page, standing) or nil)
	table.insert(lines, live(standing))
	local further = more(page, standing)
	table.insert(lines, further[1])
	table.insert(lines, further[2])
	if standing.published and standing.state ~= 'published' then
		table.insert(lines, older(standing))
	end
	local box = Style.element('div', 'space-banner'):attr('role', 'note')
	if STOPS[standing.state] then
		Style.dress(box, 'space-banner-stop')
	end
	box:wikitext(paragraph(table.concat(lines, ' ')))
	if REVIEWED[standing.state] or standing.live then
		box:node(Style.element('div', 'space-banner-links', 'plainlinks')
			:wikitext(Messages.get('wiki-banner-reviewers',
				Review.links(page.title, standing.revision, standing.published))))
	end
	return tostring(box)
end

-- The banner of a series that nobody has confirmed for `confirm_months`, with a link to
-- confirm it; '' for other pages and for a series that is cancelled.
function Banner.unconfirmed(page)
	local rule, standing = page.values.recurrence, page.standing
	if not rule or not standing or not standing.published or rule:find('COUNT=')
		or page.values.status == 'cancelled' then
		return ''
	end
	local said, changed = page.values.confirmed, standing.updated
	local last = rule:match('UNTIL=(%d%d%d%d%d%d%d%d)')
	local since = Series.unconfirmed(
		said and (not changed or said > changed) and said or changed,
		last and last:gsub('^(%d%d%d%d)(%d%d)(%d%d)$', '%1-%2-%3')
	)
	if not since then
		return ''
	end
	local form = Settings.tool('/edit/' .. page.title.id .. '?confirm=yes')
	local asked = form and Messages.get('wiki-banner-unconfirmed', since, form)
		or Messages.get('wiki-banner-unconfirmed-here', since, page.title:fullUrl('action=edit'))
	return tostring(Style.element('div', 'space-banner', 'plainlinks'):attr('role', 'note')
		:wikitext(paragraph(asked)))
end

-- The banner of a record; '' for a page that is none and for a text that was accepted
-- and that readers of lists see as it is.
function Banner.show(page)
	local standing = page.standing
	if not standing or standing.state == 'published' and not standing.live then
		return ''
	elseif standing.published then
		return strip(page, standing)
	end
	-- What cannot be read says so in the list of problems, unless only the bot found it.
	local text = not standing.listed and strip(page, standing)
		or standing.state ~= 'broken' and strip(page, standing) or ''
	return text .. '__NOINDEX__'
end

return Banner
