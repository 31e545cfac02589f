/* "Near me": the nearest events that have not ended and are not called off, by distance. */
import { isOver } from './marks.js';
import { eventLink, when } from './popup.js';

const MOST = 5;
const NEAR = 9; /* zoom */
const OFF = [ 'cancelled', 'postponed' ];

function takesPlace( event ) {
	return !OFF.includes( event.status ) && !isOver( event );
}

/* Events by their distance in metres; those of one place by their time. */
function nearest( marks, here ) {
	return marks.getLayers().flatMap( ( mark ) => {
		const there = mark.getLatLng();
		const metres = here.distanceTo( there );
		return mark.events.filter( takesPlace ).map( ( event ) => ( { event, there, metres } ) );
	} ).sort( ( one, other ) => one.metres - other.metres ||
		one.event.begins.localeCompare( other.event.begins ) );
}

/* The map turns to the nearest place, and not to where the reader is: what is asked of the
   server of tiles then tells as little as the address, which no longer follows the map. */
function turn( map, { there, metres }, here ) {
	map.off( 'moveend', map.share );
	history.replaceState( history.state, '', location.pathname + location.search );
	const both = there.toBounds( 2 * metres );
	map.setView( there, Math.min( map.getBoundsZoom( both ), NEAR ), { animate: false } );
	L.circleMarker( here, { className: 'map-here', radius: 8 } ).addTo( map );
}

function kilometres( { metres } ) {
	return Math.round( metres / 1000 );
}

/* The message's words with a link in place of $1. */
function sentence( text, found, texts ) {
	const number = kilometres( found ).toLocaleString( document.documentElement.lang );
	const [ before, after ] = text.replace( '$2', number ).split( '$1' );
	return [ before, eventLink( found.event, texts ), after ];
}

function item( found, texts ) {
	const row = document.createElement( 'li' );
	const facts = document.createElement( 'bdi' );
	const distance = new Intl.NumberFormat(
		document.documentElement.lang, { style: 'unit', unit: 'kilometer' }
	).format( kilometres( found ) );
	facts.className = 'quiet';
	facts.textContent = `${ when( found.event ) } · ${ distance }`;
	row.append( eventLink( found.event, texts ), ' ', facts );
	return row;
}

function tell( box, found, texts ) {
	const status = box.querySelector( '[role=status]' );
	const list = box.querySelector( 'ol' );
	const [ first ] = found;
	const said = first ? sentence( box.dataset.nearest, first, texts ) : [ box.dataset.none ];
	status.replaceChildren( ...said );
	list.replaceChildren( ...found.slice( 0, MOST ).map( ( each ) => item( each, texts ) ) );
	list.hidden = !first;
}

/* The reader's position is used in the browser and is sent nowhere. */
export function offerNearMe( map, marks, texts ) {
	const box = document.querySelector( '[data-near]' );
	if ( !box || !navigator.geolocation ) {
		return;
	}
	const status = box.querySelector( '[role=status]' );
	box.hidden = false;
	box.querySelector( 'button' ).addEventListener( 'click', () => {
		status.textContent = box.dataset.looking;
		navigator.geolocation.getCurrentPosition( ( { coords } ) => {
			const here = L.latLng( coords.latitude, coords.longitude );
			const found = nearest( marks, here );
			tell( box, found, texts );
			if ( found.length ) {
				turn( map, found[ 0 ], here );
			}
		}, () => {
			status.textContent = box.dataset.unknown;
		} );
	} );
}
