-- Languages by their codes. Pages hold BCP 47 (pt-BR, sr-Latn), the wiki has codes of its
-- own in lower case (pt-br, sr-el), and either may be asked for (space/text/languages.py).
local Language = {}

local own -- BCP 47 in lower case → the wiki's code

local function wikiCodes()
	return mw.loadData('Module:Space/Codes').languages
end

-- The short code of one that has its script written out: zh-tw for zh-hant-tw.
local function short(lower)
	return mw.loadData('Module:Space/Codes').writtenOut[lower]
end

-- The form in which codes are compared.
function Language.normal(code)
	local lower = mw.text.trim(code):lower():gsub('[_ ]', '-')
	lower = (wikiCodes()[lower] or lower):lower()
	return short(lower) or lower
end

-- The wiki's own code of a language that it knows, or nil.
function Language.tag(code)
	local lower = mw.text.trim(code):lower():gsub('_', '-')
	if mw.language.isKnownLanguageTag(lower) then
		return lower
	end
	if not own then
		own = {}
		for wiki, standard in pairs(wikiCodes()) do
			own[standard:lower()] = wiki
		end
	end
	local found = own[lower] or short(lower)
	return found and mw.language.isKnownLanguageTag(found) and found or nil
end

-- A language's name in another, in itself without one; '' where the wiki has none.
function Language.name(code, reader)
	return mw.language.fetchLanguageName(Language.tag(code) or code:lower(), reader)
end

-- 'ltr' or 'rtl'; nil where the wiki does not know the language.
function Language.direction(code)
	local tag = Language.tag(code)
	return tag and mw.language.new(tag):getDir()
end

-- Returns a function that says how well a language serves a reader, for whom those of
-- `codes` do, best first and English last; the smaller the better. Others of the same
-- primary language come before English.
function Language.rank(codes)
	local ranks = {}
	for place, code in ipairs(codes) do
		local normal = Language.normal(code)
		ranks[normal] = ranks[normal] or 2 * place
	end
	local primary = Language.normal(codes[1]):match('^%l+')
	local english = ranks.en or math.huge
	local near = primary == 'en' and english + 1 or english - 1
	return function (code)
		local normal = Language.normal(code)
		return ranks[normal] or normal:match('^%l+') == primary and near or math.huge
	end
end

return Language
