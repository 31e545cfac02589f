// Reads a calendar from standard input with the parsers of Thunderbird (ical.js) and
// of many web calendars (node-ical), and prints what each of them understood.
import { readFileSync } from 'node:fs';
import ICAL from 'ical.js';
import nodeIcal from 'node-ical';

const MOST = 500;
const text = readFileSync( 0, 'utf8' );
const zoned = ( time ) => time && ( time.isDate ? time.toString() : time.toJSDate().toISOString() );

function thunderbird( source ) {
	const calendar = new ICAL.Component( ICAL.parse( source ) );
	for ( const zone of calendar.getAllSubcomponents( 'vtimezone' ) ) {
		ICAL.TimezoneService.register( zone );
	}
	return calendar.getAllSubcomponents( 'vevent' ).map( ( component ) => {
		const event = new ICAL.Event( component );
		const times = [];
		if ( event.isRecurring() ) {
			const iterator = event.iterator();
			for ( let next = iterator.next(); next && times.length < MOST; next = iterator.next() ) {
				times.push( zoned( next ) );
			}
		}
		return {
			uid: event.uid,
			summary: event.summary,
			description: event.description,
			location: event.location,
			start: zoned( event.startDate ),
			end: zoned( event.endDate ),
			sequence: event.sequence,
			times
		};
	} );
}

function web( source ) {
	const found = Object.values( nodeIcal.sync.parseICS( source ) );
	return found.filter( ( item ) => item.type === 'VEVENT' ).map( ( event ) => ( {
		uid: event.uid,
		summary: event.summary,
		description: event.description,
		start: event.datetype === 'date' ? null : event.start.toISOString(),
		status: event.status
	} ) );
}

process.stdout.write( JSON.stringify( { thunderbird: thunderbird( text ), web: web( text ) } ) );
