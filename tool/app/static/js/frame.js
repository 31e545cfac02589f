/* A list embedded in another site's frame: hides its last rows until the rest fits without
   scrolling. The link to all events stays. */
const main = document.querySelector( 'main' );
const rows = [ ...document.querySelectorAll( '.event-item' ) ];

function overflows() {
	return document.documentElement.scrollHeight > window.innerHeight;
}

function fit() {
	rows.forEach( ( row ) => {
		row.hidden = false;
	} );
	/* One row stays, however small the frame is. */
	for ( const row of rows.slice( 1 ).reverse() ) {
		if ( !overflows() ) {
			return;
		}
		row.hidden = true;
	}
}

if ( window.parent !== window ) {
	new ResizeObserver( fit ).observe( main );
	addEventListener( 'resize', fit );
}
