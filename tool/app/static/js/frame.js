/* In another site's frame: leaves out the rows that it has no room for, the last ones first,
   so that nothing is cut off or has to be scrolled. The way to all events is always there. */
const main = document.querySelector( 'main' );
const rows = [ ...document.querySelectorAll( '.event-item' ) ];
const more = document.querySelector( '.embed__more' );
const hasMore = !more.hidden;

function overflows() {
	return document.documentElement.scrollHeight > window.innerHeight;
}

function fit() {
	rows.forEach( ( row ) => {
		row.hidden = false;
	} );
	more.hidden = !hasMore;
	/* One row stays, however small the frame is. */
	for ( const row of rows.slice( 1 ).reverse() ) {
		if ( !overflows() ) {
			return;
		}
		row.hidden = true;
		more.hidden = false;
	}
}

if ( window.parent !== window ) {
	new ResizeObserver( fit ).observe( main );
	addEventListener( 'resize', fit );
}
