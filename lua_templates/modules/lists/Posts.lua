-- The posts of a list: by filter, by year or month, by the language they are to be
-- translated into. Each post is listed once, in the language of the reader if it has it.
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

-- The first and the last day of `year=2026`, `year=2026|month=11` or `month=2026-11`; or
-- nil, nil and a problem.
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

-- The arguments of a list of posts, read: { arguments, filter, untranslated, narrow };
-- or nil and a problem. `options` has the names of arguments that are no filters, with
-- `year`, `month` and `untranslated`.
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

-- Whether a post, or a version of it, is in a language.
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

-- Returns a function that makes one entry of the versions of each post, which it is
-- passed newest first, with whether the filter lets them through. It returns the entry
-- to show at the version that was published first, as `passing` of
-- space/store/queries/sql/conditions.py chooses it, else nil.
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

-- The posts asked for, newest first, at most `most`; and whether all that could be among
-- them were read.
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
