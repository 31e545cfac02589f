<?php
/**
 * Router of `php -S`: what a web server's rewrite rules and aliases do for MediaWiki.
 *
 * Environment: SPACE_SANDBOX_TREE (MediaWiki), SPACE_SANDBOX_WIKI (this wiki's folder).
 * Returning from here is not enough for an entry point: MediaWiki wants to run in the
 * global scope, so the file is required there.
 */

$spaceTree = getenv( 'SPACE_SANDBOX_TREE' );
$spacePath = rawurldecode( parse_url( $_SERVER['REQUEST_URI'], PHP_URL_PATH ) ?: '/' );

// APCu outlives a restored database: `generation` changes at each restoration. Scripts
// and styles made ready for browsers stay: their keys are hashes of what they come from.
$spaceGeneration = @file_get_contents( getenv( 'SPACE_SANDBOX_WIKI' ) . '/generation' );
if ( apcu_fetch( 'space-sandbox-generation' ) !== $spaceGeneration ) {
	apcu_delete( new APCUIterator( '/^(?!global:(resourceloader-(filter|less)|space-styles):)/', APC_ITER_KEY ) );
	apcu_store( 'space-sandbox-generation', $spaceGeneration );
}

if ( $spacePath === '/' ) {
	header( 'Location: /wiki/Main_Page' );
	return true;
}
if ( preg_match( '!^/w/(index|api|load|rest|thumb|opensearch_desc)\.php(/.*)?$!s', $spacePath, $spaceMatch ) ) {
	[ $spaceEntry, $spaceInfo ] = [ "$spaceMatch[1].php", $spaceMatch[2] ?? '' ];
} elseif ( str_starts_with( $spacePath, '/wiki/' ) ) {
	[ $spaceEntry, $spaceInfo ] = [ 'index.php', '' ];
} else {
	$spaceFile = realpath( $spaceTree . substr( $spacePath, 2 ) );
	$spaceTypes = [
		'css' => 'text/css', 'js' => 'text/javascript', 'svg' => 'image/svg+xml',
		'png' => 'image/png', 'gif' => 'image/gif', 'jpg' => 'image/jpeg',
		'ico' => 'image/vnd.microsoft.icon', 'json' => 'application/json',
		'woff2' => 'font/woff2',
	];
	$spaceType = $spaceTypes[pathinfo( (string)$spaceFile, PATHINFO_EXTENSION )] ?? null;
	if ( !str_starts_with( $spacePath, '/w/' ) || !$spaceFile || !$spaceType
		|| !str_starts_with( $spaceFile, realpath( $spaceTree ) . '/' )
	) {
		http_response_code( 404 );
		header( 'Content-Type: text/plain' );
		echo "Not found\n";
		return true;
	}
	header( "Content-Type: $spaceType" );
	header( 'Cache-Control: public, max-age=3600' );
	readfile( $spaceFile );
	return true;
}
$_SERVER['SCRIPT_NAME'] = "/w/$spaceEntry";
$_SERVER['PHP_SELF'] = "/w/$spaceEntry$spaceInfo";
$_SERVER['SCRIPT_FILENAME'] = "$spaceTree/$spaceEntry";
unset( $_SERVER['PATH_INFO'] );
if ( $spaceInfo !== '' ) {
	$_SERVER['PATH_INFO'] = $spaceInfo;
}
chdir( $spaceTree );
require "$spaceTree/$spaceEntry";
