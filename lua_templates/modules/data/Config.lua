-- Where Space lives on this wiki. `bots deploy_templates` fills in the two names;
-- every other module asks here.
return {
	root = '<root>',
	bot = '<bot>',
}
