/* Adds the reader's own time to what people far away can take part in. */

const FORMAT = {
	weekday: 'short',
	day: 'numeric',
	month: 'short',
	hour: 'numeric',
	minute: '2-digit',
	timeZoneName: 'short'
};
const SHORT = { ...FORMAT, day: undefined, month: undefined };

/* The time on the reader's clocks, as the server writes that of the event's. */
function wall( date ) {
	const utc = new Date( date.getTime() - date.getTimezoneOffset() * 60000 );
	return utc.toISOString().slice( 0, 16 );
}

/* Browsers name one offset for both ends, which is wrong where clocks change between. */
function range( format, start, end ) {
	return start.getTimezoneOffset() === end.getTimezoneOffset() ?
		format.formatRange( start, end ) :
		`${ format.format( start ) } – ${ format.format( end ) }`;
}

/* The text for a `<time>` of the server; empty where the clocks are the same. */
export function local( time ) {
	const start = new Date( time.dateTime );
	if ( wall( start ) === time.dataset.wall ) {
		return '';
	}
	const format = new Intl.DateTimeFormat(
		document.documentElement.lang,
		'short' in time.dataset ? SHORT : FORMAT
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
