/* Puts the calendar that this device most likely has in front: on Android, the one that
   programs of the device would open does nothing. */
if ( /Android/.test( navigator.userAgent ) ) {
	const list = document.querySelector( '.subscribe' );
	const [ own, google ] = [ 'webcal', 'google' ].map(
		( name ) => list.querySelector( `[data-calendar=${ name }] a` )
	);
	[ own.className, google.className ] = [ google.className, own.className ];
	list.prepend( google.parentElement );
}
