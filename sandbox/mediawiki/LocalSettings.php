<?php
/**
 * The sandbox wiki, set up like Meta where Space depends on it.
 *
 * Reads two files of the wiki's own folder (environment: SPACE_SANDBOX_WIKI):
 * `wiki.json`, written at installation (address, database, keys), and
 * `switches.json`, settings that a test or a person turns while the wiki runs,
 * e.g. {"wgReadOnly": "Maintenance"}; it is read again at each request.
 */

if ( !defined( 'MEDIAWIKI' ) ) {
	exit;
}

$spaceFolder = getenv( 'SPACE_SANDBOX_WIKI' );
$spaceWiki = json_decode( file_get_contents( "$spaceFolder/wiki.json" ), true );

// Addresses
$wgSitename = 'Space sandbox';
$wgMetaNamespace = 'Meta';
$wgServer = $wgCanonicalServer = $spaceWiki['server'];
$wgScriptPath = '/w';
$wgArticlePath = '/wiki/$1';
$wgResourceBasePath = $wgScriptPath;
$wgLanguageCode = 'en';
$wgLocaltimezone = 'UTC';
$wgRightsText = 'Creative Commons Attribution-ShareAlike 4.0';
$wgRightsUrl = 'https://creativecommons.org/licenses/by-sa/4.0/';
// Browsers keep cookies by host without the port: several wikis share 127.0.0.1.
$wgCookiePrefix = $spaceWiki['cookies'];
$wgSecretKey = $spaceWiki['secret'];
$wgUpgradeKey = '';
$wgAuthenticationTokenVersion = '1';
$wgCacheDirectory = "$spaceFolder/cache";
$wgLocalisationCacheConf['store'] = 'array';
$wgUploadDirectory = "$spaceFolder/images";
$wgEnableUploads = false;

// By this answer of meta=siteinfo the sandbox knows its own wiki from others.
$wgHooks['APIQuerySiteInfoGeneralInfo'][] = static function ( $module, array &$data ) use ( $spaceWiki ) {
	$data['sandbox'] = $spaceWiki['nonce'] ?? '';
};

// Databases: three SQLite files, since sessions and the job queue are written while a
// page's own transaction is open.
$spaceDatabase = static fn ( string $name ): array => [
	'type' => 'sqlite',
	'dbname' => $name,
	'tablePrefix' => '',
	'variables' => [ 'synchronous' => 'OFF' ],
	'dbDirectory' => "$spaceFolder/data",
	'trxMode' => 'IMMEDIATE',
	'flags' => 0,
];
$wgDBtype = 'sqlite';
$wgDBname = 'wiki';
$wgSQLiteDataDir = "$spaceFolder/data";
$wgDBservers = [ $spaceDatabase( 'wiki' ) + [ 'load' => 1 ] ];
$wgObjectCaches[CACHE_DB] = [
	'class' => SqlBagOStuff::class,
	'loggroup' => 'SQLBagOStuff',
	'server' => $spaceDatabase( 'wikicache' ),
];
$wgJobTypeConf['default'] = [
	'class' => JobQueueDB::class,
	'claimTTL' => 3600,
	'server' => $spaceDatabase( 'wiki_jobqueue' ),
];
$wgResourceLoaderUseObjectCacheForDeps = true;
// What the server keeps stands in its own memory, which a maintenance script neither sees
// nor changes: at the script's end `router.php` is told to forget. Sessions outlive that.
$spaceIsScript = PHP_SAPI === 'cli';
$wgMainCacheType = $wgParserCacheType = $wgMessageCacheType = $spaceIsScript ? 'hash' : CACHE_ACCEL;
$wgSessionCacheType = CACHE_DB;
if ( $spaceIsScript ) {
	register_shutdown_function( static fn () => file_put_contents(
		"$spaceFolder/generation", bin2hex( random_bytes( 8 ) ), LOCK_EX
	) );
}

// Nothing leaves this machine, jobs run when the sandbox says so.
$wgEnableEmail = false;
$wgPingback = false;
$wgJobRunRate = 0;
$wgMiserMode = true;
$wgShowExceptionDetails = true;
$wgUseInstantCommons = false;

// Namespaces (Meta: 1728/1729 are of the CampaignEvents extension)
$wgNamespacesWithSubpages[NS_MAIN] = true;
$wgExtraNamespaces[1728] = 'Event';
$wgExtraNamespaces[1729] = 'Event_talk';
$wgNamespacesWithSubpages[1728] = $wgNamespacesWithSubpages[1729] = true;
$wgExtraSignatureNamespaces = [ NS_MAIN, NS_PROJECT, NS_HELP ];
if ( !( $spaceWiki['comments_on_pages'] ?? true ) ) {
	$wgExtraSignatureNamespaces = [ NS_PROJECT, NS_HELP ];
}
$wgNamespacesToBeSearchedDefault = [ NS_MAIN => true, NS_HELP => true ];

// Reading and rendering
$wgPageLanguageUseDB = true;
$wgParserEnableUserLanguage = true;
$wgParserEnableLegacyHeadingDOM = false;
$wgAllowUserJs = $wgAllowUserCss = true;
$wgRCMaxAge = 30 * 86400;

// Review
$wgUseRCPatrol = $wgUseNPPatrol = $wgUseFilePatrol = true;
$wgAutoConfirmCount = 5;
$wgAutoConfirmAge = 4 * 86400;
$wgAutoCreateTempUser['enabled'] = true;
$wgAutoCreateTempUser['serialProvider'] = [ 'type' => 'local', 'useYear' => true ];
$wgGroupPermissions['patroller'] =
	[ 'patrol' => true, 'autopatrol' => true, 'rollback' => true ];
