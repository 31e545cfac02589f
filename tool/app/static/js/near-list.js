/* "Near me" on a list: all that it needs is asked for when it is pressed, but for the
   readers' own times, which the list itself has. */
import './local-time.js';

const box = document.querySelector( '[data-near]' );

async function features() {
	const response = await fetch( box.dataset.features );
	return response.ok ? ( await response.json() ).features : [];
}

document.querySelector( '[data-near-button]' ).addEventListener( 'click', async () => {
	const { nearMe } = await import( './near.js' );
	nearMe( box, features );
} );
