-- The verdict that a reviewer's template leaves on a talk page when it is substituted:
-- {{subst:Space changes|reason}} and its like.
local Ledger = require('Module:Space/Ledger')

local Verdict = {}

local PIPE = '{{!}}'
local PARAMETERS = { rev = true, seen = true, reason = true }
local SIGNATURE = '~~' .. '~~' -- in one piece, saving this module would sign it

local function magicWord(name, title)
	return mw.getCurrentFrame():callParserFunction(name, title.prefixedText)
end

-- What a reviewer wrote after the template's name. MediaWiki has cut it at each pipe,
-- and taken what stands before an equals sign for a name.
local function reason(arguments)
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

-- Those whom the wiki should tell: who made the page, and who wrote the text that is
-- judged. Its newest editor is not always one who wrote it: temporary accounts mend
-- slips, and translation administrators mark the text.
local function authors(title, judged)
	local creator = Ledger.creator(title.id)
	local editor = magicWord('REVISIONUSER', title)
	local text = title:getContent() or ''
	local wrote = judged == magicWord('REVISIONID', title)
		and not editor:find('^~%d') and not text:find('<!%-%-T:')
	local found = { creator }
	if editor ~= '' and editor ~= creator and (wrote or not creator) then
		table.insert(found, editor)
	end
	return found
end

-- {{subst:Space approve}}, {{subst:Space changes|…}}, …: the first argument of the
-- module's call is the verdict.
function Verdict.write(frame)
	local arguments = frame:getParent().args
	local title = mw.title.getCurrentTitle().subjectPageTitle
	local judged = revision(arguments, title)
	local text = '{{Space stale}} '
	if judged then
		local said = reason(arguments)
		text = '{{Space review|' .. frame.args[1] .. '|rev=' .. judged
			.. (said ~= '' and '|reason=' .. said or '') .. '}} '
		for _, author in ipairs(authors(title, judged)) do
			if not author:find('>', 1, true) then -- imported: nobody here
				text = text .. '@[[User:' .. author .. '|' .. author .. ']] '
			end
		end
	end
	text = text .. SIGNATURE
	return mw.isSubsting() and text or frame:preprocess(text)
end

return Verdict
