/* The popup of a mark: its place and events, with times in the event's zone and, where
   it differs, in the reader's. */
import { DIGITS, datesLocale, local } from '../local-time.js';

const DAY = { dateStyle: 'medium', timeZone: 'UTC', ...DIGITS };
const TIME = { ...DAY, timeStyle: 'short' };

/* Wall times as if they were UTC, so that no time zone of the browser changes them. */
export function when( event ) {
	const allDay = event.start.length === 10;
	const format = new Intl.DateTimeFormat( datesLocale(), allDay ? DAY : TIME );
	const [ start, end ] = [ event.start, event.end ?? event.start ].map(
		( wall ) => new Date( `${ wall.replace( ' ', 'T' ) }${ allDay ? 'T00:00' : '' }Z` )
	);
	const range = format.formatRange( start, end );
	return allDay ? range : `${ range } (${ event.timezone.replaceAll( '_', ' ' ) })`;
}

function line( tag, text, ...classes ) {
	const found = document.createElement( tag );
	found.textContent = text;
	found.classList.add( ...classes );
	found.dir = 'auto';
	return found;
}

/* The reader's own time; empty where it is the same, and for whole days. */
function yours( event, texts ) {
	if ( event.start.length === 10 ) {
		return '';
	}
	const time = document.createElement( 'time' );
	time.dateTime = event.begins;
	time.dataset.wall = event.start.replace( ' ', 'T' );
	time.dataset.local = texts.local;
	time.dataset.zone = texts.zone;
	if ( event.end ) {
		time.dataset.end = event.ends;
	}
	return local( time );
}

export function eventLink( event, texts ) {
	const link = line( 'a', event.title );
	const address = new URL( texts.event.replace( '/0', `/${ event.id }` ), location );
	if ( event.recurrence ) {
		address.searchParams.set( 'date', event.start.slice( 0, 10 ) );
	}
	link.href = address.pathname + address.search;
	if ( texts.target ) {
		link.target = texts.target;
		link.rel = 'noopener';
	}
	return link;
}

function item( event, texts ) {
	const found = document.createElement( 'li' );
	found.append( eventLink( event, texts ) );
	if ( event.status !== 'confirmed' ) {
		found.append( ' ', line( 'strong', texts[ event.status ], 'small' ) );
	}
	found.append( line( 'div', when( event ), 'small' ) );
	const there = yours( event, texts );
	if ( there ) {
		found.append( line( 'div', there, 'small', 'quiet' ) );
	}
	return found;
}

export function popup( { title, events }, texts ) {
	const found = document.createElement( 'div' );
	const list = document.createElement( 'ul' );
	list.className = 'map-popup';
	list.append( ...events.map( ( event ) => item( event, texts ) ) );
	found.append( line( 'strong', title ), list );
	return found;
}
