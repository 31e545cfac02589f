-- A page of the portal and its translations, which are named <page>/<language code>. Only
-- the Translate extension tells the wiki the language of such a page.
local Config = require('Module:Space/Config')
local Language = require('Module:Space/Language')

local PortalPage = {}

-- Below these stand pages that their authors name.
local RECORDS = { Blog = true, Events = true }

local function isCode(name)
	return name == name:lower() and Language.tag(name) == name
end

-- Returns the name below the root ('Newcomers', '' for the root) and the language code of
-- the current page; no code for an original, nothing for a page outside the portal.
function PortalPage.current()
	local page = mw.title.getCurrentTitle().prefixedText
	if page == Config.root then
		return ''
	end
	local root = Config.root .. '/'
	if page:sub(1, #root) ~= root then
		return nil
	end
	local name, code = page:sub(#root + 1):match('^([^/]+)/?([^/]*)$')
	if not name or RECORDS[name] and code ~= '' then
		return nil
	elseif isCode(code) then
		return name, code
	elseif code == '' then
		return isCode(name) and '' or name, isCode(name) and name or nil
	end
	return nil
end

-- The title of a page of the portal by its name, and in a language.
function PortalPage.title(name, code)
	local title = Config.root .. (name == '' and '' or '/' .. name)
	return code and title .. '/' .. code or title
end

-- Whether the wiki has the page. Costs one expensive call.
function PortalPage.exists(title)
	local found = mw.title.new(title)
	return found ~= nil and found.exists
end

return PortalPage
