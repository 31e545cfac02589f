/* Buttons that open the device's own way of sharing; hidden where it has none. */

for ( const button of document.querySelectorAll( '[data-share]' ) ) {
	const { share: title, address: url } = button.dataset;
	button.parentElement.hidden = !navigator.share;
	button.addEventListener( 'click', () => {
		/* Who closes it again shares nothing. */
		navigator.share( { title, url } ).catch( () => {} );
	} );
}
