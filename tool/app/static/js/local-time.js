/* Adds the time in the reader's zone to online and hybrid events. */

const FORMAT = {
	weekday: 'short',
	day: 'numeric',
	month: 'short',
	hour: 'numeric',
	minute: '2-digit',
	timeZoneName: 'short'
};
const SHORT = { ...FORMAT, day: undefined, month: undefined };

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

/* Browsers name one offset for both ends, which is wrong where clocks change between. */
function range( format, start, end ) {
	const { timeZone } = format.resolvedOptions();
	const [ first, last ] = [ start, end ].map(
		( date ) => Date.parse( `${ wall( date, timeZone ) }Z` ) - date
	);
	return first === last ?
		format.formatRange( start, end ) :
		`${ format.format( start ) } – ${ format.format( end ) }`;
}

/* The text for a `<time>` of the server, by the zone that it names or else the browser's;
   empty where the clocks are the same. */
export function local( time ) {
	const start = new Date( time.dateTime );
	const timeZone = time.dataset.zone || undefined;
	if ( wall( start, timeZone ) === time.dataset.wall ) {
		return '';
	}
	const format = new Intl.DateTimeFormat(
		document.documentElement.lang,
		{ ...( 'short' in time.dataset ? SHORT : FORMAT ), timeZone }
	);
	const when = time.dataset.end ?
		range( format, start, new Date( time.dataset.end ) ) :
		format.format( start );
	const zone = format.resolvedOptions().timeZone.replaceAll( '_', ' ' );
	return time.dataset.local.replace( '$1', when ).replace( '$2', zone );
}

for ( const time of document.querySelectorAll( 'time[data-local]' ) ) {
	const text = local( time );
	if ( text ) {
		const line = document.createElement( 'span' );
		line.classList.add( 'local', 'small' );
		line.textContent = text;
		time.parentElement.append( ' ', line );
	}
}
