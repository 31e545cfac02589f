/* The end of an event follows its start, in the length that it had. */

const USUAL = 2 * 3600 * 1000; // milliseconds
const DAY = 24 * 3600 * 1000;

function instant( day, clock ) {
	return day && clock ? Date.parse( `${ day }T${ clock }Z` ) : NaN;
}

export function endFollowsStart( form ) {
	const [ startDay, startClock, endDay, endClock ] = [ 'start-date', 'start-time', 'end-date', 'end-time' ]
		.map( ( name ) => form.elements.namedItem( name ) );
	if ( !endDay || startDay.type !== 'date' || endDay.type !== 'date' ) {
		return;
	}
	const start = () => instant( startDay.value, startClock.value );
	const end = () => instant( endDay.value, endClock.value );
	let length = end() - start();
	let days = Date.parse( endDay.value ) - Date.parse( startDay.value );
	let chosen = Boolean( endDay.value || endClock.value );

	function set( input, value ) {
		if ( input.value !== value ) {
			input.value = value;
			input.dispatchEvent( new Event( 'input', { bubbles: true } ) );
		}
	}

	function write( moment ) {
		const [ day, clock ] = new Date( moment ).toISOString().split( 'T' );
		set( endDay, day );
		set( endClock, clock.slice( 0, 5 ) );
	}

	function follow() {
		if ( !chosen && start() ) {
			length = USUAL;
		}
		if ( start() && length > 0 && ( !chosen || endClock.value ) ) {
			write( start() + length );
		} else if ( startDay.value && endDay.value && !endClock.value && days >= 0 ) {
			set( endDay, new Date( Date.parse( startDay.value ) + days ).toISOString().slice( 0, 10 ) );
		}
	}

	/* A time alone is one of the same day, or of the next where it is earlier. */
	function choose( event ) {
		chosen = true;
		if ( event.target === endClock && endClock.value && startDay.value && ( !endDay.value || length < DAY ) ) {
			const same = instant( startDay.value, endClock.value );
			write( same < start() ? same + DAY : same );
		}
		length = end() - start();
		days = Date.parse( endDay.value ) - Date.parse( startDay.value );
	}

	[ startDay, startClock ].forEach( ( input ) => input.addEventListener( 'change', follow ) );
	[ endDay, endClock ].forEach( ( input ) => input.addEventListener( 'change', choose ) );
}
