-- The link that begins the translation of a post, in the tool's form.
local Messages = require('Module:Space/Messages')
local Settings = require('Module:Space/Settings')
local Text = require('Module:Space/Text')

local Translation = {}

function Translation.link(post, code)
	local address = Settings.tool('/write/post?translate=' .. post.id .. '&into=' .. code)
	return address and Text.external(address,
		Messages.get('wiki-translate', Text.languageLabel(code)))
end

return Translation
