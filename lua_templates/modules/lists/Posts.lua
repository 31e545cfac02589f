-- Which posts a list shows: by filter, by year or month, by what waits for a translation,
-- and each post once, in the language of the page's reader if there is a version in it.
local Data = require('Module:Space/Data')
local Filter = require('Module:Space/Filter')
local Language = require('Module:Space/Language')
local Messages = require('Module:Space/Messages')
local Times = require('Module:Space/Times')

local Posts = {}

local function given(arguments, key)
	local value = mw.text.trim(arguments[key] or '')
	return value ~= '' and value or nil
end

-- The first and the last day of `year=2026`, `year=2026|month=11` or `month=2026-11`;
-- nil and a problem where they are none.
local function days(arguments)
	local year, month = given(arguments, 'year'), given(arguments, 'month')
	if not year and month then
		year, month = month:match('^(%d%d%d%d)%-(%d%d?)$')
	end
	local number = tonumber(month or 1)
	if not year or not Times.isInRange(year .. '-01-01') then
		local key = given(arguments, 'year') and 'year' or 'month'
		return nil, nil, { code = 'filter-value', params = { key, arguments[key] } }
	end
	if not number or number < 1 or number > 12 or number % 1 ~= 0 then
		return nil, nil, { code = 'filter-value', params = { 'month', arguments.month } }
	end
	local first, last = month and number or 1, month and number or 12
	local day = string.format('%s-%02d-01', year, last)
	return string.format('%s-%02d-01', year, first), Times.lastOfMonth(day)
end

local function copy(arguments)
	local found = {}
	for key, value in pairs(arguments) do
		found[key] = value
	end
	return found
end

-- The arguments of a list of posts, read: `filter`, `untranslated`, whether the list is
-- `narrow`; or nil and a problem. `options` are the names of arguments that are no
-- filters, with `year`, `month` and `untranslated`.
function Posts.asked(arguments, options)
	local plain = copy(arguments)
	if given(arguments, 'year') or given(arguments, 'month') then
		local first, last, problem = days(arguments)
		if problem then
			return nil, problem
		end
		plain.from, plain.to = first, last
	end
	local code = given(arguments, 'untranslated')
	local tag = code and Language.tag(code)
	if code and not tag then
		return nil, { code = 'filter-value', params = { 'untranslated', code } }
	end
	local filter, problem = Filter.new('post', plain, options)
	if not filter then
		return nil, problem
	end
	return {
		arguments = plain, filter = filter, untranslated = tag,
		narrow = filter.narrow or code ~= nil,
	}
end

-- Whether a post is in a language, in itself or in a version.
local function isIn(post, code)
	local wanted = Language.normal(code)
	if Language.normal(post.language) == wanted then
		return true
	end
	for _, version in ipairs(post.versions or {}) do
		if Language.normal(version.language) == wanted then
			return true
		end
	end
	return false
end

-- Makes of versions, met newest first, one entry for each post. It stands where the one
-- stands that was published first, which is met last (queries/conditions.py). The
-- function returned takes a version and whether the filter lets it through, and returns
-- the entry to show, or nil for none yet.
local function oneEach()
	local best, passed, rank = {}, {}, Language.rank(Messages.chain())
	local function of(post)
		return rank(post.language)
	end
	return function (post, passes)
		local lead = post.lead or post.id
		passed[lead] = passed[lead] or passes
		if not best[lead] or of(post) <= of(best[lead]) then
			best[lead] = post
		end
		return not post.lead and passed[lead] and best[lead] or nil
	end
end

local function each(post, passes)
	return passes and post or nil
end

-- Posts that are asked for, newest first, at most `most`; and whether all that could be
-- among them were read.
function Posts.find(asked, most)
	local found, filter = {}, asked.filter
	local after = filter.from and filter.from .. 'T00:00Z'
	local last = filter.to and filter.to .. 'T99'
	local take = filter.asks.language and each or oneEach()
	local complete = Data.eachPost(
		after and after:sub(1, 4), last and last:sub(1, 4),
		function (post)
			if (not after or post.published >= after) and (not last or post.published < last)
			then
				local passes = filter.matches(post)
					and not (asked.untranslated and isIn(post, asked.untranslated))
				table.insert(found, take(post, passes))
			end
			return found[most] ~= nil
		end)
	return found, complete
end

return Posts