$wgGroupPermissions['autopatrolled']['autopatrol'] = true;
$wgAddGroups['sysop'] = $wgRemoveGroups['sysop'] = [ 'patroller', 'autopatrolled' ];
foreach (
	[ 'move', 'move-subpages', 'move-rootuserpages', 'movefile', 'upload', 'reupload',
		'reupload-shared', 'changetags', 'editcontentmodel' ] as $spaceRight
) {
	$wgGroupPermissions['user'][$spaceRight] = false;
}
foreach ( [ 'move', 'move-subpages', 'move-rootuserpages' ] as $spaceRight ) {
	$wgGroupPermissions['autoconfirmed'][$spaceRight] = true;
}
$wgGroupPermissions['bot']['changetags'] = true;
foreach (
	[ 'changetags', 'editcontentmodel', 'deleterevision', 'deletelogentry',
		'deletedhistory', 'move' ] as $spaceRight
) {
	$wgGroupPermissions['sysop'][$spaceRight] = true;
}
$wgGroupPermissions['*']['abusefilter-log-detail'] = true;

// Limits are off; `switches.json` turns them on for a test.
$wgRateLimits = [];
$wgPasswordAttemptThrottle = [];
$wgAccountCreationThrottle = [];
$wgTempAccountCreationThrottle = [];
$wgTempAccountNameAcquisitionThrottle = [];
$wgPasswordConfig['pbkdf2']['cost'] = '1';

wfLoadSkin( 'Vector' );
$wgDefaultSkin = 'vector-2022';
wfLoadExtensions( $spaceWiki['extensions'] );
$wgScribuntoDefaultEngine = 'luasandbox';
$wgScribuntoEngineConf['luasandbox']['cpuLimit'] = 10;
$wgSpamBlacklistFiles = [];
$wgBlacklistSettings = [];
$wgTitleBlacklistSources = [ [ 'type' => 'localpage', 'src' => 'MediaWiki:Titleblacklist' ] ];
$wgAbuseFilterConditionLimit = 2000;
// A list of lint errors is read by nobody here, and has each edit render its page again.
$wgLinterParseOnDerivedDataUpdate = false;
$wgEchoEnableEmailBatch = false;
$wgVisualEditorAvailableNamespaces['Event'] = true;
$wgVisualEditorShowBetaWelcome = false; // a dialog of greeting that makes the form under it inert

// The sign-in gateway speaks for the person whose token it has checked.
$wgAutoloadClasses['SpaceSandbox\\BearerSession'] = __DIR__ . '/BearerSession.php';
$wgSessionProviders['SpaceSandbox\\BearerSession'] = [
	'class' => 'SpaceSandbox\\BearerSession',
	'args' => [ $spaceWiki['gateway_key'] ],
	'services' => [ 'UserIdentityLookup', 'GrantsInfo' ],
];

$wgSpaceMapFrame = false;
$wgSpaceTabularData = true;
$wgSpaceTemplateStyles = true;
foreach (
	json_decode( @file_get_contents( "$spaceFolder/switches.json" ) ?: '{}', true )
	as $spaceName => $spaceValue
) {
	$GLOBALS[$spaceName] = $spaceValue;
}

// Kartographer's tag is not in Debian: `wgSpaceMapFrame` puts a stand-in there.
$wgAutoloadClasses['SpaceSandbox\\MapFrame'] = __DIR__ . '/MapFrame.php';
$wgAutoloadClasses['SpaceSandbox\\MapRules'] = __DIR__ . '/MapRules.php';
if ( $wgSpaceMapFrame ) {
	$wgHooks['ParserFirstCallInit'][] = [ new SpaceSandbox\MapFrame(), 'onParserFirstCallInit' ];
	$wgHooks['MessagesPreLoad'][] = 'SpaceSandbox\MapFrame::onMessagesPreLoad';
}

// Nor is that of TemplateStyles, which every wiki of the movement has.
$wgAutoloadClasses['SpaceSandbox\\TemplateStyles'] = __DIR__ . '/TemplateStyles.php';
if ( $wgSpaceTemplateStyles ) {
	$wgHooks['ParserFirstCallInit'][] =
		[ new SpaceSandbox\TemplateStyles(), 'onParserFirstCallInit' ];
	$wgHooks['MessagesPreLoad'][] = 'SpaceSandbox\TemplateStyles::onMessagesPreLoad';
}

// Nor is JsonConfig: this wiki has pages of data as Commons does, or reads those of another.
$wgSpaceDataWiki = $spaceWiki['data_wiki'] ?? '';
if ( !$wgSpaceDataWiki ) {
	$wgExtraNamespaces[486] = 'Data';
	$wgExtraNamespaces[487] = 'Data_talk';
	$wgNamespaceContentModels[486] = CONTENT_MODEL_JSON;
}
$wgAutoloadClasses['SpaceSandbox\\TabularData'] = __DIR__ . '/TabularData.php';
$wgAutoloadClasses['SpaceSandbox\\TabularRules'] = __DIR__ . '/TabularRules.php';
if ( $wgSpaceTabularData ) {
	$wgHooks['ScribuntoExternalLibraries'][] = 'SpaceSandbox\TabularData::onScribuntoExternalLibraries';
	$wgHooks['MultiContentSave'][] = 'SpaceSandbox\TabularData::onMultiContentSave';
}

// Pictures are those of the gateway's Commons, as those of Meta are those of Commons.
$wgForeignFileRepos[] = [
	'class' => ForeignAPIRepo::class,
	'name' => 'commons',
	'apibase' => "$wgServer/commons/w/api.php",
	'hashLevels' => 2,
	'fetchDescription' => false,
	'apiThumbCacheExpiry' => 0,
];
