-- The verdict that a reviewer's template leaves on a talk page when it is substituted:
-- {{subst:Space changes|reason}} and its like.
local Calls = require('Module:Space/Calls')
local Ledger = require('Module:Space/Ledger')
local Reader = require('Module:Space/Reader')
local Reasons = require('Module:Space/Reasons')

local Verdict = {}

local PIPE = '{{!}}'
local PARAMETERS = {
	rev = true, seen = true, reason = true, because = true, ['duplicate of'] = true,
}
local SIGNATURE = '~~' .. '~~' -- in one piece, saving this module would sign it

local function magicWord(name, title)
	return mw.getCurrentFrame():callParserFunction(name, title.prefixedText)
end

-- The post or event on a page: its kind and values; nil for any other page.
local function record(text, title)
	local call = Calls.first(text)
	if not call then
		return nil
	end
	local read = Reader.call(call.kind, call.parameters, title.subpageText)
	return { kind = call.kind, values = read.values, users = read.users }
end

-- What a reviewer wrote after the template's name. MediaWiki has cut it at each pipe,
-- and taken what stands before an equals sign for a name.
local function written(arguments)
	local numbers, names = {}, {}
	for key in pairs(arguments) do
		if type(key) ~= 'number' then
			if not PARAMETERS[key] then
				table.insert(names, key)
			end
		elseif key == 1 or arguments[key - 1] then
			table.insert(numbers, key)
		else
			table.insert(names, key) -- '2=3 is wrong', not a second piece
		end
	end
	table.sort(numbers)
	table.sort(names, function (one, other) return tostring(one) < tostring(other) end)
	local pieces = { (arguments.reason or '') ~= '' and arguments.reason or nil }
	for _, number in ipairs(numbers) do
		table.insert(pieces, arguments[number])
	end
	for _, name in ipairs(names) do
		table.insert(pieces, name .. '=' .. arguments[name])
	end
	return mw.text.trim(table.concat(pieces, PIPE))
end

-- The revision that is judged, as a number in a string, or nil where the page has been
-- changed since the reviewer read it.
local function revision(arguments, title)
	local rev, seen = arguments.rev or '', arguments.seen
	if rev ~= '' then
		return rev
	elseif not seen or seen == magicWord('REVISIONTIMESTAMP', title) then
		local newest = magicWord('REVISIONID', title)
		return newest ~= '' and newest or nil
	end
	return nil
end

-- The reasons that were named, in the language of the page, and what was written.
local function reason(arguments, page)
	local said = page and Reasons.text(arguments, page) or ''
	return mw.text.trim(said .. ' ' .. written(arguments))
end

local function isHere(name)
	return name ~= '' and not name:find('>', 1, true) -- imported: nobody here
end

-- Whether a name is as bots have it: a template cannot ask for the rights of accounts.
local function isBot(name)
	return name:find('B[Oo][Tt]$') or name:find('%f[%a]bot$')
end

-- Those whom the wiki should tell: who made the page, and who wrote the text that is
-- judged. Its newest editor is not always one who wrote it: temporary accounts mend
-- slips, bots tidy up, and translation administrators mark the text.
local function authors(title, text, page, judged)
	local creator = Ledger.creator(title.id)
	local editor = magicWord('REVISIONUSER', title)
	local marked = text:find('<!%-%-T:') and not (page and page.users[editor])
	local wrote = judged == magicWord('REVISIONID', title)
		and not editor:find('^~%d') and not isBot(editor) and not marked
	local found = {}
	if creator and isHere(creator) then
		table.insert(found, creator)
	end
	if isHere(editor) and editor ~= creator and (wrote or not creator) then
		table.insert(found, editor)
	end
	return found
end

-- The links by which the wiki tells people, before the sentence that the line is.
local function mentions(names)
	local links = {}
	for _, name in ipairs(names) do
		table.insert(links, '@[[User:' .. name .. '|' .. name .. ']]')
	end
	return links[1] and table.concat(links, ' ') .. ': ' or ''
end

-- The line of a verdict on a revision of a page.
local function line(verdict, title, judged, arguments)
	local text = title:getContent() or ''
	local page = record(text, title)
	local said = reason(arguments, page)
	return mentions(authors(title, text, page, judged))
		.. '{{Space review|' .. verdict .. '|rev=' .. judged
		.. (page and '|kind=' .. page.kind or '')
		.. (said ~= '' and '|reason=' .. said or '') .. '}} '
end

-- {{subst:Space approve}}, {{subst:Space changes|…}}, …: the first argument of the
-- module's call is the verdict.
function Verdict.write(frame)
	local arguments = frame:getParent().args
	local title = mw.title.getCurrentTitle().subjectPageTitle
	local judged = revision(arguments, title)
	local text = judged and line(frame.args[1], title, judged, arguments)
		or '{{Space stale}} '
	text = text .. SIGNATURE
	return mw.isSubsting() and text or frame:preprocess(text)
end

return Verdict
