/* The Leaflet map that replaces the drawing: one mark for each place with its events.
   The list beside it stays. */
import { localNumber } from '../local-time.js';
import { nearMe } from '../near.js';
import { markOf } from './marks.js';
import { popup } from './popup.js';
import { stateOf } from './state.js';

const ZOOM = { far: 2, near: 9, fitted: 6, most: 15 };
const TILE = 256; /* pixels */
const POLES = [ [ -85.05, -1080 ], [ 85.05, 1080 ] ];
const START = [ 20, 10 ];
const STILL = matchMedia( '(prefers-reduced-motion: reduce)' ).matches;
const VIEW = /^#map=(\d{1,2})\/(-?\d{1,2}(?:\.\d+)?)\/(-?\d{1,3}(?:\.\d+)?)$/;

/* The part of the map that the address asks for: #map=zoom/latitude/longitude. */
function viewOf( hash ) {
	const [ , zoom, north, east ] = VIEW.exec( hash ) ?? [];
	return zoom === undefined ? null :
		{ zoom: Math.min( Number( zoom ), ZOOM.most ), center: [ Number( north ), Number( east ) ] };
}

function share( map ) {
	const { lat, lng } = map.getCenter();
	const east = L.Util.wrapNum( lng, [ -180, 180 ], true );
	history.replaceState(
		history.state, '', `#map=${ map.getZoom() }/${ lat.toFixed( 3 ) }/${ east.toFixed( 3 ) }`
	);
}

function show( map, marks ) {
	const view = viewOf( location.hash );
	if ( view ) {
		map.setView( view.center, view.zoom );
	} else if ( marks.getLayers().length ) {
		map.fitBounds( marks.getBounds(), { maxZoom: ZOOM.fitted, padding: [ 24, 24 ] } );
	} else {
		map.setView( START, ZOOM.far );
	}
}

function clusters( place ) {
	return L.markerClusterGroup( {
		maxClusterRadius: 40,
		showCoverageOnHover: false,
		chunkedLoading: true,
		animate: !STILL,
		iconCreateFunction( cluster ) {
			const events = cluster.getAllChildMarkers().flatMap( ( mark ) => mark.events );
			return markOf( stateOf( events ), events.length,
				place.dataset.cluster.replace( '$1', localNumber( events.length ) ) );
		}
	} );
}

function markers( collection, place ) {
	return collection.features.filter( ( feature ) => feature.geometry ).map( ( feature ) => {
		const [ east, north ] = feature.geometry.coordinates;
		const { events, title } = feature.properties;
		const named = [ title, ...events.slice( 0, 1 ).map( ( event ) => event.title ) ];
		const text = events.length > 1 ?
			`${ title }: ${ place.dataset.count.replace( '$1', localNumber( events.length ) ) }` :
			[ ...new Set( named ) ].join( ': ' );
		const mark = L.marker( [ north, east ], {
			icon: markOf( stateOf( events ), events.length, text )
		} );
		mark.events = events;
		return mark.bindPopup( () => popup( feature.properties, place.dataset ), { minWidth: 220 } );
	} );
}

/* The map turns to the nearest place, and not to where the reader is: what is asked of the
   server of tiles then tells as little as the address, which no longer follows the map. */
function turn( map, { latitude, longitude, metres }, here ) {
	map.off( 'moveend', map.share );
	history.replaceState( history.state, '', location.pathname + location.search );
	const there = L.latLng( latitude, longitude );
	const zoom = Math.min( map.getBoundsZoom( there.toBounds( 2 * metres ) ), ZOOM.near );
	map.setView( there, zoom, { animate: false } );
	L.circleMarker( [ here.latitude, here.longitude ], { className: 'map-here', radius: 8 } ).addTo( map );
}

async function draw( place ) {
	const response = await fetch( place.dataset.features );
	if ( !response.ok ) {
		return;
	}
	const collection = await response.json();
	place.hidden = false;
	const map = L.map( place, {
		worldCopyJump: true,
		zoomControl: false,
		zoomAnimation: !STILL,
		fadeAnimation: !STILL,
		/* No nearer to the poles than tiles go, and no further away than they fill the height. */
		maxBounds: POLES,
		maxBoundsViscosity: 1,
		minZoom: Math.ceil( Math.log2( place.clientHeight / TILE ) )
	} );
	L.control.zoom( {
		zoomInTitle: place.dataset.in, zoomOutTitle: place.dataset.out
	} ).addTo( map );
	L.tileLayer( place.dataset.tiles, {
		maxZoom: ZOOM.most,
		attribution: place.dataset.credit
	} ).addTo( map );
	const marks = clusters( place );
	marks.addLayers( markers( collection, place ) );
	show( map, marks );
	map.addLayer( marks );
	map.share = () => share( map );
	map.on( 'moveend', map.share );
	addEventListener( 'hashchange', () => viewOf( location.hash ) && show( map, marks ) );
	/* Frames of other sites have no such button. */
	document.querySelector( '[data-near-button]' )?.addEventListener( 'click', () => nearMe(
		document.querySelector( '[data-near]' ),
		async () => collection.features,
		( found, here ) => turn( map, found, here )
	) );
	document.querySelector( '.world' )?.toggleAttribute( 'hidden', true );
	place.dataset.ready = '';
}

const place = document.querySelector( '[data-tiles]' );
if ( place ) {
	draw( place );
}
