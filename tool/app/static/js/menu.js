/* Closes a menu by Escape, and when something else is clicked. */

for ( const menu of document.querySelectorAll( 'details[data-menu]' ) ) {
	menu.addEventListener( 'keydown', ( { key } ) => {
		if ( key === 'Escape' && menu.open ) {
			menu.open = false;
			menu.querySelector( 'summary' ).focus();
		}
	} );
	document.addEventListener( 'click', ( { target } ) => {
		menu.open = menu.open && menu.contains( target );
	} );
}
