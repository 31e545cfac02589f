/* A list embedded in another site's frame: hides its last rows until the rest fits without
   scrolling. The link to all events always stays. */
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
