<?php
// Reads a calendar from standard input with sabre/vobject. Prints the UIDs of the events
// that it found, and what its validator complains of.

error_reporting( E_ALL & ~E_DEPRECATED ); // it is older than Debian's PHP
require '/usr/share/php/Sabre/VObject/autoload.php';

$calendar = Sabre\VObject\Reader::read( stream_get_contents( STDIN ) );
$uids = [];
foreach ( $calendar->VEVENT as $event ) {
	$uids[] = (string)$event->UID;
}
echo json_encode( [
	'uids' => $uids,
	'complaints' => array_column( $calendar->validate(), 'message' ),
], JSON_THROW_ON_ERROR );
