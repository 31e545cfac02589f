/* What an event on a map is: 'upcoming', 'ongoing', 'past' or 'cancelled'. */

export function isOver( event, now = new Date() ) {
	return new Date( event.ends ) <= now;
}

/* As the server says it in the list (`views/map.py`). */
function state( event, now ) {
	if ( event.status === 'cancelled' ) {
		return 'cancelled';
	}
	if ( new Date( event.begins ) > now ) {
		return 'upcoming';
	}
	return isOver( event, now ) ? 'past' : 'ongoing';
}

/* What most is to be seen of several events. */
export function stateOf( events, now = new Date() ) {
	const found = new Set( events.map( ( event ) => state( event, now ) ) );
	return [ 'ongoing', 'upcoming', 'past', 'cancelled' ].find( ( each ) => found.has( each ) );
}
