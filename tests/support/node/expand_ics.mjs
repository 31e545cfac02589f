// Expands a calendar from standard input with ical.js, which is Thunderbird's: prints
// start, title and status of every occurrence, those of exceptions included.
import { readFileSync } from 'node:fs';
import ICAL from 'ical.js';

const MOST = 500;
const calendar = new ICAL.Component( ICAL.parse( readFileSync( 0, 'utf8' ) ) );
for ( const zone of calendar.getAllSubcomponents( 'vtimezone' ) ) {
	ICAL.TimezoneService.register( zone );
}
const all = calendar.getAllSubcomponents( 'vevent' );
const exceptions = all.filter( ( each ) => each.hasProperty( 'recurrence-id' ) );
const found = [];

function see( start, component ) {
	const time = start.toString().replace( 'T', ' ' );
	found.push( [
		start.isDate ? time : time.slice( 0, 16 ),
		component.getFirstPropertyValue( 'summary' ),
		component.getFirstPropertyValue( 'status' )
	] );
}

for ( const component of all.filter( ( each ) => !exceptions.includes( each ) ) ) {
	const uid = component.getFirstPropertyValue( 'uid' );
	const own = exceptions.filter( ( each ) => each.getFirstPropertyValue( 'uid' ) === uid );
	const event = new ICAL.Event( component, { exceptions: own } );
	if ( !event.isRecurring() ) {
		see( event.startDate, component );
		continue;
	}
	const iterator = event.iterator();
	for ( let count = 0, next = iterator.next(); next && count < MOST; next = iterator.next(), count++ ) {
		const details = event.getOccurrenceDetails( next );
		see( details.startDate, details.item.component );
	}
}
process.stdout.write( JSON.stringify( found ) );
