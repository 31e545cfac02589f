/* "Near me" on a list: events of the same filter, which are asked for when it is pressed. */
import { offerNearMe } from './near.js';

const { features } = document.querySelector( '[data-near]' ).dataset;

offerNearMe( async () => {
	const response = await fetch( features );
	return response.ok ? ( await response.json() ).features : [];
} );
