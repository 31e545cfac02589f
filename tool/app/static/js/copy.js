/* Buttons that copy a field to the clipboard; hidden without script. */

for ( const button of document.querySelectorAll( '[data-copy]' ) ) {
	const field = document.getElementById( button.dataset.copy );
	const label = button.querySelector( 'span[aria-live]' );
	button.hidden = false;
	button.addEventListener( 'click', async () => {
		field.select();
		try {
			await navigator.clipboard.writeText( field.value );
		} catch {
			/* Not allowed, or not over https. */
			if ( !document.execCommand( 'copy' ) ) {
				return;
			}
		}
		label.textContent = button.dataset.copied;
	} );
	field.addEventListener( 'focus', () => field.select() );
}
