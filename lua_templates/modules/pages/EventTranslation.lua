-- {{Space event translation}} on its own page: the title and the summary that stand there,
-- on the card of the original, which alone says when and where the event is.
local Banner = require('Module:Space/Banner')
local Event = require('Module:Space/Event')
local Facts = require('Module:Space/Facts')
local Messages = require('Module:Space/Messages')
local Names = require('Module:Space/Names')
local Page = require('Module:Space/Page')
local Style = require('Module:Space/Style')

local EventTranslation = {}

-- The card of a translation whose original is no event.
local function alone(page, foot)
	local named = page.values.original
	local told = named and Messages.get('wiki-translation-no-event', Names.meant(named))
	return tostring(Style.element('div', 'space-card'):wikitext(table.concat({
		tostring(Style.element('div', 'space-kicker')
			:wikitext(Messages.get('wiki-kind-translation'))),
		Page.heading(page),
		told and tostring(mw.html.create('p'):wikitext(told)) or '',
		Page.lead(page, page.values.language),
		foot,
	})))
end

-- What the translation says of itself: its original and its translators.
local function about(page)
	return Page.facts(Facts.rows(page, function (name)
		return page.values[name]
	end, {}))
end

-- The wikitext of {{Space event translation}}.
function EventTranslation.show(frame)
	local page = Page.read('translation', frame)
	local named = page.values.original
	local original = named and Page.other('event', mw.title.new(Names.meant(named)))
	local foot = about(page) .. (page.standing and Page.foot(page) or '')
	local card = original and Event.card(original, page, page.values.language, foot)
		or alone(page, foot)
	return Page.wrap(page, {
		Banner.show(page), Page.problems(page), card,
		Page.categories(page),
	})
end

return EventTranslation
