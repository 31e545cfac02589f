/* "Near me": the events that take place nearest to the reader, by distance. The position is
   used in the browser and is sent nowhere. */
import { DIGITS } from './local-time.js';
import { eventLink, when } from './map/popup.js';
import { isOver } from './map/state.js';

const MOST = 10;
const OFF = [ 'cancelled', 'postponed' ];
const EARTH = 6371009; /* mean radius in metres */

function takesPlace( event ) {
	return !OFF.includes( event.status ) && !isOver( event );
}

function radians( degrees ) {
	return degrees * Math.PI / 180;
}

/* Along the surface, in metres (https://en.wikipedia.org/wiki/Haversine_formula). */
function distance( one, other ) {
	const north = Math.sin( radians( other.latitude - one.latitude ) / 2 ) ** 2;
	const east = Math.sin( radians( other.longitude - one.longitude ) / 2 ) ** 2;
	const both = Math.cos( radians( one.latitude ) ) * Math.cos( radians( other.latitude ) );
	return 2 * EARTH * Math.asin( Math.sqrt( north + both * east ) );
}

/* Events of GeoJSON features by their distance; those of one place by their time. */
function nearest( features, here ) {
	return features.filter( ( feature ) => feature.geometry ).flatMap( ( feature ) => {
		const [ longitude, latitude ] = feature.geometry.coordinates;
		const metres = distance( here, { latitude, longitude } );
		return feature.properties.events.filter( takesPlace )
			.map( ( event ) => ( { event, latitude, longitude, metres } ) );
	} ).sort( ( one, other ) => one.metres - other.metres ||
		one.event.begins.localeCompare( other.event.begins ) );
}

function kilometres( { metres } ) {
	const format = new Intl.NumberFormat( document.documentElement.lang, {
		...DIGITS, style: 'unit', unit: 'kilometer', maximumFractionDigits: metres < 10000 ? 1 : 0
	} );
	return format.format( metres / 1000 );
}

function item( found, texts ) {
	const row = document.createElement( 'li' );
	const facts = document.createElement( 'bdi' );
	facts.className = 'quiet';
	facts.textContent = [ kilometres( found ), when( found.event ), found.event.city ]
		.filter( Boolean ).join( ' · ' );
	row.append( eventLink( found.event, texts ), document.createElement( 'br' ), facts );
	return row;
}

function tell( box, found ) {
	const list = box.querySelector( 'ol' );
	box.querySelector( '[role=status]' ).textContent = found.length ?
		box.dataset.found : box.dataset.none;
	list.replaceChildren( ...found.slice( 0, MOST ).map( ( each ) => item( each, box.dataset ) ) );
	list.hidden = !found.length;
}

/* Fills the box. `features` gives those of a GeoJSON collection; `then` gets the nearest
   event and where the reader is. */
export function nearMe( box, features, then = () => {} ) {
	const status = box.querySelector( '[role=status]' );
	box.hidden = false;
	status.textContent = box.dataset.looking;
	navigator.geolocation.getCurrentPosition( async ( { coords } ) => {
		const found = nearest( await features(), coords );
		tell( box, found );
		if ( found.length ) {
			then( found[ 0 ], coords );
		}
	}, () => {
		status.textContent = box.dataset.unknown;
	} );
}
