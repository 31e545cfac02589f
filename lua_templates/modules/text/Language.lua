-- Language codes and names. Pages have BCP 47 codes (pt-BR, sr-Latn), MediaWiki has its
-- own in lower case (pt-br, sr-el), and filters take both (space/text/languages.py).
local Language = {}

local own -- BCP 47 in lower case → the wiki's code

local function wikiCodes()
	return mw.loadData('Module:Space/Codes').languages
end

-- MediaWiki's code for one with its script written out: zh-tw for zh-hant-tw.
local function short(lower)
	return mw.loadData('Module:Space/Codes').writtenOut[lower]
end

-- The form in which codes are compared.
function Language.normal(code)
	local lower = mw.text.trim(code):lower():gsub('[_ ]', '-')
	lower = (wikiCodes()[lower] or lower):lower()
	return short(lower) or lower
end

-- MediaWiki's code of a language, or nil for a language that it does not know.
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

-- The name of a language in the language `reader`, nil for its own name; '' where
-- MediaWiki has none.
function Language.name(code, reader)
	return mw.language.fetchLanguageName(Language.tag(code) or code:lower(), reader)
end

-- 'ltr' or 'rtl'; nil for a language that MediaWiki does not know.
function Language.direction(code)
	local tag = Language.tag(code)
	return tag and mw.language.new(tag):getDir()
end

-- Returns a function from a code to a number, the lower the better for a reader of
-- `codes`, best first. Languages of the same primary language come before English, all
-- others after it.
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
