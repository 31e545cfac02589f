/* Adds the time in the reader's zone to online and hybrid events. */

const SHORT = { weekday: 'short', hour: 'numeric', minute: '2-digit' };
const LONG = { ...SHORT, day: 'numeric', month: 'short' };
/* Browsers still name these zones as they were called long ago. */
const RENAMED = {
	Asmera: 'Asmara',
	Calcutta: 'Kolkata',
	Coral_Harbour: 'Atikokan',
	Enderbury: 'Kanton',
	Faeroe: 'Faroe',
	Godthab: 'Nuuk',
	Katmandu: 'Kathmandu',
	Kiev: 'Kyiv',
	Ponape: 'Pohnpei',
	Rangoon: 'Yangon',
	Saigon: 'Ho_Chi_Minh',
	Truk: 'Chuuk'
};

/* Whose dates and clocks to follow: the browser's own kind of the page's language, such
   as American English; where it has none, as the server does (English by 24 hours). */
export function datesLocale() {
	const language = document.documentElement.lang;
	const primary = ( code ) => code.toLowerCase().split( '-' )[ 0 ];
	const own = navigator.languages.find( ( code ) => primary( code ) === primary( language ) );
	const found = own && own.includes( '-' ) ? own : language;
	return found === 'en' ? 'en-150' : found;
}

/* As the server writes numbers in the language of the page. */
export const DIGITS = { numberingSystem: document.documentElement.dataset.digits ?? 'latn' };

export function localNumber( value ) {
	return new Intl.NumberFormat( document.documentElement.lang, DIGITS ).format( value );
}

/* What parts a time from its zone in the language of the page. */
const COMMA = document.documentElement.dataset.comma ?? ', ';

/* The time on the clocks of a zone, as the server writes that of the event's. */
function wall( date, timeZone ) {
	const format = new Intl.DateTimeFormat( 'en', {
		timeZone,
		hourCycle: 'h23',
		year: 'numeric',
		month: '2-digit',
		day: '2-digit',
		hour: '2-digit',
		minute: '2-digit'
	} );
	const found = Object.fromEntries(
		format.formatToParts( date ).map( ( { type, value } ) => [ type, value ] )
	);
	return `${ found.year }-${ found.month }-${ found.day }T${ found.hour }:${ found.minute }`;
}

/* The difference between a zone's clocks and UTC at an instant, such as "+05:30". */
function offset( date, timeZone ) {
	const minutes = ( Date.parse( `${ wall( date, timeZone ) }Z` ) - date ) / 60_000;
	const [ hours, rest ] = [ Math.trunc( Math.abs( minutes ) / 60 ), Math.abs( minutes ) % 60 ];
	const digits = [ hours, rest ].map( ( number ) => String( number ).padStart( 2, '0' ) );
	return `${ minutes < 0 ? '-' : '+' }${ digits.join( ':' ) }`;
}

/* A zone as the server names it: "Kolkata (UTC+05:30)", with both offsets where clocks
   change meanwhile. */
function zoneName( timeZone, offsets ) {
	const place = timeZone.split( '/' ).pop();
	if ( place === 'UTC' ) {
		return place;
	}
	const name = ( RENAMED[ place ] ?? place ).replaceAll( '_', ' ' );
	const text = [ ...new Set( offsets ) ].join( '/' );
	return `${ name } (UTC${ text })`;
}

/* As short as it can be: "UTC+5:30", "UTC-4". */
function shortOffset( text ) {
	const [ hours, minutes ] = text.split( ':' );
	return `UTC${ hours[ 0 ] }${ Number( hours.slice( 1 ) ) }${ minutes === '00' ? '' : `:${ minutes }` }`;
}

/* The text for a `<time>` of the server, by the zone that it names or else the browser's;
   empty where the clocks are the same. */
export function local( time ) {
	const start = new Date( time.dateTime );
	const timeZone = time.dataset.zone || undefined;
	if ( wall( start, timeZone ) === time.dataset.wall ) {
		return '';
	}
	const short = 'short' in time.dataset;
	const end = new Date( time.dataset.end || time.dateTime );
	const format = new Intl.DateTimeFormat(
		datesLocale(), { ...( short ? SHORT : LONG ), ...DIGITS, timeZone }
	);
	const zone = format.resolvedOptions().timeZone;
	const [ first, last ] = [ start, end ].map( ( date ) => offset( date, zone ) );
	// A range that the browser makes hides that clocks change within it.
	const when = first === last ?
		format.formatRange( start, end ) :
		`${ format.format( start ) } – ${ format.format( end ) }`;
	return time.dataset.local.replace( '$1', short ?
		`${ when } ${ shortOffset( first ) }` :
		`${ when }${ COMMA }${ zoneName( zone, [ first, last ] ) }` );
}

for ( const time of document.querySelectorAll( 'time[data-local]' ) ) {
	const text = local( time );
	if ( text ) {
		const line = document.createElement( 'span' );
		line.classList.add( 'local', 'small' );
		line.textContent = text;
		// It says to this reader what UTC says to all.
		time.parentElement.querySelector( '.utc' )?.remove();
		time.parentElement.append( ' ', line );
	}
}
