-- Messages in the reader's language or the nearest one. The texts are in
-- Module:Space/Messages/<language>, generated from i18n/.
local PortalPage = require('Module:Space/PortalPage')

local Messages = {}

local catalogues = {}
local reader

-- The texts of a language by key, or nil for a language that has none.
function Messages.catalogue(code)
	if catalogues[code] == nil then
		local found, texts = pcall(mw.loadData, 'Module:Space/Messages/' .. code)
		catalogues[code] = found and texts or false
	end
	return catalogues[code] or nil
end

-- The value of a magic word, or nil where the wiki does not have it.
local function magicWord(name)
	local value = mw.getCurrentFrame():preprocess('{{' .. name .. '}}')
	if value ~= '' and mw.language.isKnownLanguageTag(value) then
		return value
	end
	return nil
end

local function contentCode()
	return mw.language.getContentLanguage():getCode()
end

-- The language of a page of the portal that is named by it; nil for others.
local function namedCode()
	local _, code = PortalPage.current()
	return code
end

-- The code of the page's content language: as the wiki says it, or as a page of the
-- portal is named.
function Messages.pageCode()
	local said = magicWord('PAGELANGUAGE')
	if said and said ~= contentCode() then
		return said
	end
	return namedCode() or contentCode()
end

local function chain(code)
	local codes = { code }
	for _, fallback in ipairs(mw.language.getFallbacksFor(code)) do
		table.insert(codes, fallback)
	end
	table.insert(codes, 'en')
	return codes
end

-- Language codes, best first: the reader's where the wiki tells it, else the page's,
-- then its fallbacks. A wiki that does not tell it says its own.
function Messages.chain()
	local said = magicWord('USERLANGUAGE')
	if said == contentCode() then
		said = namedCode() or said
	end
	return chain(said or Messages.pageCode())
end

-- The code of the first language of the chain that has messages.
function Messages.code()
	if not reader then
		for _, code in ipairs(Messages.chain()) do
			reader = reader or Messages.catalogue(code) and code
		end
	end
	return reader
end

-- The mw.language object of the messages.
function Messages.language()
	return mw.language.new(Messages.code())
end

-- The text of a key in the first of some languages that has it, or nil.
local function raw(key, codes)
	for _, code in ipairs(codes or chain(Messages.code())) do
		local texts = Messages.catalogue(code)
		if texts and texts[key] then
			return texts[key]
		end
	end
	return nil
end

-- Whether there is a message of this key in any language of the chain.
function Messages.exists(key)
	return raw(key) ~= nil
end

-- The English text of a key as it is, or nil.
function Messages.english(key)
	local texts = Messages.catalogue('en')
	return texts and texts[key]
end

-- The text of a key as it is, in a language or the nearest one that has it.
function Messages.textIn(code, key)
	return raw(key, chain(code)) or '⧼' .. key .. '⧽'
end

local function forms(list)
	return mw.text.split(list, '|', true)
end

-- The text of a key with its parameters: $1…$9, {{PLURAL:$1|…}} and {{GENDER:$1|…}}.
-- Numbers are formatted for the reader's language; texts are put in as they are, so pass
-- only what is safe as wikitext.
function Messages.get(key, ...)
	local text = raw(key)
	if not text then
		return '⧼' .. key .. '⧽'
	end
	local parameters = { ... }
	local language = Messages.language()
	text = text:gsub('{{PLURAL:%$(%d)|([^{}]*)}}', function (place, list)
		return language:plural(tonumber(parameters[tonumber(place)]) or 0, forms(list))
	end)
	text = text:gsub('{{GENDER:%$(%d)|([^{}]*)}}', function (place, list)
		return language:gender(tostring(parameters[tonumber(place)] or ''), forms(list))
	end)
	text = text:gsub('%$(%d)', function (place)
		local value = parameters[tonumber(place)]
		if type(value) == 'number' then
			return language:formatNum(value)
		end
		return value
	end)
	return text
end

return Messages
