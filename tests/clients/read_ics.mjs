// Reads a calendar from standard input with the parsers of Thunderbird (ical.js) and
// of many web calendars (node-ical), and prints what each of them understood. Times of
// series are given between the two days of the command line.
import { readFileSync } from 'node:fs';
import ICAL from 'ical.js';
import nodeIcal from 'node-ical';

const text = readFileSync( 0, 'utf8' );
const [ from, to ] = process.argv.slice( 2, 4 ).map( ( day ) => new Date( `${ day }T00:00:00Z` ) );
const second = ( date ) => date.toISOString().replace( '.000Z', 'Z' );
const zoned = ( time ) => time.isDate ? time.toString() : second( time.toJSDate() );
const within = ( date ) => date >= from && date < to;

function timesOf( event ) {
	const times = [];
	const iterator = event.iterator();
	for ( let next = iterator.next(); next && next.toJSDate() < to; next = iterator.next() ) {
		if ( within( next.toJSDate() ) ) {
			times.push( zoned( next ) );
		}
	}
	return times;
}

function thunderbird( source ) {
	const calendar = new ICAL.Component( ICAL.parse( source ) );
	for ( const zone of calendar.getAllSubcomponents( 'vtimezone' ) ) {
		ICAL.TimezoneService.register( zone );
	}
	return calendar.getAllSubcomponents( 'vevent' ).map( ( component ) => {
		const event = new ICAL.Event( component );
		return {
			uid: event.uid,
			summary: event.summary,
			description: event.description,
			location: event.location || '',
			start: zoned( event.startDate ),
			end: zoned( event.endDate ),
			times: event.isRecurring() ? timesOf( event ) : []
		};
	} );
}

// node-ical has the days of the machine where a date has no time.
const day = ( date ) => [ date.getFullYear(), date.getMonth() + 1, date.getDate() ]
	.map( ( number ) => String( number ).padStart( 2, '0' ) ).join( '-' );

function web( source ) {
	const found = Object.values( nodeIcal.sync.parseICS( source ) );
	return found.filter( ( item ) => item.type === 'VEVENT' ).map( ( event ) => {
		const named = event.datetype === 'date' ? day : second;
		return {
			uid: event.uid,
			summary: event.summary,
			description: event.description,
			location: event.location || '',
			start: named( event.start ),
			end: named( event.end ),
			times: event.rrule ?
				nodeIcal.expandRecurringEvent( event, { from, to } )
					.map( ( each ) => each.start ).filter( within ).map( named ) :
				[]
		};
	} );
}

process.stdout.write( JSON.stringify( { thunderbird: thunderbird( text ), web: web( text ) } ) );
