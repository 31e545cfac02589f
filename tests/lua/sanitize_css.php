<?php
// What TemplateStyles would say to a sheet: its errors, a line each, by the library that
// it uses. Arguments: MediaWiki's folder, the sheet.
require "$argv[1]/vendor/autoload.php";

$parser = Wikimedia\CSS\Parser\Parser::newFromString( file_get_contents( $argv[2] ) );
$sanitizer = Wikimedia\CSS\Sanitizer\StylesheetSanitizer::newDefault();
$sanitizer->sanitize( $parser->parseStylesheet() );
foreach ( [ ...$parser->getParseErrors(), ...$sanitizer->getSanitizationErrors() ] as $error ) {
	echo implode( ' ', $error ), "\n";
}
