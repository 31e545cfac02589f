// Reads a calendar from standard input with ts-ics and prints what it understood. It
// expands a series by the days of UTC, so no times are given.
import { readFileSync } from 'node:fs';
import { convertIcsCalendar } from 'ts-ics';

const named = ( { date, type } ) =>
	date.toISOString().replace( type === 'DATE' ? /T.*/ : '.000Z', type === 'DATE' ? '' : 'Z' );

const { events } = convertIcsCalendar( undefined, readFileSync( 0, 'utf8' ) );
process.stdout.write( JSON.stringify( events.map( ( event ) => ( {
	uid: event.uid,
	summary: event.summary,
	description: event.description,
	location: event.location || '',
	start: named( event.start ),
	end: event.end ? named( event.end ) : null
} ) ) ) );
